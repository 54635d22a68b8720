"""One statement for a page: its hits in order, and what is counted over all that was found.

The rows are found once; the hits and the counts are read from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connections, transaction
from django.db.models import Expression, F, Value

from search.models.entry import ShadowQuerySet

#: What PostgreSQL takes for granted while it plans a search. Its index of words lies in memory, and reading it costs a
#: tenth of unpacking the words of every row, which the planner does not count; compiling it saves nothing.
_PLANNING = {"enable_seqscan": "off", "jit": "off", "random_page_cost": "1.1", "work_mem": "32MB"}


@contextmanager
def planned(using: str) -> Iterator[None]:
    """For the statements of one search: on PostgreSQL in one transaction, planned by the settings above."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            local = ", ".join(["set_config(%s, %s, true)"] * len(_PLANNING))
            cursor.execute(f"SELECT {local}", [part for pair in _PLANNING.items() for part in pair])
        yield


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
    """The places of the page's hits; and the facets' values of all rows found, strung together by what they miss."""

    hits: list[Place]
    total: int
    values: dict[int, str] = field(default_factory=dict)


def ask(
    rows: ShadowQuerySet,
    order: Order,
    *,
    size: int,
    offset: int = 0,
    beyond: Sequence[Any] | None = None,
    backwards: bool = False,
    counted: Expression | F | None = None,
) -> Found:
    """Run it. `rows` bear `missed`: those with 0 are hits. `beyond` is the place behind which the page begins.

    `counted` is what each row adds to the facets' values.
    `backwards` gives the rows before that place, the nearest first.
    """
    falling = order.falling != backwards
    choices = Value("") if counted is None else counted
    selected = rows.annotate(first=order.first, second=order.second, choices=choices).order_by()
    found, params = (
        selected.values_list("pk", "missed", "choices", "first", "second")
        .query.get_compiler(rows.db)
        .as_sql()
    )
    direction, sign = ("DESC", "<") if falling else ("ASC", ">")
    after = f" AND (first, second, pk) {sign} (%s, %s, %s)" if beyond else ""
    gather = "string_agg" if connections[rows.db].vendor == "postgresql" else "group_concat"
    values = "NULL" if counted is None else f"{gather}(choices, '')"
    # Nothing in it comes from a person: their words are parameters.
    sql = (
        f"WITH found (pk, missed, choices, first, second) AS MATERIALIZED ({found}) "  # noqa: S608
        f"SELECT NULL, NULL, pk, first, second FROM (SELECT * FROM found WHERE missed = 0{after} "
        f"ORDER BY first {direction}, second {direction}, pk {direction} LIMIT %s OFFSET %s) AS page "
        f"UNION ALL SELECT missed, {values}, count(*), NULL, NULL FROM found GROUP BY missed"
    )
    hits: list[Place] = []
    strung: dict[int, str] = {}
    total = 0
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, [*params, *(beyond or ()), size, offset])
        for missed, choices, number, first_value, second_value in cursor.fetchall():
            if missed is None:
                hits.append(Place(_plain(first_value), _plain(second_value), number))
                continue
            strung[missed] = choices or ""
            if not missed:
                total = number
    hits.sort(key=lambda place: (place.first, place.second, place.pk), reverse=falling)
    return Found(hits, total, strung)


def _plain(value: Any) -> Any:
    """Moments as the text that SQLite stores and compares; PostgreSQL reads it back to the microsecond too."""
    return value.isoformat(" ") if isinstance(value, datetime) else value
