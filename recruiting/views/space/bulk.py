"""Several ads at once: unpublish or renew. First a page that says what will happen, then one line for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from billing import credits
from pages import ads, renewals
from pages.models import JobAd

from .ad import frame
from .ads import company_of
from .rows import AdRow, row, with_figures

ACTIONS = {"depublier": "Dépublier", "renouveler": "Renouveler"}
#: More than a page of the list shows, and few enough to do while somebody waits.
AT_MOST = 100


@dataclass(frozen=True)
class Line:
    """One ad of the selection: what will become of it, or became."""

    ad: AdRow
    done: bool
    sentence: str


@dataclass(frozen=True)
class Price:
    """How many credits of a kind the selection takes, and how many there are."""

    label: str
    needed: int
    left: int

    @property
    def is_short(self) -> bool:
        return self.needed > self.left


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@limited("ads_bulk", "60/h/user")
def ads_bulk(request: HttpRequest) -> HttpResponse:
    """Confirm, then do it: each ad in its own transaction, so that one refused keeps no other from being done."""
    action = request.POST.get("action", "")
    chosen = _chosen(request)
    if action not in ACTIONS or not chosen:
        if request.method == "POST":
            messages.error(request, "Cochez au moins une annonce, puis choisissez ce qu’il faut en faire.")
        return redirect("recruiting:ads")
    company = company_of(request.employer)
    rows = {ad.pk: row(ad, request, company is not None and company.live) for ad in chosen}
    context = frame(request) | {
        "action": action,
        "title": ACTIONS[action],
        "confirmed": "confirme" in request.POST,
    }
    if context["confirmed"]:
        lines = [_do(request, action, ad, rows[ad.pk]) for ad in chosen]
        context["done"] = sum(line.done for line in lines)
    else:
        lines = [_foresee(action, row) for row in rows.values()]
        able = [line.ad for line in lines if line.done]
        context |= {"able": len(able), "prices": _prices(request, able) if action == "renouveler" else []}
    return render(request, "recruiting/space/ads_bulk.html", context | {"lines": lines})


def _chosen(request: HttpRequest) -> list[JobAd]:
    """The employer's own among the ads ticked, in the order of the list. Others' are as absent."""
    pks = [
        int(pk) for pk in request.POST.getlist("annonce") if pk.isascii() and pk.isdigit() and len(pk) < 10
    ]
    own = with_figures(ads.of_employer(request.employer)).select_related("commune", "owner")
    return list(own.filter(pk__in=pks[:AT_MOST])) if pks else []


def _foresee(action: str, row: AdRow) -> Line:
    if action == "depublier":
        if row.may_unpublish:
            return Line(row, True, "quittera le site tout de suite")
        return Line(row, False, f"n’est pas en ligne ({row.state_label.lower()})")
    if not row.may_renew:
        return Line(row, False, f"ne se renouvelle pas ({row.state_label.lower()})")
    what = "deux mois de plus" if row.runs else "de nouveau en ligne, deux mois à partir d’aujourd’hui"
    return Line(row, True, f"{what}, un crédit {row.offer}")


def _prices(request: HttpRequest, able: list[AdRow]) -> list[Price]:
    left = {b.key: b.quantity for b in credits.balances(request.employer)}
    offers = {row.offer_key: row.offer for row in able}
    needed = Counter(row.offer_key for row in able)
    return [Price(offers[key], count, left.get(key, 0)) for key, count in needed.items()]


def _do(request: HttpRequest, action: str, ad: JobAd, row: AdRow) -> Line:
    foreseen = _foresee(action, row)
    if not foreseen.done:
        return foreseen
    try:
        if action == "depublier":
            ads.unpublish(ad, request.user)
            return Line(row, True, "n’est plus en ligne")
        seen_end = parse_datetime(request.POST.get(f"fin-{ad.pk}", "")) or ad.placement_ends_at
        placement = renewals.renew(ad, ad.offer_kind, ad.print_format, by=request.user, seen_end=seen_end)
    except ValueError:
        return Line(row, False, "n’est pas renouvelée : recommencez depuis « Mes annonces »")
    except ValidationError as refusal:
        return Line(row, False, " ".join(refusal.messages))
    return Line(row, True, f"en ligne jusqu’au {date_format(placement.last_day, 'j F Y')} inclus")
