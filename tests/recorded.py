"""What services write for a test: written by them once, and from then on put back as the same rows.

An employer with a live page takes 170 statements, and a thousand tests begin with the one of the cast. The second time
those statements that changed rows are run again as they were: the same rows with the same keys, in a tenth of the
time. They hold only for the database that they were made in, so a recording is known by how much the test wrote
before it and by the keys that the database would give next.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import time_machine
from django.db import connection, models

Made = TypeVar("Made", bound=models.Model)

_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class _Recording:
    """The statements, and what was made of them."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)
    made: bytes = b""

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(_WRITES):
            self.statements.append((sql, params, many))
        return execute(sql, params, many, context)

    def put_back(self) -> Any:
        with connection.cursor() as cursor:
            for sql, params, many in self.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
        return pickle.loads(self.made)  # noqa: S301 — dumped by this very process


_recordings: dict[tuple[Any, ...], _Recording] = {}
_changes_at_start = 0


def begin_recording() -> None:
    """A test begins: the database is as every test finds it."""
    global _changes_at_start
    _changes_at_start = _changes()


def recorded(name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns, with its rows in the database.

    `make` does nothing else, and the same whatever a test has set; `name` is its own. It is just called on PostgreSQL,
    whose sequences go on after a test, and in tests with real transactions or at another time than now.
    """
    same_keys = connection.vendor == "sqlite" and connection.in_atomic_block
    if not same_keys or time_machine.escape_hatch.is_travelling():
        return make()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        key = (name, _changes() - _changes_at_start, tuple(cursor.fetchall()))
    if known := _recordings.get(key):
        return known.put_back()
    recording = _Recording()
    with connection.execute_wrapper(recording):
        made = make()
    recording.made = pickle.dumps(made)
    _recordings[key] = recording
    return made


def _changes() -> int:
    """Rows written since the connection was opened; 0 where the database does not count them."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else 0
