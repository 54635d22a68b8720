"""Names of towns for the list under the field "Où"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.places import suggestions


@require_safe
@cache_control(public=True, max_age=3600)
def places(request: HttpRequest) -> HttpResponse:
    """`<option>` lines for what was typed so far (`place`)."""
    return render(request, "search/places.html", {"places": suggestions(request.GET.get("place", ""))})
