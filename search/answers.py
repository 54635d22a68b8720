"""The list of ads as JSON: the same search, the same order, the same cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from search.engines.base import AGE, FacetValue
from search.labels import labels
from search.lists import Listing
from search.requests import ANY_AGE, SINCE, AskedAds

_FACTS = ("employer_name", "place", "contract", "working_time", "agreement", "excerpt")


def _address(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def _ad(card: dict[str, Any]) -> dict[str, Any]:
    pay = None
    if card["pay_unit"]:
        pay = {"min": card["pay_min"], "max": card["pay_max"], "unit": card["pay_unit"]}
    return {
        "id": card["pk"],
        "title": card["plain_title"],
        "html_url": _address(card["url"]),
        **{name: card[name] for name in _FACTS if name != "excerpt"},
        "pay": pay,
        "published_at": card["published"],
        "sponsored": card["sponsored"],
        "distance_km": card["distance_km"],
        "title_html": card["title"],
        "excerpt_html": card["excerpt"],
    }


def _values(counted: Iterable[FacetValue], known: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"value": value, "label": known.get(value, value), "count": count} for value, count in counted]


def ads(asked: AskedAds, listing: Listing, path: str) -> dict[str, Any]:
    """The answer for a page of ads; `next` and `previous` are addresses, or None."""
    known, page = labels() | {AGE: {"": ANY_AGE} | SINCE}, listing.page
    facets = {name: _values(values, known.get(name, {})) for name, values in listing.results.facets.items()}

    def at(number: int, step: dict[str, str]) -> str:
        return _address(f"{path}{asked.url(page=str(number), **step)}")

    return {
        "count": listing.total,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "place": asked.place.label if asked.place else None,
        "searched_instead": listing.results.corrected or None,
        "next": at(page.number + 1, page.next_step) if page.has_next() else None,
        "previous": at(page.number - 1, page.previous_step) if page.has_previous() else None,
        "items": [_ad(card) for card in listing.cards],
        "facets": facets,
    }
