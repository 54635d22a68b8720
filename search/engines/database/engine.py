"""The questions of each kind, and the way to an answer: found strictly, or with corrected words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import BigIntegerField, F
from django.db.models.functions import Coalesce
from django.utils import timezone

from pages.models import CompanyPage, JobAd
from recruiting.models import Candidate
from search.engines.base import (
    AD_FACETS,
    COMPANY_FACETS,
    CV_FACETS,
    DATE,
    DISTANCE,
    PAY,
    AdQuery,
    CompanyQuery,
    CvQuery,
    Hit,
    Query,
    Results,
    Step,
)
from search.engines.database import facets, ranking, typos
from search.engines.database.distance import distance_km, haversine, within
from search.engines.database.statement import Found, Order, ask
from search.language import Understood, understand
from search.models import AdEntry, CompanyEntry, CvEntry
from search.models.entry import EntryQuerySet
from search.models.word_index import Holds
from search.vocabulary.highlight import mark, snippet


@dataclass(frozen=True)
class Kind:
    """What differs between ads, companies and CVs: the rows asked for, all rows, and how they are sorted."""

    rows: EntryQuerySet
    everything: EntryQuerySet
    facets: Sequence[str]
    freshness: timedelta | None = None
    by_name: bool = False
    by_pay: bool = False


class DatabaseEngine:
    """Answers from the shadow rows, of objects that the public rule shows at this moment."""

    name = "database"

    def ads(self, query: AdQuery) -> Results:
        """Ads that match; a second try with corrected words when the first finds nothing."""
        visible = JobAd.objects.visible(query.now).order_by()
        everything = AdEntry.objects.filter(subject__in=visible.values("pk"))
        rows = everything
        if query.pay_from:
            rows = rows.filter(pay_max__gte=query.pay_from)
        if query.remote:
            rows = rows.choosing("remote", ("True",))
        if query.published_since:
            rows = rows.filter(dated_at__gte=query.published_since)
        if query.company:
            rows = rows.filter(subject__employer__company_page=query.company)
        if query.exclude:
            rows = rows.exclude(pk=query.exclude)
        kind = Kind(rows, everything, AD_FACETS, freshness=timedelta(days=14), by_pay=True)
        return _Search(query, kind).results()

    def companies(self, query: CompanyQuery) -> Results:
        """Company pages that match, by name when no words are searched."""
        live = CompanyPage.objects.live().order_by()
        everything = CompanyEntry.objects.filter(subject__in=live.values("pk"))
        rows = everything.filter(letter=query.letter) if query.letter else everything
        return _Search(query, Kind(rows, everything, COMPANY_FACETS, by_name=True)).results()

    def cvs(self, query: CvQuery) -> Results:
        """Profiles that match."""
        library = Candidate.objects.in_library(query.now).order_by()
        everything = CvEntry.objects.filter(subject__in=library.values("pk"))
        return _Search(query, Kind(everything, everything, CV_FACETS, freshness=timedelta(days=60))).results()


def matching(rows: EntryQuerySet, asked: Understood, step: int = 0) -> EntryQuerySet:
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
        self.query, self.kind = query, kind
        self.now = query.now or timezone.now()
        self.choices = {name: values for name, values in query.filters.items() if name in kind.facets}

    def results(self) -> Results:
        """Strictly; else with corrected words; else with fewer of them."""
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
        query = self.query
        rows = within(matching(self.kind.rows, asked, step), query.area)
        return ask(
            facets.missing(rows, self.choices),
            self._order(asked, step),
            size=query.page_size,
            offset=query.offset,
            counted=query.facets,
        )

    def _order(self, asked: Understood, step: int) -> Order:
        sort, area = self.query.sort, self.query.area
        if sort == DISTANCE and area and area.latitude is not None and area.longitude is not None:
            return Order(0 - haversine(area.latitude, area.longitude), F("dated_at"))
        if sort == PAY and self.kind.by_pay:
            return Order(Coalesce("pay_max", 0, output_field=BigIntegerField()), F("dated_at"))
        if sort == DATE:
            return Order(F("dated_at"), F("dated_at"))
        if self.kind.by_name and not asked.units:
            return Order(F("sort_name"), F("sort_name"), falling=False)
        return Order(ranking.score(asked, step, self.now, self.kind.freshness), F("dated_at"))

    def _page(self, found: Found, asked: Understood) -> Results:
        query = self.query
        keys = [pk for pk, _, _ in found.hits]
        rows = self.kind.everything.model.objects.filter(pk__in=keys).order_by("pk") if keys else ()
        shown = {row.pk: row for row in rows}
        return Results(
            total=found.total,
            hits=[self._hit(shown[pk], score, asked) for pk, score, _ in found.hits],
            page=query.page,
            page_size=query.page_size,
            facets=facets.counts(found.rows, self.kind.facets, self.choices) if query.facets else {},
            engine=DatabaseEngine.name,
        )

    def _hit(self, row, score, asked: Understood) -> Hit:
        area, marked, quoted = self.query.area, "", ""
        if asked.units and self.query.highlight:
            marked, quoted = mark(row.title, asked.units), snippet(row.text, asked.units)
        distance = None
        if area and None not in (area.latitude, area.longitude, row.latitude, row.longitude):
            distance = distance_km(area.latitude, area.longitude, row.latitude, row.longitude)  # type: ignore[arg-type]
        return Hit(
            pk=row.pk,
            score=score if isinstance(score, int) else 0,
            title_html=marked if "<mark>" in marked else "",
            snippet_html=quoted,
            distance_km=distance,
        )
