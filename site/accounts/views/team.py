""" "Mon équipe": who has access, by what role; invitations; the history. Administrators change, the others read."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import invitations, roles, team
from accounts.access import employer_required
from accounts.forms.team import HandOverForm, InvitationForm, RoleForm
from accounts.models import Invitation, Membership
from accounts.ratelimits import allowed, limited, too_many

ADMINISTRATOR = Membership.Role.ADMINISTRATOR
administrators_only = employer_required(roles={ADMINISTRATOR})
CHANGES = limited("team", "120/h/user")
#: Invitations of one person; mails that one address gets, from whomever.
INVITATIONS = limited("team_invite", "30/h/user,100/d/user")
MAILS_TO_ONE_ADDRESS = "5/d/key"
PAGE = 30


def _refused_to_team(view: Callable) -> Callable:
    """What the service refuses is said on the team's screen; what is not of this team is not there at all."""

    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except team.TeamError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("accounts:team")
        except (Membership.DoesNotExist, Invitation.DoesNotExist) as absent:
            raise Http404 from absent

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required
@INVITATIONS
def members(request: HttpRequest) -> HttpResponse:
    """The team, what each role may do; a POST invites."""
    is_administrator = request.membership.role == ADMINISTRATOR
    if request.method == "POST" and not is_administrator:
        return redirect("accounts:team")
    form = InvitationForm(request.POST or None) if is_administrator else None
    if form is not None and form.is_bound and form.is_valid():
        data = form.cleaned_data
        if not _may_mail(request, data["email"]):
            return too_many(request)
        try:
            invited = invitations.invite(request.employer, request.user, data["email"], data["role"])
        except team.TeamError as refusal:
            form.add_error("email", refusal.messages)
        else:
            messages.success(request, f"Invitation envoyée à {invited.email}. Elle est valable sept jours.")
            return redirect("accounts:team")
    page = Paginator(
        request.employer.memberships.select_related("user").order_by("user__last_name", "pk"), PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "space_tab": "account",
        "form": form,
        "page": page,
        "is_administrator": is_administrator,
        "invitations": request.employer.invitations.pending().select_related("invited_by")
        if is_administrator
        else [],
        "roles": Membership.Role.choices,
        "abilities": roles.ABILITIES,
        "own": request.membership,
    }
    return render(request, "accounts/team/members.html", context)


@require_POST
@administrators_only
@CHANGES
@_refused_to_team
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        get_object_or_404(request.employer.memberships, pk=pk)
        raise team.TeamError("Choisissez un rôle dans la liste.")
    changed = team.change_role(request.employer, request.user, pk, form.cleaned_data["role"])
    role = changed.get_role_display()
    messages.success(request, f"{changed.user} a maintenant le rôle «\u00a0{role}\u00a0».")
    return redirect("accounts:team")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@CHANGES
@_refused_to_team
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a removal ends, then remove."""
    if request.method == "POST":
        person = team.remove(request.employer, request.user, pk)
        messages.success(request, f"{person} ne fait plus partie de l’équipe.")
        return redirect("accounts:team")
    member = request.employer.memberships.select_related("user").get(pk=pk)
    sent = request.employer.invitations.pending().filter(invited_by=member.user)
    context = {"space_tab": "account", "member": member, "sent": sent}
    return render(request, "accounts/team/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@CHANGES
@_refused_to_team
def hand_over(request: HttpRequest) -> HttpResponse:
    """Make another administrator and step back, in one step."""
    form = HandOverForm(request.employer, request.user, request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        successor = team.hand_over(request.employer, request.user, data["member"], data["own_role"])
        messages.success(request, f"{successor.user} administre maintenant l’équipe.")
        return redirect("accounts:team")
    alone = request.employer.memberships.count() == 1
    context = {"space_tab": "account", "form": form, "alone": alone}
    return render(request, "accounts/team/hand_over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required
@CHANGES
@_refused_to_team
def leave(request: HttpRequest) -> HttpResponse:
    """Say what leaving ends, then leave."""
    employer = request.employer
    if request.method == "POST":
        team.leave(employer, request.user)
        request.session.pop("employer", None)
        messages.success(request, f"Vous ne faites plus partie de l’équipe de {employer}.")
        return redirect("accounts:me")
    context = {
        "space_tab": "account",
        "alone": request.employer in team.administered_alone(request.user),
    }
    return render(request, "accounts/team/leave.html", context)


@require_GET
@administrators_only
def history(request: HttpRequest) -> HttpResponse:
    """Who invited, changed, removed whom, and when."""
    events = request.employer.team_events.select_related("actor", "person")
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/team/history.html", {"space_tab": "account", "page": page})


@require_POST
@administrators_only
@INVITATIONS
@_refused_to_team
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation's mail again, for seven days more."""
    found = request.employer.invitations.pending().get(pk=pk)
    if not _may_mail(request, found.email):
        return too_many(request)
    invitations.send_again(request.employer, request.user, pk)
    messages.success(request, f"Invitation renvoyée à {found.email}. Elle est valable sept jours.")
    return redirect("accounts:team")


@require_POST
@administrators_only
@CHANGES
@_refused_to_team
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = invitations.revoke(request.employer, request.user, pk)
    messages.success(request, f"L’invitation de {found.email} est révoquée : son lien ne fonctionne plus.")
    return redirect("accounts:team")


@require_GET
@employer_required
def employers(request: HttpRequest) -> HttpResponse:
    """The employers a person acts for: the one in use, and the others to change to."""
    context = {"space_tab": "account", "memberships": request.memberships, "own": request.membership}
    return render(request, "accounts/team/employers.html", context)


def _may_mail(request: HttpRequest, email: str) -> bool:
    return allowed(request, "invitation_mail", MAILS_TO_ONE_ADDRESS, key=email.strip().lower())
