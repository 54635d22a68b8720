"""What pages of the lower apps show of the search: their templates load this library, their code does not know it."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.cache import cache
from django.utils.safestring import SafeString

from pages.models import JobAd
from search import lists, requests, suggestions, widening
from search.engines import get_engine
from search.engines.base import DATE, AdQuery, Area
from search.labels import label
from search.places import RADII
from search.robots import rules

register = template.Library()
_SIMILAR_RADIUS = 100
_COUNTS_SECONDS = 60


@register.simple_tag(takes_context=True)
def similar_ads(context: Any, ad: JobAd, limit: int = 4) -> list[dict[str, Any]]:
    """Cards of public ads of the same trade, those around first; of the same field where the trade has too few."""
    if ad.profession is None:
        return []
    found: dict[int, dict[str, Any]] = {}
    for filters in ({"profession": (ad.profession.code,)}, {"family": (ad.profession.family,)}):
        for area in (_around(ad), None):
            query = AdQuery(filters=filters, area=area, exclude=ad.pk, page_size=limit, facets=False)
            for card in lists.ads(query, context.get("request")).cards:
                found.setdefault(card["pk"], card)
            if len(found) >= limit:
                return list(found.values())[:limit]
    return list(found.values())


def _around(ad: JobAd) -> Area | None:
    if ad.commune is None:
        return None
    return Area(str(ad.commune), ad.commune.latitude, ad.commune.longitude, _SIMILAR_RADIUS)


@register.simple_tag(takes_context=True)
def latest_ads(context: Any, limit: int = 6) -> list[dict[str, Any]]:
    """Cards of the newest public ads."""
    query = AdQuery(sort=DATE, page_size=limit, facets=False)
    return lists.ads(query, context.get("request")).cards


@register.simple_tag(takes_context=True)
def company_results(context: Any) -> dict[str, Any]:
    """The searched list of company pages for the request's parameters: what `pages/company_index.html` shows."""
    from search import facets, frames

    request = context["request"]
    # The head of the page asks as well as its body.
    if (found := getattr(request, "company_results", None)) is not None:
        return found
    asked, query = requests.companies(request.GET)
    listing = lists.companies(query, request)
    deep = query.cursor is not None
    request.company_results = {
        "canonical": rules(asked, listing.total, request.path, deep=deep).absolute(request),
        "asked": asked,
        "title": frames.title(asked, "entreprises qui recrutent", ""),
        "about": "" if asked.text else frames.about(asked),
        "listing": listing,
        "facets": facets.panel(asked, listing.results.facets),
        "chips": asked.chips(),
        "cleared_url": asked.cleared(),
        "anywhere_url": asked.url(place=None, radius=None),
        "keep": asked.kept,
        "radii": RADII,
        "sorts": frames.company_sorts(asked),
        "further": widening.further_companies(asked, query, listing.results),
    }
    return request.company_results


@register.simple_tag
def search_names(box: str) -> SafeString:
    """The names that a search bar proposes without JavaScript, as `<option>`s."""
    return suggestions.options(box)


@register.simple_tag
def search_places() -> SafeString:
    """The places that a search bar proposes without JavaScript, as `<option>`s."""
    return suggestions.place_options()


@register.simple_tag
def search_counts(trades: int = 7) -> dict[str, Any]:
    """How many public ads there are, and the trades that most of them seek; counted once a minute."""

    def count() -> dict[str, Any]:
        results = get_engine().ads(AdQuery(page_size=0))
        return {
            "ads": results.total,
            "chips": [
                {
                    "label": label("profession", value.value),
                    "url": f"/annonces/?profession={value.value}",
                    "count": value.count,
                }
                for value in results.facets.get("profession", [])[:trades]
            ],
        }

    return cache.get_or_set(f"search:counts:{trades}", count, _COUNTS_SECONDS) or {}
