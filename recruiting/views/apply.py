"""Applying: to an ad, or spontaneously to an employer. No account needed (G25, G27, G28, G34)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Employer
from accounts.ratelimits import allowed, limited, too_many
from pages import showing, statistics
from pages.models import CompanyPage, JobAd
from recruiting import applications, cvs
from recruiting.forms import ApplyForm
from recruiting.models import Application, Candidate
from recruiting.responses import private

RATES = "40/h/ip"
#: Each application mails the address that was typed, whosever it is.
MAILS_TO_ONE_ADDRESS = "20/h/key,60/d/key"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("apply", RATES)
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to apply to an ad; one with a link or an address of the employer's own sends there (G28)."""
    ad = (
        JobAd.objects.visible()
        .select_related("employer__company_page", "commune", "contract_type")
        .filter(pk=pk)
        .first()
    )
    if ad is None:
        return _not_visible(request, pk)
    if not ad.takes_applications:
        return _to_employer(request, ad)
    subject = {"ad": ad, "employer": ad.employer, "company": ad.employer.company_page}

    def send(**typed: Any) -> Application:
        return applications.apply_to_ad(ad, **typed)

    response = _form(request, subject, send)
    statistics.count_apply_click(ad, request)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("apply", RATES)
def apply_spontaneous(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a spontaneous application, to employers whose page is of a paid tier (G27)."""
    company = get_object_or_404(CompanyPage.objects.live().select_related("employer"), pk=pk)
    employer: Employer = company.employer
    subject = {"ad": None, "employer": employer, "company": company}
    if not applications.takes_spontaneous(employer):
        return render(request, "recruiting/apply/not_open.html", subject, status=404)

    def send(**typed: Any) -> Application:
        return applications.apply_spontaneously(employer, **typed)

    return _form(request, subject, send)


def _form(request: HttpRequest, subject: dict, send: Callable[..., Application]) -> HttpResponse:
    """Show the form, or send what it holds with `send`; whatever is wrong, nothing typed is lost."""
    candidate: Candidate | None = getattr(request.user, "candidate", None)
    questions = list(subject["ad"].questions.all()) if subject["ad"] else []
    if request.method != "POST":
        form = ApplyForm(initial=_known(request, candidate), candidate=candidate, questions=questions)
        return render(
            request,
            "recruiting/apply/form.html",
            subject | {"form": form, "earlier": _own(candidate, subject)},
        )
    form = ApplyForm(request.POST, request.FILES, candidate=candidate, questions=questions)
    if form.is_valid():
        if not allowed(request, "apply_mail", MAILS_TO_ONE_ADDRESS, key=form.sender.email.lower()):
            return too_many(request)
        try:
            with transaction.atomic():
                application = send(
                    sender=form.sender,
                    letter=form.cleaned_data["letter"],
                    cv=form.chosen,
                    form_key=form.cleaned_data["form_key"],
                    candidate=candidate,
                    answers=form.answers,
                )
        except applications.ApplicationRefused as refusal:
            form.add_error(None, refusal)
        else:
            _drop_second_copy(form, application)
            return redirect("recruiting:applied", token=application.token)
    return render(
        request, "recruiting/apply/form.html", subject | {"form": form, "earlier": None}, status=422
    )


def _known(request: HttpRequest, candidate: Candidate | None) -> dict[str, str]:
    user = request.user
    if candidate is None:
        return {}
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "phone": user.phone,
    }


def _own(candidate: Candidate | None, subject: dict) -> Application | None:
    """What this candidate sent here already. Only to who is logged in: a form must not tell who applied where."""
    if candidate is None:
        return None
    mine = candidate.applications.exclude(state=Application.State.WITHDRAWN)
    ad = subject["ad"]
    return (
        mine.filter(ad=ad) if ad else mine.filter(employer=subject["employer"], is_spontaneous=True)
    ).first()


def _drop_second_copy(form: ApplyForm, application: Application) -> None:
    """The second click of a double click sent the file again."""
    if form.chosen and form.chosen.pk != application.cv_id and form.chosen.candidate_id is None:
        cvs.discard(form.chosen)


@require_GET
@never_cache
def applied(request: HttpRequest, token: str) -> HttpResponse:
    """ "Votre candidature est envoyée": what happens next, and the link to follow it."""
    application = get_object_or_404(Application.objects.select_related("employer", "ad", "cv"), token=token)
    return private(render(request, "recruiting/apply/sent.html", {"application": application}))


def _not_visible(request: HttpRequest, pk: int) -> HttpResponse:
    """An ad that once was public says that it is over; one that never was does not exist."""
    ad = JobAd.objects.filter(pk=pk).select_related("employer__company_page", "commune").first()
    if ad is None or not showing.was_public(ad):
        raise Http404
    return render(request, "recruiting/apply/over.html", {"ad": ad}, status=410)


def _to_employer(request: HttpRequest, ad: JobAd) -> HttpResponse:
    """To the employer's own site, or to the page with the address that it gave."""
    statistics.count_apply_click(ad, request)
    if ad.apply_mode == JobAd.Apply.LINK:
        return private(redirect(ad.apply_url))
    context = {"ad": ad, "company": ad.employer.company_page, "subject": f"Candidature\u00a0: {ad.title}"}
    return private(render(request, "recruiting/apply/by_mail.html", context))
