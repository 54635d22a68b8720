"""The search without a server: shadow rows in the database, the same vocabulary, facets counted here.

One query fetches the small columns of every match, because each facet is counted with the choices of all the others; a
second one fetches the texts of the page that is shown. Meant for some ten thousand objects.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

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
    Area,
    CompanyQuery,
    CvQuery,
    FacetValue,
    Hit,
    Query,
    Results,
    counting,
)
from search.engines.geo import distance_km
from search.engines.priority import lifted
from search.models import AdEntry, CompanyEntry, CvEntry
from search.models.entry import EntryQuerySet
from search.vocabulary import french, spelling
from search.vocabulary.highlight import mark, snippet
from search.vocabulary.synonyms import Unit, units

_KM_A_DEGREE = 111.2
_COLUMNS = (
    "pk",
    "title_tokens",
    "name_tokens",
    "facets",
    "latitude",
    "longitude",
    "dated_at",
    "sponsored_until",
)


@dataclass
class Match:
    """The small columns of one entry that holds the words, with what ranking adds."""

    pk: int
    title_tokens: str
    name_tokens: str
    facets: dict[str, Any]
    latitude: float | None
    longitude: float | None
    dated_at: datetime | None
    sponsored_until: datetime | None
    own: Any = None  # pay of an ad, name of a company: what this kind sorts by
    distance_km: float | None = None
    score: float = 0.0


def _values(facets: dict[str, Any], name: str) -> Sequence[str]:
    value = facets.get(name, ())
    return (value,) if isinstance(value, str) else value


def _fits(match: Match, name: str, chosen: tuple[str, ...]) -> bool:
    return any(value in chosen for value in _values(match.facets, name))


def _says(tokens: str, unit: Unit) -> bool:
    return any(f" {' '.join(phrase)} " in tokens for phrase in unit.alternatives)


def _decay(then: datetime | None, now: datetime, scale: timedelta) -> float:
    """1 for what is fresh, a half after `scale` (two days later), falling as a bell does."""
    if then is None:
        return 0.0
    late = max(0.0, (now - then - timedelta(days=2)) / scale)
    return 0.5 ** (late * late)


class DatabaseEngine:
    """Answers from the shadow rows, of objects that the public rule shows at this moment."""

    name = "database"

    def ads(self, query: AdQuery) -> Results:
        """Ads that match; a second try with corrected words when the first finds nothing."""
        visible = JobAd.objects.visible(query.now).order_by()
        rows = AdEntry.objects.filter(subject__in=visible.values("pk"))
        if query.pay_from:
            rows = rows.filter(pay_max__gte=query.pay_from)
        if query.pay_to:
            rows = rows.filter(facets__pay_min__lte=query.pay_to)
        if query.published_since:
            rows = rows.filter(dated_at__gte=query.published_since)
        if query.company:
            rows = rows.filter(subject__employer__company_page=query.company)
        if query.exclude:
            rows = rows.exclude(pk=query.exclude)
        everything = AdEntry.objects.filter(subject__in=visible.values("pk"))
        return _Search(query, rows, everything, AD_FACETS, timedelta(days=14), "pay_max").results()

    def ad_totals(self, queries: Sequence[AdQuery]) -> list[int]:
        """How many ads each of these finds."""
        return [self.ads(counting(query)).total for query in queries]

    def companies(self, query: CompanyQuery) -> Results:
        """Company pages that match, by name when no words are searched."""
        everything = CompanyEntry.objects.filter(
            subject__in=CompanyPage.objects.live().order_by().values("pk")
        )
        rows = everything.filter(letter=query.letter) if query.letter else everything
        return _Search(query, rows, everything, COMPANY_FACETS, None, "sort_name").results()

    def cvs(self, query: CvQuery) -> Results:
        """Profiles that match."""
        library = Candidate.objects.in_library(query.now).order_by()
        everything = CvEntry.objects.filter(subject__in=library.values("pk"))
        return _Search(query, everything, everything, CV_FACETS, timedelta(days=60), None).results()


class _Search:
    """One question: candidates from SQL, then choice, count and order in Python."""

    def __init__(
        self,
        query: Query,
        rows: EntryQuerySet,
        everything: EntryQuerySet,
        facets: Sequence[str],
        freshness: timedelta | None,
        own: str | None,
    ) -> None:
        self.query, self.rows, self.everything = query, rows, everything
        self.facets, self.freshness, self.own = facets, freshness, own
        self.now = query.now or timezone.now()

    def results(self) -> Results:
        asked = units(self.query.text)
        matches = self._matches(asked)
        if matches or not asked or self._holding(self.everything, asked).exists():
            return self._page(matches, asked)
        corrected = self._corrected()
        if not corrected:
            return self._page([], asked)
        asked = units(corrected)
        return replace(self._page(self._matches(asked), asked), corrected=corrected)

    def _holding(self, rows: EntryQuerySet, asked: Iterable[Unit]) -> EntryQuerySet:
        for unit in asked:
            rows = rows.having(unit.alternatives)
        return rows

    def _matches(self, asked: list[Unit]) -> list[Match]:
        rows = self._holding(self.rows, asked)
        area = self.query.area
        if area and area.is_circle:
            tall = area.radius_km / _KM_A_DEGREE
            wide = tall / max(0.05, math.cos(math.radians(area.latitude or 0.0)))
            rows = rows.near(area.latitude or 0.0, area.longitude or 0.0, tall, wide)
        columns = (*_COLUMNS, self.own) if self.own else _COLUMNS
        found = [Match(*row) for row in rows.order_by("pk").values_list(*columns)]
        return [match for match in found if self._inside(match, area)]

    @staticmethod
    def _inside(match: Match, area: Area | None) -> bool:
        """Sets the distance, and tells whether the match lies in the area."""
        if area is None:
            return True
        here, there = (area.latitude, area.longitude), (match.latitude, match.longitude)
        if None not in here and None not in there:
            match.distance_km = distance_km(*here, *there)  # type: ignore[arg-type]
        if area.is_circle:
            return match.distance_km is not None and match.distance_km <= area.radius_km
        if area.department:
            return _fits(match, "department", (area.department,))
        return not area.region or _fits(match, "region", (area.region,))

    def _counts(self, matches: list[Match]) -> dict[str, list[FacetValue]]:
        """Each facet counted over the matches that all OTHER choices leave."""
        chosen = {name: values for name, values in self.query.filters.items() if name in self.facets}
        counts: dict[str, Counter[str]] = {name: Counter() for name in self.facets}
        for match in matches:
            misses = [name for name, values in chosen.items() if not _fits(match, name, values)]
            if len(misses) > 1:
                continue
            for name in misses or self.facets:
                counts[name].update(_values(match.facets, name))
        return {
            name: [FacetValue(v, n) for v, n in sorted(count.items(), key=lambda item: (-item[1], item[0]))]
            for name, count in counts.items()
        }

    def _score(self, match: Match, asked: list[Unit]) -> float:
        score = 1.0
        for unit in asked:
            score += (
                6.0 if _says(match.title_tokens, unit) else 3.0 if _says(match.name_tokens, unit) else 1.0
            )
        if asked and f" {' '.join(french.tokens(self.query.text))} " in match.title_tokens:
            score += 4.0
        weight = 1.0
        if self.freshness:
            weight += _decay(match.dated_at, self.now, self.freshness)
        return score * weight

    def _ordered(self, matches: list[Match], asked: list[Unit]) -> list[Match]:
        matches.sort(
            key=lambda match: (match.dated_at.timestamp() if match.dated_at else 0.0, match.pk), reverse=True
        )
        sort = self.query.sort
        if sort == DISTANCE and self.query.area and self.query.area.latitude is not None:
            matches.sort(key=lambda match: math.inf if match.distance_km is None else match.distance_km)
        elif sort == PAY and self.own == "pay_max":
            matches.sort(key=lambda match: -(match.own or 0))
        elif sort != DATE and self.own == "sort_name" and not asked:
            matches.sort(key=lambda match: (match.own, match.pk))
        elif sort != DATE:
            for match in matches:
                match.score = self._score(match, asked)
            matches.sort(key=lambda match: -match.score)
        return matches

    def _page(self, matches: list[Match], asked: list[Unit]) -> Results:
        query = self.query
        kept = [
            match
            for match in matches
            if all(
                _fits(match, name, values) for name, values in query.filters.items() if name in self.facets
            )
        ]
        shown = self._ordered(kept, asked)[query.offset : query.offset + query.page_size]
        texts: dict[int, tuple[str, str]] = {}
        if asked and query.highlight and shown:
            rows = self.everything.filter(pk__in=[match.pk for match in shown]).order_by("pk")
            texts = {pk: (title, text) for pk, title, text in rows.values_list("pk", "title", "text")}
        return Results(
            total=len(kept),
            hits=lifted(query, [self._hit(match, *texts.get(match.pk, ("", "")), asked) for match in shown]),
            page=query.page,
            page_size=query.page_size,
            facets=self._counts(matches) if query.facets else {},
            engine=DatabaseEngine.name,
        )

    def _hit(self, match: Match, title: str, text: str, asked: list[Unit]) -> Hit:
        marked = mark(title, asked)
        return Hit(
            pk=match.pk,
            score=match.score,
            title_html=marked if "<mark>" in marked else "",
            snippet_html=snippet(text, asked),
            distance_km=match.distance_km,
            sponsored=bool(match.sponsored_until and match.sponsored_until > self.now),
        )

    def _corrected(self) -> str:
        """The text with each unknown word replaced by the nearest one in use; "" if one has none."""
        known: set[str] = set()
        for line in self.everything.values_list("words", flat=True):
            known.update(line.split())
        return spelling.corrected(french.words(self.query.text), known)
