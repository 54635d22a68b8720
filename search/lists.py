"""One page of a list: asks the engine, reads the cards, and takes out what is not public any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

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


_Asked = TypeVar("_Asked", bound=Query)


def _answered(ask: Callable[[_Asked], Results], query: _Asked) -> tuple[_Asked, Results]:
    """The page asked for; the last one when the list ends before it: it was shorter than thought, or became so."""
    results = ask(query)
    if results.hits or not results.total or query.page == 1:
        return query, results
    query = replace(query, page=min(query.page, results.page_count), cursor=None)
    return query, ask(query)


def ads(query: AdQuery, request: Any = None) -> Listing:
    """A page of public ads."""
    query, results = _answered(get_engine().ads, query)
    return _listing(query, results, *cards.ads(results, request))


def companies(query: CompanyQuery, request: Any = None) -> Listing:
    """A page of live company pages."""
    query, results = _answered(get_engine().companies, query)
    return _listing(query, results, *cards.companies(results, request))


def cvs(query: CvQuery, *, may_open: bool) -> Listing:
    """A page of the CV library; it quotes the texts only for an employer whose access runs."""
    query, results = _answered(get_engine().cvs, query)
    return _listing(query, results, *cards.cvs(results, quoted=may_open))
