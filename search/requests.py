"""From the parameters of an address to a query, and back: every list of results is an address that can be kept.

Only what was understood goes on into links, in one order: two addresses that ask the same lead to the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from search import cursors, places
from search.asked_place import AS_TYPED, AskedPlace, asked_place
from search.engines.base import (
    AD_FACETS,
    AGES,
    COMPANY_FACETS,
    CV_FACETS,
    DATE,
    DISTANCE,
    MAX_TEXT,
    PAY,
    RELEVANCE,
    AdQuery,
    CompanyQuery,
    CvQuery,
)
from search.labels import label, labels
from search.language import Understood, understand
from search.pay import FIELDS as PAY_FIELDS
from search.pay import PayRange, understood

Pair = tuple[str, str]

#: Choices of one search, in all facets together.
MAX_CHOICES, MAX_VALUE = 60, 80
#: What says which page of the list it is.
PAGES = ("page", cursors.AFTER, cursors.BEFORE)
SINCE = {str(days): "Depuis hier" if days == 1 else f"Depuis {days} jours" for days in AGES}
ANY_AGE = "Toutes les dates"
SORTS = {RELEVANCE: "pertinence", DATE: "date", DISTANCE: "distance", PAY: "salaire"}


@cache
def _order(facets: tuple[str, ...]) -> dict[str, int]:
    """The place of each parameter in an address."""
    names = ("q", "place", "radius", AS_TYPED, *facets, *PAY_FIELDS, "since", "sort", *PAGES)
    return {name: number for number, name in enumerate(names)}


def _has_point(place: places.Place | None) -> bool:
    return place is not None and place.area.latitude is not None


@dataclass
class Asked:
    """What the address asks for, understood."""

    params: QueryDict
    facets: tuple[str, ...]
    text: str
    place_text: str
    place: places.Place | None
    radius: int
    sort: str
    page: int
    where: AskedPlace
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Whether the address chose something that the lists do not know (any more).
    unknown_choice: bool = False

    @property
    def place_note(self) -> dict[str, Any]:
        """What the page says of the place, with the ways to another one."""
        return self.where.note(self.url)

    @property
    def understood(self) -> Understood:
        """What the words ask for."""
        return understand(self.text)

    @property
    def chosen_sort(self) -> str:
        """The order when it was chosen; "" for the usual one."""
        return "" if self.sort == RELEVANCE else self.sort

    @property
    def has_point(self) -> bool:
        """Whether distances can be told."""
        return _has_point(self.place)

    @property
    def own_pairs(self) -> list[Pair]:
        """Parameters of the filters that one kind of list has beside the facets."""
        return []

    @property
    def choices(self) -> list[Pair]:
        """Every filter that was chosen, as parameters."""
        chosen = [(name, value) for name, values in self.filters.items() for value in sorted(values)]
        return chosen + self.own_pairs

    @property
    def kept(self) -> list[Pair]:
        """What a new search of words and place keeps: filters and order, not the page."""
        return self.choices + ([("sort", self.sort)] if self.chosen_sort else [])

    @cached_property
    def pairs(self) -> list[Pair]:
        """All parameters but the page, in the one order, without what goes without saying."""
        found = [("q", self.text)] if self.text else []
        if self.place_text:
            found.append(("place", self.place_text))
            if self.place and self.place.area.is_circle and self.radius != places.DEFAULT_RADIUS:
                found.append(("radius", str(self.radius)))
        if self.where.as_typed:
            found.append((AS_TYPED, "1"))
        return found + self.kept

    @property
    def common(self) -> dict[str, Any]:
        """The fields that every kind of query shares."""
        return {
            "text": self.text,
            "area": self.place.area if self.place else None,
            "filters": self.filters,
            "sort": self.sort,
            "page": self.page,
        }

    def address(self, pairs: list[Pair]) -> str:
        """A relative address with these parameters, in the one order."""
        order = _order(self.facets)
        ranked = sorted(pairs, key=lambda pair: (order.get(pair[0], len(order)), pair[1]))
        return f"?{urlencode(ranked)}" if ranked else "."

    def url(self, **changes: str | None) -> str:
        """The address with some parameters set (or taken out by None), on the first page."""
        kept = [pair for pair in self.pairs if pair[0] not in changes]
        return self.address(kept + [(name, value) for name, value in changes.items() if value is not None])

    def without(self, *pairs: Pair) -> str:
        """The address less some choices."""
        return self.address([pair for pair in self.pairs if pair not in pairs])

    def toggled(self, name: str, value: str) -> str:
        """The address with one choice of a facet more, or less when it is chosen."""
        if value in self.filters.get(name, ()):
            return self.without((name, value))
        return self.address([*self.pairs, (name, value)])

    def cleared(self) -> str:
        """The address without any filter: words, place and order stay."""
        return self.without(*self.choices)

    def chips(self) -> list[dict[str, Any]]:
        """Every choice as a chip whose link takes it off."""
        return [
            _chip(label(name, value), self.without((name, value)))
            for name, values in self.filters.items()
            for value in values
        ]


Kind = TypeVar("Kind", bound=Asked)


def _chip(text: str, url: str) -> dict[str, Any]:
    return {"label": text, "url": url, "on": True}


def _number(text: str, allowed: tuple[int, ...], default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 and int(text) in allowed else default


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _choices(params: QueryDict, facets: tuple[str, ...]) -> tuple[dict[str, tuple[str, ...]], bool]:
    """The choices that the lists know, and whether there were others."""
    known = labels()
    filters: dict[str, tuple[str, ...]] = {}
    left, unknown = MAX_CHOICES, False
    for name in facets:
        asked = list(dict.fromkeys(value for value in params.getlist(name) if value))
        values = [value for value in asked if value in known[name]]
        unknown = unknown or len(values) < len(asked) or len(values) > left
        if values[:left]:
            filters[name] = tuple(values[:left])
        left = max(0, left - len(values))
    return filters, unknown


def _asked(params: QueryDict, facets: tuple[str, ...], kind: type[Kind], **own: Any) -> Kind:
    """A search of this kind; `own` are the fields that it alone has."""
    place_text = " ".join(params.get("place", "")[:MAX_VALUE].replace("\x00", " ").split())
    radius = _number(params.get("radius", ""), places.RADII, places.DEFAULT_RADIUS)
    text = " ".join(params.get("q", "").replace("\x00", " ")[:MAX_TEXT].split())
    where = asked_place(params, text, place_text, radius)
    sort = params.get("sort", "")
    orders = SORTS.keys() if kind is AskedAds else SORTS.keys() - {PAY}
    if sort not in orders or (sort == DISTANCE and not _has_point(where.place)):
        sort = RELEVANCE
    filters, unknown = _choices(params, facets)
    return kind(
        params=params,
        facets=facets,
        text=where.text,
        place_text=where.place_text,
        place=where.place,
        radius=where.radius,
        sort=sort,
        page=_page(params.get("page", "1")),
        where=where,
        filters=filters,
        unknown_choice=unknown,
        **own,
    )


@dataclass
class AskedAds(Asked):
    """A search of ads: the filters that ads alone have, beside the facets."""

    pay: PayRange = field(default_factory=PayRange)
    since: str = ""

    @property
    def own_pairs(self) -> list[Pair]:
        return self.pay.pairs + ([("since", self.since)] if self.since else [])

    @property
    def query(self) -> AdQuery:
        low, high = self.pay.low, self.pay.high
        query = AdQuery(
            **self.common,
            pay_from=low.yearly if low else None,
            pay_to=high.yearly if high else None,
            since_days=int(self.since or 0),
        )
        return cursors.placed(query, self.params)

    def chips(self) -> list[dict[str, Any]]:
        found = super().chips()
        if self.pay.label:
            found.append(_chip(self.pay.label, self.without(*self.pay.pairs)))
        if self.since:
            found.append(_chip(SINCE[self.since], self.url(since=None)))
        return found


def ads(params: QueryDict) -> AskedAds:
    """The search of ads that an address asks for. Nothing in it can make it fail."""
    since = params.get("since", "")
    pay = understood(*(params.get(name, "") for name in PAY_FIELDS))
    return _asked(params, AD_FACETS, AskedAds, pay=pay, since=since if since in SINCE else "")


def companies(params: QueryDict) -> tuple[Asked, CompanyQuery]:
    """The search of company pages that an address asks for."""
    asked = _asked(params, COMPANY_FACETS, Asked)
    return asked, cursors.placed(CompanyQuery(**asked.common), params)


def cvs(params: QueryDict) -> tuple[Asked, CvQuery]:
    """The search of the CV library that an address asks for."""
    asked = _asked(params, CV_FACETS, Asked)
    return asked, cursors.placed(CvQuery(**asked.common), params)
