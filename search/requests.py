"""From the parameters of an address to a query, and back: every list of results is an address that can be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from search import cursors, places
from search.engines.base import (
    AD_FACETS,
    COMPANY_FACETS,
    CV_FACETS,
    DATE,
    DISTANCE,
    PAY,
    RELEVANCE,
    AdQuery,
    CompanyQuery,
    CvQuery,
)
from search.labels import label

MAX_CHOICES, MAX_VALUE = 40, 80
#: What says which page of the list it is.
PAGES = ("page", cursors.AFTER, cursors.BEFORE)
#: Gross pay a month, as people think of it.
PAY_STEPS = (1800, 2000, 2500, 3000, 4000)
SINCE = {"1": "Depuis hier", "7": "Depuis 7 jours", "30": "Depuis 30 jours"}
SORTS = {RELEVANCE: "pertinence", DATE: "date", DISTANCE: "distance", PAY: "salaire"}


@dataclass
class Asked:
    """What the address asks for, understood; `unknown_place` says that the place was not."""

    params: QueryDict
    facets: tuple[str, ...]
    text: str
    place_text: str
    place: places.Place | None
    radius: int
    sort: str
    page: int
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def unknown_place(self) -> bool:
        return bool(self.place_text) and self.place is None

    @property
    def chosen_sort(self) -> str:
        """The order when it was chosen; "" for the usual one."""
        return "" if self.sort == RELEVANCE else self.sort

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new search of words and place keeps: filters and order, not the page."""
        own = ("q", "place", "radius", *PAGES, "csrfmiddlewaretoken")
        return [
            (name, value)
            for name in self.params
            if name not in own
            for value in self.params.getlist(name)
            if value
        ]

    @property
    def common(self) -> dict:
        """The fields that every kind of query shares."""
        return {
            "text": self.text,
            "area": self.place.area if self.place else None,
            "filters": self.filters,
            "sort": self.sort,
            "page": self.page,
        }

    def _first_page(self) -> QueryDict:
        params = self.params.copy()
        for name in PAGES:
            params.pop(name, None)
        return params

    def url(self, **changes: str | None) -> str:
        """The address with some parameters set (or taken out by None), on the first page."""
        params = self._first_page()
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        return f"?{params.urlencode()}"

    def without(self, name: str, value: str) -> str:
        """The address less one choice."""
        params = self._first_page()
        params.setlist(name, [other for other in params.getlist(name) if other != value])
        return f"?{params.urlencode()}"

    def cleared(self, *also: str) -> str:
        """The address without any filter: words and place stay."""
        params = self._first_page()
        for name in (*self.facets, *also):
            params.pop(name, None)
        return f"?{params.urlencode()}"

    def chips(self) -> list[dict]:
        """Every choice as a chip whose link takes it off."""
        return [
            {"label": label(name, value), "url": self.without(name, value), "on": True}
            for name, values in self.filters.items()
            for value in values
        ]


def _number(text: str, allowed: tuple[int, ...], default: int) -> int:
    return int(text) if text.isdecimal() and int(text) in allowed else default


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _asked(params: QueryDict, facets: tuple[str, ...]) -> Asked:
    place_text = params.get("place", "")[:MAX_VALUE].replace("\x00", "").strip()
    radius = _number(params.get("radius", ""), places.RADII, places.DEFAULT_RADIUS)
    filters: dict[str, tuple[str, ...]] = {}
    for name in facets:
        values = [
            value[:MAX_VALUE] for value in params.getlist(name)[:MAX_CHOICES] if value and "\x00" not in value
        ]
        if values:
            filters[name] = tuple(dict.fromkeys(values))
    place = places.find(place_text, radius)
    sort = params.get("sort", "")
    has_point = bool(place and place.area.latitude is not None)
    return Asked(
        params=params,
        facets=facets,
        text=params.get("q", "").replace("\x00", " ").strip()[:150],
        place_text=place_text,
        place=place,
        radius=radius,
        sort=sort if sort in SORTS and (sort != DISTANCE or has_point) else RELEVANCE,
        page=_page(params.get("page", "1")),
        filters=filters,
    )


@dataclass
class AskedAds(Asked):
    """A search of ads: the filters that ads alone have, beside the facets."""

    pay: int = 0
    since: str = ""

    @property
    def query(self) -> AdQuery:
        since = timezone.now() - timedelta(days=int(self.since)) if self.since else None
        query = AdQuery(**self.common, pay_from=self.pay * 12 or None, published_since=since)
        return cursors.placed(query, self.params)

    def chips(self) -> list[dict]:
        found = super().chips()
        if self.pay:
            found.append({"label": pay_label(self.pay), "url": self.url(pay=None), "on": True})
        if self.since:
            found.append({"label": SINCE[self.since], "url": self.url(since=None), "on": True})
        return found


def pay_label(pay: int) -> str:
    """ "À partir de 2 000 € brut par mois"."""
    return f"À partir de {pay // 1000}\u202f{pay % 1000:03d}\u202f€ brut par mois"


def ads(params: QueryDict) -> AskedAds:
    """The search of ads that an address asks for. Nothing in it can make it fail."""
    since = params.get("since", "")
    return AskedAds(
        **vars(_asked(params, AD_FACETS)),
        pay=_number(params.get("pay", ""), PAY_STEPS, 0),
        since=since if since in SINCE else "",
    )


def companies(params: QueryDict) -> tuple[Asked, CompanyQuery]:
    """The search of company pages that an address asks for."""
    asked = _asked(params, COMPANY_FACETS)
    letter = params.get("lettre", "")[:1].lower()
    query = CompanyQuery(**asked.common, letter=letter if letter.isalpha() or letter == "#" else "")
    return asked, cursors.placed(query, params)


def cvs(params: QueryDict) -> tuple[Asked, CvQuery]:
    """The search of the CV library that an address asks for."""
    asked = _asked(params, CV_FACETS)
    return asked, cursors.placed(CvQuery(**asked.common), params)
