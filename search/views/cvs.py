"""The CV library: every recruiter may search it and see what kind of profiles there are (G29)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import current_membership
from recruiting import library
from recruiting.access import READERS
from search import facets, lists, places, requests


@require_safe
@never_cache
def cvs(request: HttpRequest) -> HttpResponse:
    """Teasers of matching profiles for recruiters; a page that says how to become one for everybody else."""
    membership = current_membership(request) if request.user.is_authenticated else None
    if membership is None:
        return render(request, "search/cvs_entrance.html")
    may_open = membership.role in READERS and library.may_open(membership.employer)
    asked, query = requests.cvs(request.GET)
    listing = lists.cvs(query, may_open=may_open)
    context = {
        "asked": asked,
        "keep": asked.kept,
        "list_url": request.path,
        "listing": listing,
        "facets": facets.panel(asked, listing.results.facets),
        "chips": asked.chips(),
        "cleared_url": asked.cleared(),
        "radii": places.RADII,
        "may_open": may_open,
        "space_tab": "cvs",
    }
    return render(request, "search/cvs.html", context)
