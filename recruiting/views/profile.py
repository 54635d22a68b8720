""" "Mon profil et mon CV": the profile, the CV, the CV library and who looked (G31, G34)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.ratelimits import limited
from recruiting import cvs, library
from recruiting.access import candidate_required
from recruiting.forms import CvForm, LibraryForm, ProfileForm
from recruiting.models import Candidate
from recruiting.responses import cv_file, private

PAGE_SIZE = 20
RATES = "60/h/user"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
@limited("profile", RATES)
def profile(request: HttpRequest) -> HttpResponse:
    """Show the profile; POST saves it and counts as a refresh."""
    # A second copy: a refused form must not change what the rest of the page shows.
    mine = Candidate.objects.select_related("user", "commune").get(pk=request.candidate.pk)
    form = ProfileForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            library.refresh(mine)
        messages.success(request, "Votre profil est enregistré.")
        return redirect("recruiting:profile")
    return _page(request, form=form)


def _page(
    request: HttpRequest,
    form: ProfileForm | None = None,
    cv_form: CvForm | None = None,
    library_form: LibraryForm | None = None,
) -> HttpResponse:
    candidate: Candidate = request.candidate
    in_library = Candidate.objects.in_library().filter(pk=candidate.pk).exists()
    refused = any(one is not None and one.is_bound for one in (form, cv_form, library_form))
    context = {
        "space_tab": "profile",
        "candidate_name": str(request.user),
        "candidate": candidate,
        "form": form or ProfileForm(instance=candidate),
        "cv_form": cv_form or CvForm(),
        "library_form": library_form or LibraryForm(),
        "cv": cvs.current_of(candidate),
        "in_library": in_library,
        "has_left": candidate.library_consent_at is not None and not in_library,
        "missing": library.missing_for_library(candidate),
        "accesses": candidate.accesses.count(),
        "consent_text": f"recruiting/consent/{library.CONSENT_WORDING}.html",
    }
    return private(
        render(request, "recruiting/candidate/profile.html", context, status=422 if refused else 200)
    )


@require_POST
@candidate_required
@limited("profile", RATES)
def cv_upload(request: HttpRequest) -> HttpResponse:
    """A new CV in the place of the former one; counts as a refresh."""
    form = CvForm(request.POST, request.FILES)
    if form.is_valid() and form.save_for(request.candidate):
        library.refresh(request.candidate)
        messages.success(request, "Votre CV est enregistré.")
        return redirect("recruiting:profile")
    return _page(request, cv_form=form)


@require_POST
@candidate_required
@limited("profile", RATES)
def cv_remove(request: HttpRequest) -> HttpResponse:
    """Take the CV away; the profile leaves the library with it."""
    cvs.remove_current(request.candidate)
    messages.success(
        request, "Votre CV est supprimé. Les employeurs auxquels vous l’avez envoyé gardent leur copie."
    )
    return redirect("recruiting:profile")


@require_GET
@candidate_required
def my_cv(request: HttpRequest) -> HttpResponse:
    """The candidate's own CV, as a download."""
    cv = cvs.current_of(request.candidate)
    if cv is None:
        raise Http404
    return cv_file(cv)


@require_POST
@candidate_required
@limited("profile", RATES)
def library_join(request: HttpRequest) -> HttpResponse:
    """Consent to the CV library."""
    form = LibraryForm(request.POST)
    if form.is_valid():
        try:
            library.consent(request.candidate)
        except library.LibraryRefused as refusal:
            form.add_error("consent", refusal)
        else:
            messages.success(
                request, "Votre profil est dans la CVthèque. Vous pouvez l’en retirer à tout moment."
            )
            return redirect("recruiting:profile")
    return _page(request, library_form=form)


@require_POST
@candidate_required
@limited("profile", RATES)
def library_leave(request: HttpRequest) -> HttpResponse:
    """Withdraw the consent: as easy as giving it, and at once."""
    library.withdraw_consent(request.candidate)
    messages.success(request, "Votre profil n’est plus dans la CVthèque.")
    return redirect("recruiting:profile")


@require_POST
@candidate_required
@limited("profile", RATES)
def library_refresh(request: HttpRequest) -> HttpResponse:
    """ "Mettre à jour mon profil": still looking, nothing changed."""
    library.refresh(request.candidate)
    messages.success(request, "Votre profil est à jour pour un mois et demi.")
    return redirect("recruiting:profile")


@require_GET
@never_cache
@candidate_required
def accesses(request: HttpRequest) -> HttpResponse:
    """Who opened my CV, and when."""
    rows = request.candidate.accesses.select_related("employer__company_page")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"space_tab": "profile", "candidate_name": str(request.user), "page": page}
    return private(render(request, "recruiting/candidate/accesses.html", context))
