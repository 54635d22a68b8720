"""What both engines answer, and to which questions. Views know these classes and nothing of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from django.utils import timezone

from search.language import Understood, understand

PAGE_SIZE = 20
MAX_PAGE = 200  # by number; a cursor goes as deep as there are finds
DEEPEST = 1_000_000
MAX_TEXT = 150
MAX_WORDS = 30

#: Facets of the ad list, in the order in which the page shows them.
AD_FACETS = (
    "family",
    "profession",
    "contract",
    "working_time",
    "public",
    "structure",
    "diploma",
    "region",
    "department",
    "agreement",
    "remote",
    "print",
)
#: Ads are also counted by how many days ago they were published, at most. Its value "" is any age.
AGE, AGES = "since", (1, 7, 30)
#: The one value of the facet "print": the ad also stood in an issue of the magazine.
PRINTED = "oui"
COMPANY_FACETS = ("field", "structure", "region", "department")
CV_FACETS = ("family", "profession", "experience", "contract", "diploma", "region", "department")

RELEVANCE, DATE, DISTANCE, PAY = "pertinence", "date", "distance", "salaire"


class Step(StrEnum):
    """How far a search gave way to find something: the list says it in words."""

    STRICT = "strict"
    CORRECTED = "corrected"  # `Results.corrected` was searched instead of what was typed
    FUZZY = "fuzzy"  # words that are written nearly so
    FEWER = "fewer"  # not every word


class SearchUnavailable(Exception):
    """The engine cannot answer now: its server is down, too slow, or has no index."""


@dataclass(frozen=True)
class Area:
    """Where to search: a circle around a point, or a whole department or region when `radius_km` is 0."""

    label: str
    latitude: float | None = None
    longitude: float | None = None
    radius_km: int = 0
    department: str = ""
    region: str = ""

    @property
    def is_circle(self) -> bool:
        return bool(self.radius_km) and self.latitude is not None and self.longitude is not None


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: behind one find of an order, or before it when `backwards`.

    `at` is when the list was first asked for: freshness counts from there, so that the order stays. `values` are what
    the engine sorted the find by, `engine` is whose they are; `pks` are the find and its neighbours, the nearest first.
    """

    values: tuple[Any, ...]
    pks: tuple[int, ...]
    at: datetime
    engine: str
    backwards: bool = False


@dataclass(frozen=True)
class Query:
    """What all searches share. `filters` maps a facet to the values chosen: any of them, and all facets together.

    With a `cursor` the page begins there, at whatever depth, and `page` only says its number; without one, `page`
    counts from the top, to `MAX_PAGE` at most. A cursor of another engine is worth nothing to this one.
    """

    text: str = ""
    area: Area | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    facets: bool = True
    highlight: bool = True
    now: datetime | None = None
    cursor: Cursor | None = None

    def __post_init__(self) -> None:
        text = " ".join(self.text[:MAX_TEXT].replace("\x00", " ").split()[:MAX_WORDS])
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "page", max(1, min(self.page, DEEPEST if self.cursor else MAX_PAGE)))
        object.__setattr__(self, "filters", {name: tuple(v) for name, v in self.filters.items() if v})

    @property
    def offset(self) -> int:
        return 0 if self.cursor else (self.page - 1) * self.page_size

    @cached_property
    def understood(self) -> Understood:
        """What the text asks for. Every engine searches this, not the text."""
        return understand(self.text)


@dataclass(frozen=True)
class AdQuery(Query):
    """A search of job ads."""

    # Gross, a year, full time. Ads whose range meets this one; those that say nothing of pay meet none.
    pay_from: int | None = None
    pay_to: int | None = None
    #: Published in the last so many days, one of `AGES`; 0 for at any time.
    since_days: int = 0
    exclude: int | None = None
    company: int | None = None


@dataclass(frozen=True)
class CompanyQuery(Query):
    """A search of company pages."""


@dataclass(frozen=True)
class CvQuery(Query):
    """A search of the CV library."""


def anywhere(query: Query) -> Query:
    """The same words without place, filters or anything else: whether they are in use at all."""
    return type(query)(text=query.text, now=query.now, page_size=0, facets=False, highlight=False)


_Asked = TypeVar("_Asked", bound=Query)


def counting(query: _Asked, now: datetime | None = None) -> _Asked:
    """The same question for its total alone."""
    return replace(
        query, page=1, page_size=0, facets=False, highlight=False, cursor=None, now=query.now or now
    )


def asked_now(query: _Asked, engine: str) -> _Asked:
    """The question with the moment at which it is asked, and without a cursor that another engine made."""
    if query.cursor and query.cursor.engine != engine:
        query = replace(query, cursor=None)
    return query if query.now else replace(query, now=timezone.now())


def neighbours(query: Query, found: int, total: int) -> tuple[bool, bool]:
    """Whether anything follows and precedes the page, of which one find more than its size was asked after a cursor."""
    if not found:
        return False, False
    if query.cursor is None:
        return query.offset + found < total, query.page > 1
    more = found > query.page_size
    return (True, more) if query.cursor.backwards else (more, True)


@dataclass(frozen=True)
class Hit:
    """One find. The HTML is escaped; only `<mark>` stands in it.

    `card` is what `search.display` put into its document, for pages that read nothing else; None where there is none.
    """

    pk: int
    score: float = 0.0
    title_html: str = ""
    snippet_html: str = ""
    distance_km: float | None = None
    card: Mapping[str, Any] | None = None
    sponsored: bool = False


class FacetValue(NamedTuple):
    """One choice of a facet, and how many finds it leaves. A page has a hundred: made at the cost of a tuple."""

    value: str
    count: int  # type: ignore[assignment]


@dataclass(frozen=True)
class Results:
    """One page of finds. `step` tells how; `corrected` is the text really searched, if not the one typed.

    `after` and `before` lead to the pages that follow and precede; None where there is none.
    """

    total: int
    hits: list[Hit]
    page: int
    page_size: int
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    corrected: str = ""
    step: Step = Step.STRICT
    engine: str = ""
    after: Cursor | None = None
    before: Cursor | None = None

    @property
    def page_count(self) -> int:
        return min(MAX_PAGE, max(1, -(-self.total // self.page_size)))

    def without(self, pks: set[int]) -> Results:
        """The same page less some finds (no longer public since the index was written)."""
        if not pks:
            return self
        hits = [hit for hit in self.hits if hit.pk not in pks]
        return replace(self, hits=hits, total=max(len(hits), self.total - len(self.hits) + len(hits)))


class Engine(Protocol):
    """The two engines and the one that chooses between them. Raises nothing of its own but `SearchUnavailable`."""

    name: str

    def ads(self, query: AdQuery) -> Results: ...

    def ad_totals(self, queries: Sequence[AdQuery]) -> list[int]: ...

    def company_totals(self, queries: Sequence[CompanyQuery]) -> list[int]: ...

    def companies(self, query: CompanyQuery) -> Results: ...

    def cvs(self, query: CvQuery) -> Results: ...
