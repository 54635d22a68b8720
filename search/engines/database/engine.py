"""The questions of each kind, and the way to an answer: found strictly, or with corrected words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Expression, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from pages.models import CompanyPage, JobAd
from recruiting.models import Candidate
from search.engines.base import (
    AD_FACETS,
    AGE,
    COMPANY_FACETS,
    CV_FACETS,
    DATE,
    DISTANCE,
    PAY,
    AdQuery,
    CompanyQuery,
    Cursor,
    CvQuery,
    Hit,
    Query,
    Results,
    Step,
    asked_now,
    counting,
    neighbours,
)
from search.engines.database import facets, ranking, typos
from search.engines.database.distance import haversine, within
from search.engines.database.statement import Found, Order, Place, ask, planned
from search.engines.geo import distance_km
from search.engines.priority import freshness, lifted
from search.language import Understood, understand
from search.models import AdEntry, CompanyEntry, CvEntry
from search.models.entry import ShadowQuerySet
from search.models.word_index import Holds
from search.vocabulary.highlight import mark, snippet


@dataclass(frozen=True)
class Kind:
    """What differs between ads, companies and CVs: the rows asked for, all rows, and how they are sorted."""

    rows: ShadowQuerySet
    everything: ShadowQuerySet
    facets: Sequence[str]
    freshness: timedelta | None = None
    by_name: bool = False
    by_pay: bool = False
    by_age: bool = False

    @property
    def counted(self) -> Sequence[str]:
        """The names of all that is counted."""
        return (*self.facets, AGE) if self.by_age else self.facets


class DatabaseEngine:
    """Answers from the shadow rows, of objects that the public rule shows at this moment."""

    name = "database"

    def ads(self, query: AdQuery) -> Results:
        """Ads that match; a second try with corrected words when the first finds nothing."""
        return self._of_ads(query).results()

    def _of_ads(self, query: AdQuery) -> _Search:
        visible = JobAd.objects.visible(query.now).order_by()
        everything = _shown(AdEntry.objects.all(), visible)
        rows = everything
        if query.pay_from:
            rows = rows.filter(pay_max__gte=query.pay_from)
        if query.pay_to:
            rows = rows.filter(pay_min__lte=query.pay_to)
        if query.company:
            rows = rows.filter(subject__employer__company_page=query.company)
        if query.exclude:
            rows = rows.exclude(pk=query.exclude)
        kind = Kind(rows, everything, AD_FACETS, freshness=timedelta(days=14), by_pay=True, by_age=True)
        return _Search(query, kind)

    def ad_totals(self, queries: Sequence[AdQuery]) -> list[int]:
        """How many ads each of these finds strictly. One statement for those that differ in choices alone."""
        totals = [0] * len(queries)
        groups: list[tuple[AdQuery, list[int]]] = []
        for number, query in enumerate(queries):
            bare = replace(counting(query), filters={}, since_days=0)
            group = next((numbers for other, numbers in groups if other == bare), None)
            if group is None:
                groups.append((bare, group := []))
            group.append(number)
        for bare, numbers in groups:
            search = self._of_ads(bare)
            choices = [facets.conditions(queries[number], AD_FACETS, search.now) for number in numbers]
            for number, total in zip(numbers, search.totals(choices), strict=True):
                totals[number] = total
        return totals

    def companies(self, query: CompanyQuery) -> Results:
        """Company pages that match, by name when no words are searched."""
        return self._of_companies(query).results()

    def company_totals(self, queries: Sequence[CompanyQuery]) -> list[int]:
        """How many company pages each of these finds, without second tries. A statement each."""
        return [self._of_companies(counting(query)).total() for query in queries]

    def _of_companies(self, query: CompanyQuery) -> _Search:
        live = CompanyPage.objects.live().order_by()
        everything = _shown(CompanyEntry.objects.all(), live)
        return _Search(query, Kind(everything, everything, COMPANY_FACETS, by_name=True))

    def cvs(self, query: CvQuery) -> Results:
        """Profiles that match."""
        library = Candidate.objects.in_library(query.now).order_by()
        everything = _shown(CvEntry.objects.all(), library)
        return _Search(query, Kind(everything, everything, CV_FACETS, freshness=timedelta(days=60))).results()


def _shown(rows: ShadowQuerySet, public: QuerySet) -> ShadowQuerySet:
    """The rows of objects that are public now, asked of each row: SQLite would list all that is public first."""
    return rows.filter(Exists(public.filter(pk=OuterRef("pk"))))


def matching(rows: ShadowQuerySet, asked: Understood, step: int = 0) -> ShadowQuerySet:
    """The rows that hold what is asked at this step."""
    needed, least = asked.must, asked.steps[step]
    if least == len(asked.some):
        needed, least = needed + asked.some, 0
    rows = rows.holding([unit.alternatives for unit in needed])
    if least:
        rows = rows.holding([unit.alternatives for unit in asked.some], every=False)
        if least > 1:
            rows = rows.alias(held=ranking.held(asked.some)).filter(held__gte=least)
    for unit in asked.excluded:
        rows = rows.filter(~Holds([unit.alternatives]))
    return rows


class _Search:
    """One question."""

    def __init__(self, query: Query, kind: Kind) -> None:
        query = asked_now(query, DatabaseEngine.name)
        self.query, self.kind = query, kind
        self.now: datetime = query.now or timezone.now()
        # On later pages of a list the moment of its first: the order stays.
        self.ranked_at = query.cursor.at if query.cursor else self.now
        self.choices = facets.conditions(query, kind.facets, self.now)

    def results(self) -> Results:
        """Strictly; else with corrected words; else with fewer of them."""
        with planned(self.kind.everything.db):
            return self._results()

    def total(self) -> int:
        """How many match strictly."""
        return self.totals([self.choices])[0]

    def totals(self, choices: Sequence[Mapping[str, Q]]) -> list[int]:
        """How many match strictly under each of these choices. One statement."""
        counts = {
            f"total_{number}": Count("pk", filter=Q(*chosen.values(), pk__isnull=False))
            for number, chosen in enumerate(choices)
        }
        with planned(self.kind.everything.db):
            rows = within(matching(self.kind.rows, self.query.understood), self.query.area)
            return list(rows.order_by().aggregate(**counts).values())

    def _results(self) -> Results:
        asked = self.query.understood
        found = self._found(asked)
        # Filters or the place may be what leaves nothing: only a text without any match at all gives way.
        if found.total or asked.is_empty or matching(self.kind.everything, asked).exists():
            return self._page(found, asked)
        corrected = typos.corrected(self.kind.everything, asked)
        if corrected:
            asked = understand(corrected)
            found = self._found(asked)
            if found.total or matching(self.kind.everything, asked).exists():
                return replace(self._page(found, asked), corrected=corrected, step=Step.CORRECTED)
        for step in range(1, len(asked.steps)):
            found = self._found(asked, step)
            if found.total:
                return replace(self._page(found, asked), corrected=corrected, step=Step.FEWER)
        return self._page(found, asked)

    def _found(self, asked: Understood, step: int = 0) -> Found:
        query, cursor = self.query, self.query.cursor
        rows = within(matching(self.kind.rows, asked, step), query.area)
        return ask(
            facets.missing(rows, self.choices),
            self._order(asked, step),
            # One more than the page after a cursor: whether anything follows is not known from the total.
            size=query.page_size + 1 if cursor else query.page_size,
            offset=query.offset,
            beyond=cursor.values if cursor else None,
            backwards=bool(cursor and cursor.backwards),
            counted=self._values if query.facets else None,
        )

    @property
    def _values(self) -> Expression | F:
        return facets.with_ages(self.now) if self.kind.by_age else F("facet_values")

    def _order(self, asked: Understood, step: int) -> Order:
        sort, area = self.query.sort, self.query.area
        if not self.query.page_size:
            return Order(F("pk"), F("pk"))
        if sort == DISTANCE and area and area.latitude is not None and area.longitude is not None:
            return Order(0 - haversine(area.latitude, area.longitude), F("dated_at"))
        if sort == PAY and self.kind.by_pay:
            return Order(Coalesce("pay_max", 0, output_field=BigIntegerField()), F("dated_at"))
        if asked.units and sort != DATE:
            return Order(ranking.score(asked, step, self.ranked_at, self.kind.freshness), F("dated_at"))
        if self.kind.by_name and sort != DATE:
            return Order(F("sort_name"), F("sort_name"), falling=False)
        return Order(F("dated_at"), F("dated_at"))

    def _page(self, found: Found, asked: Understood) -> Results:
        query, places = self.query, found.hits[: self.query.page_size]
        follows, precedes = neighbours(query, len(found.hits), found.total)
        if query.cursor and query.cursor.backwards:
            places.reverse()
        keys = [place.pk for place in places]
        rows = self.kind.everything.model.objects.filter(pk__in=keys).order_by("pk") if keys else ()
        shown = {row.pk: row for row in rows}
        return Results(
            total=found.total,
            hits=lifted(query, [self._hit(shown[place.pk], place, asked) for place in places]),
            page=1 if query.cursor and not precedes else query.page,
            page_size=query.page_size,
            facets=facets.counts(found.values, self.kind.counted, self.choices) if query.facets else {},
            engine=DatabaseEngine.name,
            after=self._cursor(places[-1]) if follows else None,
            before=self._cursor(places[0], backwards=True) if precedes else None,
        )

    def _cursor(self, place: Place, *, backwards: bool = False) -> Cursor:
        values = (place.first, place.second, place.pk)
        return Cursor(values, (place.pk,), self.ranked_at, DatabaseEngine.name, backwards)

    def _hit(self, row: Any, place: Place, asked: Understood) -> Hit:
        area, marked, quoted = self.query.area, "", ""
        if asked.units and self.query.highlight:
            marked, quoted = mark(row.title, asked.units), snippet(row.text, asked.units)
        distance = None
        if area and None not in (area.latitude, area.longitude, row.latitude, row.longitude):
            distance = distance_km(area.latitude, area.longitude, row.latitude, row.longitude)  # type: ignore[arg-type]
        score = 0.0
        if asked.units:
            score = float(place.first) if isinstance(place.first, int) else 0.0
        elif self.kind.freshness:
            score = 1 + freshness(row.dated_at, self.ranked_at)
        return Hit(
            pk=row.pk,
            score=score,
            title_html=marked if "<mark>" in marked else "",
            snippet_html=quoted,
            distance_km=distance,
            card=row.card or None,
            sponsored=bool(row.sponsored_until and row.sponsored_until > self.now),
        )
