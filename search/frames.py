"""What stands around the results of a search: title, filters, chips, orders, and what robots may keep."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from reference.place_names import of_place
from search import facets, places
from search.engines.base import DATE, DISTANCE, RELEVANCE, Results
from search.labels import label
from search.requests import SORTS, Asked, AskedAds
from search.robots import ABOUT, WHERE, rules


def about(asked: Asked) -> str:
    """What the list is of, when single choices say it: "Éducateur spécialisé, Rhône (69)"."""
    named = [asked.filters.get(name, ()) for name in (*ABOUT, *WHERE)]
    return ", ".join(
        label(name, values[0])
        for name, values in zip((*ABOUT, *WHERE), named, strict=True)
        if len(values) == 1
    )


def title(asked: Asked, what: str, of_all: str) -> str:
    """ "Psychologue : offres d’emploi près du Mans (72)", from what is asked of `what`; `of_all` for nothing."""
    subject = asked.text or about(asked)
    if asked.place:
        label = asked.place.label
        what += f" près {of_place(label)}" if asked.place.area.is_circle else f", {label}"
    elif not subject:
        return of_all
    return f"{subject}\u00a0: {what}" if subject else what[:1].upper() + what[1:]


def _sorts(asked: Asked, orders: Mapping[str, str] = SORTS) -> list[dict[str, Any]]:
    return [
        {"label": text, "url": asked.url(sort=None if sort == RELEVANCE else sort), "on": sort == asked.sort}
        for sort, text in orders.items()
        if sort != DISTANCE or asked.has_point
    ]


def company_sorts(asked: Asked) -> list[dict[str, Any]]:
    """The orders of a list of company pages: without words, relevance is the alphabet."""
    first = "pertinence" if asked.understood.units else "nom"
    return _sorts(asked, {RELEVANCE: first, DATE: "nouveauté", DISTANCE: "distance"})


_address = cache(reverse)


def _views(parameters: str, path: str) -> list[dict[str, Any]]:
    return [
        {"label": text, "url": f"{address}?{parameters}" if parameters else address, "on": address == path}
        for text, address in (("Liste", _address("search:ads")), ("Carte", _address("search:map")))
    ]


def ads(request: HttpRequest, asked: AskedAds, results: Results, *, deep: bool = False) -> dict[str, Any]:
    """The context of `search/ads_frame.html`; `deep` says that the page begins behind a cursor."""
    listed = request.path == _address("search:ads")
    parameters, chips = asked.url().lstrip("?."), asked.chips()
    robots = rules(asked, results.total, request.path, deep=deep or not listed)
    return {
        "asked": asked,
        "keep": asked.kept,
        "list_url": request.path,
        "radii": places.RADII,
        "frame": {
            "title": title(asked, "offres d’emploi", "Offres d’emploi du social et du médico-social"),
            "about": about(asked) if not asked.text else "",
            "total": results.total,
            "corrected": results.corrected,
            "step": results.step,
            "facets": facets.panel(asked, results.facets),
            "chips": chips,
            "cleared_url": asked.cleared() if chips else "",
            "anywhere_url": asked.url(place=None, radius=None) if asked.place else "",
            "sorts": _sorts(asked),
            "query": parameters,
            "views": _views(parameters, request.path),
            "many_departments": bool(asked.filters.get("department")),
            "canonical": robots.absolute(request),
        },
    }
