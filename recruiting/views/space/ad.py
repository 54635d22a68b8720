"""One ad of the employer: its state, its content or type of offer, offline, filled (G22, G23)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import WorkflowState

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from billing import credits
from pages import ads, review, wordings
from pages.models import JobAd
from recruiting.forms.filled import FilledForm

from .ads import company_of
from .rows import AdRow, row, with_figures

RATES = "120/h/user"


def own_ad(request: HttpRequest, pk: int) -> JobAd:
    """The employer's ad with its state and figures; another's answers 404 as one that does not exist."""
    own = with_figures(ads.of_employer(request.employer)).select_related("commune", "owner")
    return get_object_or_404(own, pk=pk)


def own_row(request: HttpRequest, ad: JobAd) -> AdRow:
    company = company_of(request.employer)
    return row(ad, request, company is not None and company.live)


def frame(request: HttpRequest) -> dict:
    """What every page about ads tells the space's tabs."""
    return {
        "space_tab": "ads",
        "unread_applications": request.employer.applications.unanswered().count(),
        "may_write": request.membership.role in EDITORS,
    }


@require_GET
@employer_required
def ad(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a click on the title leads: the state of the ad and what can be done about it."""
    found = own_ad(request, pk)
    placements = found.placements.order_by("-opened_at")[:10]
    context = frame(request) | {
        "ad": own_row(request, found),
        "placements": list(placements),
        # Also of an ad online whose new text is read: its state does not say so.
        "in_review": found.review_status == WorkflowState.STATUS_IN_PROGRESS,
        "is_returned": found.review_status == WorkflowState.STATUS_NEEDS_CHANGES,
        "verdict": review.last_verdict(found),
        # Of what the public reads; the editor shows those of a draft.
        "wordings": wordings.unconfirmed(found) if found.live else [],
        "duplicate_url": _address("recruiting:ad-duplicate", pk),
        "model_url": _address("recruiting:ad-save-as-model", pk),
    }
    return render(request, "recruiting/space/ad.html", context)


def _address(name: str, pk: int) -> str:
    """The address of an action on an ad, or "" where the site has none of that name."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Modifier le contenu ou le type d’offre": the way to the editor, and another credit before publication."""
    found = own_ad(request, pk)
    balances = credits.balances(request.employer)
    if request.method == "POST":
        return _change_offer(request, found, balances)
    current = next(
        (b for b in balances if (b.kind, b.print_format) == (found.offer_kind, found.print_format)), None
    )
    context = frame(request) | {
        "ad": own_row(request, found),
        "balances": balances,
        "current_key": current.key if current else "",
        "is_paid": found.placements.open_at(timezone.now()).exists(),
    }
    return render(request, "recruiting/space/ad_edit.html", context)


def _change_offer(request: HttpRequest, found: JobAd, balances: list[credits.Balance]) -> HttpResponse:
    chosen = next((b for b in balances if b.key == request.POST.get("balance")), None)
    if chosen is None:
        messages.error(request, "Choisissez un crédit parmi ceux qui vous restent.")
        return redirect("recruiting:ad_edit", pk=found.pk)
    try:
        ads.change_offer(found, chosen.kind, chosen.print_format)
    except ads.AdError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("recruiting:ad_edit", pk=found.pk)
    messages.success(request, f"Cette annonce utilisera un crédit « {chosen.label} » à sa publication.")
    return redirect("recruiting:ad", pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take offline at once (G22). The credit stays good for the rest of the two months."""
    found = own_ad(request, pk)
    if request.method == "POST":
        try:
            ads.unpublish(found, request.user)
        except ads.AdError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("recruiting:ads")
        messages.success(request, f"« {found.draft_title} » n’est plus en ligne.")
        return redirect("recruiting:ad", pk=pk)
    context = frame(request) | {"ad": own_row(request, found)}
    return render(request, "recruiting/space/ad_unpublish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_filled(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then say that the post is filled: the ad leaves every list, its applications stay."""
    found = own_ad(request, pk)
    form = FilledForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ads.mark_filled(found, request.user, here=form.cleaned_data["here"])
        except ads.AdError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("recruiting:ad", pk=pk)
        messages.success(
            request, f"« {found.draft_title} » est indiquée comme pourvue : le public ne la voit plus."
        )
        return redirect("recruiting:ad", pk=pk)
    context = frame(request) | {"ad": own_row(request, found), "form": form}
    return render(request, "recruiting/space/ad_filled.html", context)


@require_POST
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The post is free after all: online again while its two months run."""
    found = own_ad(request, pk)
    ads.reopen(found, request.user)
    messages.success(request, f"« {found.draft_title} » n’est plus indiquée comme pourvue.")
    return redirect("recruiting:ad", pk=pk)
