"""The public list of job ads."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.ratelimits import allowed
from pages import statistics
from pages.models import AdDay
from search import answers, facets, lists, places, requests
from search.engines.base import DISTANCE, RELEVANCE

#: Filters of ads beside the facets: "Tout effacer" takes them off too.
OWN_FILTERS = ("pay", "since")


def _sorts(asked: requests.AskedAds) -> list[dict[str, Any]]:
    has_point = bool(asked.place and asked.place.area.latitude is not None)
    return [
        {"label": label, "url": asked.url(sort=None if sort == RELEVANCE else sort), "on": sort == asked.sort}
        for sort, label in requests.SORTS.items()
        if sort != DISTANCE or has_point
    ]


def _wider(asked: requests.AskedAds) -> list[dict[str, Any]]:
    return [
        {
            "label": f"Dans un rayon de {radius}\u00a0km",
            "url": asked.url(radius=str(radius)),
            "count": total,
            "on": False,
        }
        for radius, total in lists.wider(asked.query)
    ]


#: For programs: a page every half second.
JSON_RATE = "120/m/ip"


@require_safe
def ads_json(request: HttpRequest) -> HttpResponse:
    """The same search for programs: the parameters of the page, its finds and facets as JSON (docs/headless.md)."""
    if not allowed(request, "search_json", JSON_RATE, reading=True):
        sentence = "Trop de demandes\u00a0: attendez une minute, puis réessayez."
        return JsonResponse({"error": sentence}, status=429, headers={"Retry-After": "60"})
    asked = requests.ads(request.GET)
    listing = lists.ads(asked.query, request)
    content = orjson.dumps(answers.ads(asked, listing, request.path), default=str)
    return HttpResponse(content, content_type="application/json", headers={"X-Robots-Tag": "noindex"})


@require_safe
def ads(request: HttpRequest) -> HttpResponse:
    """Job ads by words, place and filters. The address holds everything, so going back shows the same results."""
    asked = requests.ads(request.GET)
    listing = lists.ads(asked.query, request)
    chips = asked.chips()
    context = {
        "asked": asked,
        "keep": asked.kept,
        "list_url": request.path,
        "listing": listing,
        "facets": facets.ad_groups(asked, listing.results.facets),
        "chips": chips,
        "cleared_url": asked.cleared(*OWN_FILTERS),
        "anywhere_url": asked.url(place=None, radius=None),
        "sorts": _sorts(asked),
        "wider": _wider(asked) if not listing.total else [],
        "radii": places.RADII,
        "searched": bool(asked.text or asked.place_text or chips),
    }
    response = render(request, "search/ads.html", context)
    statistics.count_appearances([card["pk"] for card in listing.cards], request, AdDay.Source.SEARCH)
    return response
