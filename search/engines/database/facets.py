"""Facets: which choices a row misses, and the counts of each facet under the choices of all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Case, Expression, IntegerField, Value, When

from search.engines.base import FacetValue
from search.models.entry import ShadowQuerySet, chosen

Choices = Mapping[str, tuple[str, ...]]


def missing(rows: ShadowQuerySet, choices: Choices) -> ShadowQuerySet:
    """Rows that miss one facet's choices at the most, with `missed`: 0, or the bit of that facet in `choices`.

    A row that misses two counts nowhere.
    """
    missed: Expression = Value(0, IntegerField())
    for bit, (name, values) in enumerate(choices.items()):
        missed = missed + Case(
            When(chosen(name, values), then=Value(0)), default=Value(1 << bit), output_field=IntegerField()
        )
    if not choices:
        return rows.annotate(missed=missed)
    return rows.annotate(missed=missed).filter(missed__in=[0, *(1 << bit for bit in range(len(choices)))])


def counts(found: Mapping[int, str], names: Sequence[str], choices: Choices) -> dict[str, list[FacetValue]]:
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
    for choice, number in Counter(values.split("|")).items():
        name, equals, value = choice.partition("=")
        if equals:
            counted.setdefault(name, {})[value] = number
    return counted
