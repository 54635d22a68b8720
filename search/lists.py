"""One page of a list: asks the engine, reads the cards, and takes out what is not public any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from search import cards
from search.engines import get_engine
from search.engines.base import AdQuery, CompanyQuery, CvQuery, Query, Results
from search.paging import FindsPage


@dataclass
class Listing:
    """Results with their cards and the page for the pagination."""

    results: Results
    cards: list[Any]
    page: FindsPage

    @property
    def total(self) -> int:
        return self.results.total


def _listing(query: Query, results: Results, found: list[Any], gone: set[int]) -> Listing:
    results = results.without(gone)
    return Listing(results, found, FindsPage(query, results))


def ads(query: AdQuery, request: Any = None) -> Listing:
    """A page of public ads."""
    results = get_engine().ads(query)
    return _listing(query, results, *cards.ads(results, request))


def companies(query: CompanyQuery, request: Any = None) -> Listing:
    """A page of live company pages."""
    results = get_engine().companies(query)
    return _listing(query, results, *cards.companies(results, request))


def cvs(query: CvQuery, *, may_open: bool) -> Listing:
    """A page of the CV library; it quotes the texts only for an employer whose access runs."""
    results = get_engine().cvs(query)
    return _listing(query, results, *cards.cvs(results, quoted=may_open))
