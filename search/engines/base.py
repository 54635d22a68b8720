"""What both engines answer, and to which questions. Views know these classes and nothing of an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from search.language import Understood, understand

PAGE_SIZE = 20
MAX_PAGE = 200  # deeper pages serve robots only; the sitemap serves them better
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
    "region",
    "department",
    "agreement",
)
COMPANY_FACETS = ("field", "structure", "region")
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
class Query:
    """What all searches share. `filters` maps a facet to the values chosen: any of them, and all facets together."""

    text: str = ""
    area: Area | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    facets: bool = True
    highlight: bool = True
    now: datetime | None = None

    def __post_init__(self) -> None:
        text = " ".join(self.text[:MAX_TEXT].replace("\x00", " ").split()[:MAX_WORDS])
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "page", max(1, min(self.page, MAX_PAGE)))
        object.__setattr__(self, "filters", {name: tuple(v) for name, v in self.filters.items() if v})

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    @property
    def understood(self) -> Understood:
        """What the text asks for. Every engine searches this, not the text."""
        return understand(self.text)


@dataclass(frozen=True)
class AdQuery(Query):
    """A search of job ads."""

    pay_from: int | None = None  # gross, a year, full time
    remote: bool = False
    published_since: datetime | None = None
    exclude: int | None = None
    company: int | None = None


@dataclass(frozen=True)
class CompanyQuery(Query):
    """A search of company pages."""

    letter: str = ""


@dataclass(frozen=True)
class CvQuery(Query):
    """A search of the CV library."""


def anywhere(query: Query) -> Query:
    """The same words without place, filters or anything else: whether they are in use at all."""
    return type(query)(text=query.text, now=query.now, page_size=0, facets=False, highlight=False)


@dataclass(frozen=True)
class Hit:
    """One find. The HTML is escaped; only `<mark>` stands in it."""

    pk: int
    score: float = 0.0
    title_html: str = ""
    snippet_html: str = ""
    distance_km: float | None = None


@dataclass(frozen=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True)
class Results:
    """One page of finds. `step` tells how; `corrected` is the text really searched, if not the one typed."""

    total: int
    hits: list[Hit]
    page: int
    page_size: int
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    corrected: str = ""
    step: Step = Step.STRICT
    engine: str = ""

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

    def companies(self, query: CompanyQuery) -> Results: ...

    def cvs(self, query: CvQuery) -> Results: ...
