"""Facets: which choices a row misses, and the counts of each facet under the choices of all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Expression, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Concat

from search.engines.base import AGE, AGES, AdQuery, FacetValue, Query
from search.models.entry import ShadowQuerySet, choice, chosen


def conditions(query: Query, names: Sequence[str], now: datetime) -> dict[str, Q]:
    """What was chosen in each facet, as conditions."""
    found = {name: chosen(name, values) for name, values in query.filters.items() if name in names}
    if isinstance(query, AdQuery) and query.since_days:
        found[AGE] = Q(dated_at__gte=_before(now, query.since_days))
    return found


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def with_ages(now: datetime) -> Expression:
    """The facets' values of an ad with its age at `now` among them: every choice of age that it meets."""

    def values(*ages: int | str) -> Value:
        return Value("".join(f"|{choice(AGE, str(age))}|" for age in ages))

    met = [
        When(dated_at__gte=_before(now, days), then=values("", *(age for age in AGES if age >= days)))
        for days in AGES
    ]
    return Concat("facet_values", Case(*met, default=values("")), output_field=TextField())


def missing(rows: ShadowQuerySet, choices: Mapping[str, Q]) -> ShadowQuerySet:
    """Rows that miss one facet's choices at the most, with `missed`: 0, or the bit of that facet in `choices`.

    A row that misses two counts nowhere.
    """
    missed: Expression = Value(0, IntegerField())
    for bit, condition in enumerate(choices.values()):
        missed = missed + Case(
            When(condition, then=Value(0)), default=Value(1 << bit), output_field=IntegerField()
        )
    if not choices:
        return rows.annotate(missed=missed)
    return rows.annotate(missed=missed).filter(missed__in=[0, *(1 << bit for bit in range(len(choices)))])


def counts(
    found: Mapping[int, str], names: Sequence[str], choices: Iterable[str]
) -> dict[str, list[FacetValue]]:
    """The counts of each facet, the most frequent value first, from the values of the rows by what they miss."""
    every = _counted(found.get(0, ""))
    totals = {name: Counter(every.get(name, {})) for name in names}
    for bit, name in enumerate(choices):
        totals[name].update(_counted(found.get(1 << bit, "")).get(name, {}))
    return {
        name: [FacetValue(v, n) for v, n in sorted(total.items(), key=lambda item: (-item[1], item[0]))]
        for name, total in totals.items()
    }


def _counted(values: str) -> dict[str, dict[str, int]]:
    """Facet to value to number of rows. The loops run inside `split` and `Counter`: there may be many rows."""
    counted: dict[str, dict[str, int]] = {}
    for held, number in Counter(values.split("|")).items():
        name, equals, value = held.partition("=")
        if equals:
            counted.setdefault(name, {})[value] = number
    return counted
