"""What becomes of an ad that was published: renewed, online again; and a draft thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from billing import credits
from pages import ads, renewals
from reference.dates import long_date

from .ad import RATES, frame, own_ad, own_row


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what renewing costs and gives, then spend the credit chosen. Where the mails before the end lead."""
    found = own_ad(request, pk)
    row = own_row(request, found)
    if not row.may_renew:
        messages.info(request, _why_not(row))
        return redirect("recruiting:ad", pk=pk)
    balances = credits.balances(request.employer)
    if request.method == "POST":
        return _renew(request, found, balances)
    context = frame(request) | {
        "ad": row,
        "balances": balances,
        "chosen_key": row.offer_key if any(b.key == row.offer_key for b in balances) else "",
        "seen_end": found.placement_ends_at.isoformat(),
    }
    return render(request, "recruiting/space/ad_renew.html", context)


def _why_not(row) -> str:
    if row.state == ads.State.FILLED:
        return "Le poste est indiqué comme pourvu. S’il est de nouveau à pourvoir, indiquez-le d’abord."
    if row.may_come_back:
        return "Cette annonce est déjà payée : remettez-la en ligne, sans autre crédit."
    return "Cette annonce n’a pas encore paru : elle utilisera un crédit à sa publication."


def _renew(request: HttpRequest, found, balances: list[credits.Balance]) -> HttpResponse:
    chosen = next((b for b in balances if b.key == request.POST.get("balance")), None)
    if chosen is None:
        messages.error(request, "Choisissez un crédit parmi ceux qui vous restent.")
        return redirect("recruiting:ad_renew", pk=found.pk)
    try:
        placement = renewals.renew(
            found,
            chosen.kind,
            chosen.print_format,
            by=request.user,
            seen_end=_moment(request.POST.get("seen_end")),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("recruiting:ad", pk=found.pk)
    sentence = f"« {found.draft_title} » est en ligne jusqu’au {long_date(placement.last_day)} inclus."
    if placement.print_format:
        sentence += " Relisez le texte de son encart dans l’éditeur, à l’étape « Le magazine »."
    messages.success(request, sentence)
    return redirect("recruiting:ad", pk=found.pk)


def _moment(text: str | None):
    """The end that the form was made with; None for what is no moment."""
    try:
        return parse_datetime(text or "")
    except ValueError:
        return None


@require_POST
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_back_online(request: HttpRequest, pk: int) -> HttpResponse:
    """Online again within what was paid for: no credit."""
    found = own_ad(request, pk)
    try:
        placement = renewals.back_online(found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        end = long_date(placement.last_day)
        messages.success(request, f"« {found.draft_title} » est de nouveau en ligne, jusqu’au {end} inclus.")
    return redirect("recruiting:ad", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then throw a draft away. What was published stays."""
    found = own_ad(request, pk)
    row = own_row(request, found)
    if request.method == "POST":
        try:
            ads.delete_draft(found, request.user)
        except ads.AdError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("recruiting:ads") if refusal.code == "gone" else redirect("recruiting:ad", pk=pk)
        messages.success(request, f"Le brouillon « {row.title} » est supprimé.")
        return redirect("recruiting:ads")
    if not row.may_be_deleted:
        messages.info(request, "Une annonce qui a paru, ou qui est en relecture, ne se supprime pas.")
        return redirect("recruiting:ad", pk=pk)
    return render(request, "recruiting/space/ad_delete.html", frame(request) | {"ad": row})


@require_POST
@employer_required(roles=EDITORS)
@limited("ad", RATES)
def ad_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Back from review, to be written further: nothing was published, nothing spent."""
    found = own_ad(request, pk)
    try:
        ads.withdraw(found, request.user)
    except ads.AdError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(
            request,
            f"« {found.draft_title} » est retirée de la relecture : vous pouvez de nouveau la modifier.",
        )
    return redirect("recruiting:ad", pk=pk)
