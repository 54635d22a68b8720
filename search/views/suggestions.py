"""What the search box proposes while one types: fragments of HTML for the lists under its fields."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.ratelimits import within
from search import places
from search.suggestions import ADS, BOXES, Suggestion, suggestions

#: For one address, by one process. A person types some five letters a second.
A_MINUTE = 300


def _answer(request: HttpRequest, found: list[Suggestion], of: str) -> HttpResponse:
    # Without the request: who asks changes nothing, and the answer may be kept by anybody.
    return HttpResponse(render_to_string("search/suggestions.html", {"suggestions": found, "of": of}))


@require_safe
@cache_control(public=True, max_age=300)
def words(request: HttpRequest) -> HttpResponse:
    """Options for what was typed into the first box (`q`); `for` names the list that is searched."""
    if not within(request, "suggestions", A_MINUTE):
        return HttpResponse(status=429)
    box = request.GET.get("for", ADS)
    found = suggestions(request.GET.get("q", ""), box if box in BOXES else ADS)
    return _answer(request, found, "q")


@require_safe
@cache_control(public=True, max_age=3600)
def where(request: HttpRequest) -> HttpResponse:
    """Options for what was typed under "Où" (`place`)."""
    if not within(request, "suggestions", A_MINUTE):
        return HttpResponse(status=429)
    typed = request.GET.get("place", "").replace("\x00", "")
    found = [Suggestion("place", label, None, label) for label in places.suggestions(typed)]
    return _answer(request, found, "place")
