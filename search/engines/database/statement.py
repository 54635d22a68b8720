"""One statement for a page: its hits in order, and what is counted over all that was found.

The rows are found once; the hits and the counts are read from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
class Found:
    """Keys with what they were sorted by, and (missed, values) of everything found."""

    hits: list[tuple[int, Any, Any]]
    total: int
    rows: list[tuple[int, str]] = field(default_factory=list)


def ask(
    rows: EntryQuerySet,
    order: Order,
    *,
    size: int,
    offset: int = 0,
    after: Sequence[Any] | None = None,
    backwards: bool = False,
    counted: bool = True,
) -> Found:
    """Run it. `rows` bear `missed`: those with 0 are hits. `after` is where the page begins: both values and the key.

    `backwards` gives the page before `after`, still in the list's own order.
    """
    falling = order.falling != backwards
    selected = rows.annotate(first=order.first, second=order.second).order_by()
    found, params = (
        selected.values_list("pk", "missed", "facet_values", "first", "second")
        .query.get_compiler(rows.db)
        .as_sql()
    )
    direction, sign = ("DESC", "<") if falling else ("ASC", ">")
    beyond, values = "", [*params]
    if after is not None:
        beyond = f" AND (first, second, pk) {sign} (%s, %s, %s)"
        values += after
    # Nothing here comes from a person but the parameters.
    sql = (
        f"WITH found (pk, missed, choices, first, second) AS MATERIALIZED ({found}) "  # noqa: S608
        f"SELECT pk, missed, NULL, first, second FROM (SELECT * FROM found WHERE missed = 0{beyond} "
        f"ORDER BY first {direction}, second {direction}, pk {direction} LIMIT %s OFFSET %s) AS page UNION ALL "
    )
    values += [size, offset]
    if counted:
        sql += "SELECT NULL, missed, choices, NULL, NULL FROM found"
    else:
        sql += "SELECT NULL, count(*), NULL, NULL, NULL FROM found WHERE missed = 0"
    hits, others = _rows(rows.db, sql, values)
    hits.sort(key=lambda hit: (hit[1], hit[2], hit[0]), reverse=order.falling)
    if not counted:
        return Found(hits, others[0][0])
    return Found(hits, sum(not missed for missed, _ in others), others)


def _rows(using: str, sql: str, params: list[Any]) -> tuple[list[Any], list[Any]]:
    hits, others = [], []
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        for pk, missed, choices, first, second in cursor.fetchall():
            if pk is None:
                others.append((missed, choices))
            else:
                hits.append((pk, first, second))
    return hits, others
