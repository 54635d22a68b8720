"""Adds up in the process and writes once the answer has gone out: a busy database delays a count, never a page.

Counts are no part of the page's transaction, so a rolled-back one takes none along. What cannot be written now waits
for the next answer of this process, and so does what a busy process has counted within `settings.COUNTS_PAUSE` of its
last writing; a process that is told to end writes what waits, one that is killed loses it.
"""

from __future__ import annotations

import atexit
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from threading import Lock
from time import monotonic
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError, connection, transaction

from reference.dates import paris_day

logger = logging.getLogger(__name__)

COUNTERS = ("appearances", "views", "apply_clicks")
#: More different rows than this do not wait: the database has been out of reach for long.
MOST_WAITING = 20_000
ROWS_A_STATEMENT = 500
#: How long a write waits for SQLite's one writer, in milliseconds, and how long everything else does.
PATIENCE = 200

Key = tuple[int, date, str, str]
_waiting: Counter[Key] = Counter()
_lock = Lock()
_written_at = float("-inf")


def add(ads: Iterable[int], counter: str, source: str) -> None:
    """Add one to a counter of today for each of these ads. No query: `flush` writes it after the answer."""
    if counter not in COUNTERS:
        raise ValueError(counter)
    day = paris_day()
    with _lock:
        for pk in set(ads):
            key = (pk, day, source, counter)
            if key in _waiting or len(_waiting) < MOST_WAITING:
                _waiting[key] += 1


def flush() -> None:
    """Write what waits: one statement for up to 500 rows. What the database refuses now waits on; never raises it."""
    if not _waiting:
        return
    with _lock:
        taken = Counter(_waiting)
        _waiting.clear()
    rows = _rows(taken)
    try:
        with _impatient(), transaction.atomic():
            while batch := list(islice(rows, ROWS_A_STATEMENT)):
                _write(batch)
    except DatabaseError as error:
        with _lock:
            _waiting.update(taken)
        logger.warning("Counts of %d kinds wait: %s", len(taken), error)
    finally:
        # The signal comes after Django's own look at the connection.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _rows(taken: Counter[Key]) -> Iterator[tuple]:
    """A row an ad, day and source. In one order everywhere, so that two processes never lock crosswise."""
    rows: dict[tuple[int, date, str], list[int]] = {}
    for (pk, day, source, counter), count in taken.items():
        rows.setdefault((pk, day, source), [0] * len(COUNTERS))[COUNTERS.index(counter)] += count
    for (pk, day, source), counts in sorted(rows.items()):
        yield (pk, connection.ops.adapt_datefield_value(day), source, *counts)


def _write(rows: list[tuple]) -> None:
    """Add to the rows that are there and begin the others, for ads that still exist.

    In SQL because the ORM's `update_conflicts` sets values and cannot add to them.
    """
    days = connection.ops.quote_name(apps.get_model("pages", "AdDay")._meta.db_table)
    ads = connection.ops.quote_name(apps.get_model("pages", "JobAd")._meta.db_table)
    columns = ", ".join(("ad_id", "day", "source", *COUNTERS))
    values, parameters = _values(rows)
    sums = ", ".join(f"{name} = {days}.{name} + excluded.{name}" for name in COUNTERS)
    sql = (
        f"WITH fresh ({columns}) AS ({values}) "  # noqa: S608 — names of our own columns, values by mark
        f"INSERT INTO {days} ({columns}) SELECT {columns} FROM fresh "
        f"WHERE ad_id IN (SELECT page_ptr_id FROM {ads}) "
        f"ON CONFLICT (ad_id, day, source) DO UPDATE SET {sums}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _values(rows: list[tuple]) -> tuple[str, list[Any]]:
    """SQL that gives these rows, and its parameters: an array a column where the database has arrays.

    A mark for each value makes a statement that the client of PostgreSQL reads for longer than the server runs it.
    """
    if connection.vendor == "postgresql":
        kinds = ", ".join(
            f"%s::{kind}[]" for kind in ("bigint", "date", "text", *["integer"] * len(COUNTERS))
        )
        return f"SELECT * FROM unnest({kinds})", [list(column) for column in zip(*rows, strict=True)]  # noqa: S608
    marks = f"({', '.join(['%s'] * (3 + len(COUNTERS)))})"
    return f"VALUES {', '.join([marks] * len(rows))}", [value for row in rows for value in row]


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait only a moment for SQLite's writer: the thread that counts is one that answers readers."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual = int(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _after_an_answer(**kwargs) -> None:
    """Write what waits, unless this process wrote a moment ago: then answers share one statement."""
    global _written_at
    now = monotonic()
    if _waiting and not 0 <= now - _written_at < settings.COUNTS_PAUSE:
        _written_at = now
        flush()


request_finished.connect(_after_an_answer, dispatch_uid="pages.statistics")
atexit.register(flush)
