"""One statement for a page: its hits in order, and what is counted over all that was found.

The rows are found once; the hits and the counts are read from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connections
from django.db.models import Expression, F

from search.models.entry import EntryQuerySet


@dataclass(frozen=True)
class Order:
    """What rows are sorted by: two expressions, then the key; all of them falling, or all growing."""

    first: Expression | F
    second: Expression | F
    falling: bool = True


@dataclass(frozen=True)
class Place:
    """Where one row stands in an order: both values and the key. Plain JSON values."""

    first: Any
    second: Any
    pk: int


@dataclass(frozen=True)
class Found:
    """The places of the page's hits, and (missed, values) of everything found."""

    hits: list[Place]
    total: int
    rows: list[tuple[int, str]] = field(default_factory=list)


def ask(
    rows: EntryQuerySet,
    order: Order,
    *,
    size: int,
    offset: int = 0,
    beyond: Sequence[Any] | None = None,
    backwards: bool = False,
    counted: bool = True,
) -> Found:
    """Run it. `rows` bear `missed`: those with 0 are hits. `beyond` is the place behind which the page begins.

    `backwards` gives the rows before that place, the nearest first.
    """
    falling = order.falling != backwards
    selected = rows.annotate(first=order.first, second=order.second).order_by()
    found, params = (
        selected.values_list("pk", "missed", "facet_values", "first", "second")
        .query.get_compiler(rows.db)
        .as_sql()
    )
    direction, sign = ("DESC", "<") if falling else ("ASC", ">")
    after = f" AND (first, second, pk) {sign} (%s, %s, %s)" if beyond else ""
    counts = "missed, choices, NULL, NULL FROM found"
    if not counted:
        counts = "count(*), NULL, NULL, NULL FROM found WHERE missed = 0"
    # Nothing in it comes from a person: their words are parameters.
    sql = (
        f"WITH found (pk, missed, choices, first, second) AS MATERIALIZED ({found}) "  # noqa: S608
        f"SELECT pk, missed, NULL, first, second FROM (SELECT * FROM found WHERE missed = 0{after} "
        f"ORDER BY first {direction}, second {direction}, pk {direction} LIMIT %s OFFSET %s) AS page "
        f"UNION ALL SELECT NULL, {counts}"
    )
    hits, others = _rows(rows.db, sql, [*params, *(beyond or ()), size, offset])
    hits.sort(key=lambda place: (place.first, place.second, place.pk), reverse=falling)
    if not counted:
        return Found(hits, others[0][0])
    return Found(hits, sum(not missed for missed, _ in others), others)


def _rows(using: str, sql: str, params: list[Any]) -> tuple[list[Place], list[tuple[int, str]]]:
    hits, others = [], []
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        for pk, missed, choices, first, second in cursor.fetchall():
            if pk is None:
                others.append((missed, choices))
            else:
                hits.append(Place(_plain(first), _plain(second), pk))
    return hits, others


def _plain(value: Any) -> Any:
    """Moments as text: the database reads them back to the microsecond."""
    return value.isoformat() if isinstance(value, datetime) else value
