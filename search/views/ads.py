"""The public list of job ads, and the same on the map."""

from __future__ import annotations

from dataclasses import replace

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.ratelimits import within
from pages import statistics
from pages.models import AdDay
from search import answers, frames, lists, mapped, requests
from search.engines import get_engine
from search.widening import widen

#: For one address, by one process. For programs: a page every half second.
A_MINUTE = 120


@require_safe
def ads_json(request: HttpRequest) -> HttpResponse:
    """The same search for programs: the parameters of the page, its finds and facets as JSON (docs/headless.md)."""
    if not within(request, "search_json", A_MINUTE):
        sentence = "Trop de demandes\u00a0: attendez une minute, puis réessayez."
        return JsonResponse({"error": sentence}, status=429, headers={"Retry-After": "60"})
    asked = requests.ads(request.GET)
    listing = lists.ads(asked.query, request)
    content = orjson.dumps(answers.ads(asked, listing, request.path), default=str)
    return HttpResponse(content, content_type="application/json", headers={"X-Robots-Tag": "noindex"})


def _answer(request: HttpRequest, asked: requests.Asked, response: HttpResponse) -> HttpResponse:
    """Filters that are sent in the page's background put the one address of their list into the browser."""
    if request.headers.get("HX-Request"):
        response["HX-Push-Url"] = request.path + asked.url().removeprefix(".")
    return response


@require_safe
def ads(request: HttpRequest) -> HttpResponse:
    """Job ads by words, place and filters. The address holds everything, so going back shows the same results."""
    asked = requests.ads(request.GET)
    listing = lists.ads(asked.query, request)
    context = frames.ads(request, asked, listing.results, deep=asked.query.cursor is not None) | {
        "listing": listing,
        "widening": widen(asked, listing.results),
        "searched": bool(asked.pairs),
    }
    response = render(request, "search/ads.html", context)
    statistics.count_appearances([card["pk"] for card in listing.cards], request, AdDay.Source.SEARCH)
    return _answer(request, asked, response)


@require_safe
def ads_map(request: HttpRequest) -> HttpResponse:
    """The same ads by department: what the list counts beside its filters, drawn and listed."""
    asked = requests.ads(request.GET)
    results = get_engine().ads(replace(asked.query, page=1, page_size=0, cursor=None, highlight=False))
    drawn = mapped.drawn(asked, results.facets.get("department", []))
    unlocated = 0 if asked.filters.get("department") else max(0, results.total - drawn["located"])
    context = frames.ads(request, asked, results) | {"map": drawn, "unlocated": unlocated}
    return _answer(request, asked, render(request, "search/ads_map.html", context))
