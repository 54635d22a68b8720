"""One page of a list: asks the engine, reads the cards, and takes out what is not public any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator

from search import cards
from search.engines import get_engine
from search.engines.base import MAX_PAGE, AdQuery, Area, CompanyQuery, CvQuery, Results
from search.places import RADII


@dataclass
class Listing:
    """Results with their cards and a Django page for the pagination."""

    results: Results
    cards: list[Any]
    page: Page

    @property
    def total(self) -> int:
        return self.results.total


def _listing(results: Results, found: list[Any], gone: set[int]) -> Listing:
    results = results.without(gone)
    paginator = Paginator(range(min(results.total, MAX_PAGE * results.page_size)), results.page_size)
    return Listing(results, found, paginator.get_page(results.page))


def ads(query: AdQuery, request: Any = None) -> Listing:
    """A page of public ads."""
    results = get_engine().ads(query)
    return _listing(results, *cards.ads(results, request))


def companies(query: CompanyQuery, request: Any = None) -> Listing:
    """A page of live company pages."""
    results = get_engine().companies(query)
    return _listing(results, *cards.companies(results, request))


def cvs(query: CvQuery, *, may_open: bool) -> Listing:
    """A page of the CV library; it quotes the texts only for an employer whose access runs."""
    results = get_engine().cvs(query)
    return _listing(results, *cards.cvs(results, quoted=may_open))


def wider(query: AdQuery) -> list[tuple[int, int]]:
    """Larger radii that find something, with how many; asked only when a list is empty."""
    area = query.area
    if area is None or not area.is_circle:
        return []
    engine = get_engine()
    found: list[tuple[int, int]] = []
    for radius in RADII:
        if radius > area.radius_km:
            total = engine.ads(_counting(query, replace(area, radius_km=radius))).total
            if total and (not found or total > found[-1][1]):
                found.append((radius, total))
    return found[:2]


def _counting(query: AdQuery, area: Area | None) -> AdQuery:
    return replace(query, area=area, page=1, page_size=0, facets=False, highlight=False)
