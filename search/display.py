"""What a list shows of an object, as the `card` of its document: a page of results reads nothing else.

Plain JSON values, in the words of the reference lists when the document was built: what changes them (a logo, a label,
a name) makes the document stale like a change of the object itself (`search.signals`). What follows from the moment is
not in it: sponsorship is, as the date of its end.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from pages.cards import ad_cards, company_cards

Card = dict[str, Any]


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def ad(row: Any, sponsored_until: datetime | None, request: HttpRequest) -> Card:
    """The card of an ad with what `pages.cards.ad_rows` reads. May write a logo's rendition the first time."""
    (card,) = ad_cards([row], request)
    shown = {
        "pk": card["pk"],
        "url": card["url"],
        "title": card["title"],
        "employer_name": card["employer_name"],
        "logo_url": card["logo_url"],
        "place": card["place"],
        "excerpt": card["excerpt"],
        "contract": card["contract"],
        "working_time": card["working_time"],
        "agreement": card["agreement"],
        "pay_min": _amount(card["pay_min"]),
        "pay_max": _amount(card["pay_max"]),
        "pay_unit": card["pay_unit"] if card["pay_min"] or card["pay_max"] else "",
        "published": _moment(card["published"]),
        "sponsored_until": _moment(sponsored_until),
    }
    return {name: value for name, value in shown.items() if value not in (None, "")}


def _amount(value: Any) -> str | None:
    return None if value is None else str(value)


def company(row: Any, sponsored_until: datetime | None, request: HttpRequest) -> Card:
    """The card of a company page without its count of ads, which changes with every hour. May write a rendition."""
    row.ads_count, row.tier_rank = 0, 0
    (card,) = company_cards([row], request)
    shown = {
        "pk": row.pk,
        "employer": row.employer_id,
        "url": card["url"],
        "name": card["name"],
        "logo_url": card["logo_url"],
        "kind": card["kind"],
        "place": card["place"],
        "sponsored_until": _moment(sponsored_until),
    }
    return {name: value for name, value in shown.items() if value not in (None, "")}
