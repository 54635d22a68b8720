""" "Mon compte": the person, the organisation, the employer in use (G6)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import onboarding, returning
from accounts.access import MANAGERS, is_candidate
from accounts.forms import OrganisationDetailsForm, OrganisationForm, PersonForm
from accounts.middleware import choose, current_membership
from accounts.models import Employer
from accounts.ratelimits import allowed, limited, too_many

#: Each organisation brings a group and a collection: nobody has more of them to register in a day.
NEW_ORGANISATIONS = "10/d/user"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("account", "60/h/user")
def me(request: HttpRequest) -> HttpResponse:
    """The person's own data, and the ways to password, address, second factor and sessions."""
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Vos informations sont enregistrées.")
        return redirect("accounts:me")
    if form.errors:
        # The form wrote what was typed into the person that the page's header names.
        request.user.refresh_from_db()
    return render(request, "accounts/me.html", frame(request) | {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("account", "60/h/user")
def organisation(request: HttpRequest) -> HttpResponse:
    """The organisation in use: changed by administrators and billing, read by the others; created at first arrival."""
    membership = current_membership(request)
    if membership is None:
        return _create(request, first=True)
    employer = membership.employer
    may_change = membership.role in MANAGERS
    current = Count("establishments", filter=Q(establishments__archived_at=None))
    row = Employer.objects.annotate(current_establishments=current).get(pk=employer.pk)
    members = list(employer.memberships.select_related("user").order_by("user__last_name", "pk"))
    form = OrganisationDetailsForm(
        request.POST if request.method == "POST" and may_change else None,
        instance=row,
    )
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "Les informations de votre organisation sont enregistrées.")
        return redirect("accounts:organisation")
    context = {
        "form": form,
        "employer": employer,
        "may_change": may_change,
        "members": members,
        "managers": [m.user for m in members if m.role in MANAGERS and m.user.is_active],
        "establishments": row.current_establishments,
    }
    return render(request, "accounts/organisation.html", frame(request) | context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("account", "60/h/user")
def organisation_new(request: HttpRequest) -> HttpResponse:
    """One more organisation for a person who has one: another establishment, another association."""
    return _create(request, first=current_membership(request) is None)


def _create(request: HttpRequest, first: bool) -> HttpResponse:
    if request.user.is_office:
        raise Http404
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not allowed(request, "organisation_new", NEW_ORGANISATIONS):
            return too_many(request)
        employer = onboarding.create_employer(request.user, **form.cleaned_data)
        choose(request, employer.memberships.get())
        wanted = returning.take(request)
        rest = "" if wanted else " Il reste à créer sa page entreprise."
        messages.success(request, f"{employer} est enregistrée.{rest}")
        return redirect(wanted or "recruiting:space")
    context = {"form": form, "first": first}
    return render(request, "accounts/organisation_new.html", frame(request) | context)


@login_required
@require_POST
@limited("account", "60/h/user")
def switch_employer(request: HttpRequest) -> HttpResponse:
    """Act for another of one's employers from now on."""
    wanted = request.POST.get("employer", "")
    membership = next((m for m in request.memberships if str(m.employer.pk) == wanted), None)
    if membership is None:
        raise Http404
    choose(request, membership)
    messages.success(request, f"Vous agissez maintenant pour {membership.employer}.")
    return redirect("recruiting:space")


def frame(request: HttpRequest) -> dict:
    """The page around: the recruiter's space, the candidate's, or neither."""
    if current_membership(request):
        base = "base_space.html"
    elif is_candidate(request.user):
        base = "base_candidate.html"
    else:
        base = "accounts/base_me.html"
    return {"base_template": base, "space_tab": "account"}
