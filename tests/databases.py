"""The databases of the tests: one for each worker, copied from a prototype, and quickly as they were at the start.

Migrating takes a minute, so the first worker does it for all. After a test with real transactions Django orders the
command `flush`; ours (`tests.management`) empties the few tables that the test filled, and puts back what it changed
of what stood there at the start: a tenth of the cost of emptying and loading all of them.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

#: The environment may name one that is there already, made by `tests.prototype`.
PROTOTYPE = "TEST_PROTOTYPE"


def name_after(worker: str) -> None:
    """For a database that outlives the run: one for each worker. SQLite's are in a folder of the process's own."""
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"test_{connection.settings_dict['NAME']}_{worker}"


@contextmanager
def copied(worker: str, folder: Path, prepare: Callable[[], None]) -> Iterator[None]:
    """A database of this worker's own, as migrations and `prepare` left the prototype in `folder`."""
    creation, before = connection.creation, connection.settings_dict["NAME"]
    note = folder / "prototype.txt"
    with (folder / "prototype.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The note is read and written by who holds the lock: half written, it would name no template at all.
        if made := os.environ.get(PROTOTYPE) or (note.exists() and note.read_text()):
            connection.settings_dict["NAME"] = made
        else:
            if connection.vendor == "sqlite":
                connection.settings_dict["TEST"]["NAME"] = str(folder / "prototype.sqlite3")
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            prepare()
            connection.close()
            note.write_text(connection.settings_dict["NAME"])
        creation.clone_test_db(suffix=worker, verbosity=0, autoclobber=True)
    # The very dictionary: the threads of a test's server open their connections from it.
    connection.settings_dict |= creation.get_test_db_clone_settings(worker)
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    connection.close()
    yield
    creation.destroy_test_db(before, verbosity=0)


class Rows:
    """What stands in every table now, kept in tables beside them that Django does not know and never empties."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self._tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with connection.cursor() as cursor:
            for table, columns in _columns():
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {_quoted(table)})")
                if cursor.fetchone()[0]:
                    listed = ", ".join(map(_quoted, columns))
                    cursor.execute(f"DROP TABLE IF EXISTS {_beside(table)}")
                    cursor.execute(f"CREATE TABLE {_beside(table)} AS SELECT {listed} FROM {_quoted(table)}")
                    self._kept[table] = listed
            self._guarded = _guarded(cursor)

    def restore(self) -> None:
        """Make every table what it was. Those that did not change are only read."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(map(self._changed, self._tables)))
            changed = [table for (table,) in cursor.fetchall()]
            with _unguarded(cursor, self._guarded.intersection(changed)):
                for table in changed:
                    cursor.execute(f"DELETE FROM {_quoted(table)}")
                for table in changed:
                    if listed := self._kept.get(table):
                        put_back = (
                            f"INSERT INTO {_quoted(table)} ({listed}) SELECT {listed} FROM {_beside(table)}"
                        )
                        cursor.execute(put_back)
        ContentType.objects.clear_cache()

    def _changed(self, table: str) -> str:
        """A statement that gives the table's name if it is not as it was."""
        name, there = connection.ops.quote_name(table), f"SELECT '{table}' WHERE "
        if not (listed := self._kept.get(table)):
            return f"{there} EXISTS (SELECT 1 FROM {name})"
        kept = _beside(table)
        return (
            f"{there} (SELECT count(*) FROM {name}) <> (SELECT count(*) FROM {kept}) "
            f"OR EXISTS (SELECT {listed} FROM {name} EXCEPT SELECT {listed} FROM {kept})"
        )


def _guarded(cursor: CursorWrapper) -> set[str]:
    """Tables whose rows PostgreSQL lets nobody delete. SQLite has no such guards."""
    if connection.vendor != "postgresql":
        return set()
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    return {table for (table,) in cursor.fetchall()}


@contextmanager
def _unguarded(cursor: CursorWrapper, tables: Iterable[str]) -> Iterator[None]:
    """Their guards, put aside; PostgreSQL changes no table that has checks to make yet."""
    guarded = sorted(tables)
    for table in guarded:
        cursor.execute(f"ALTER TABLE {_quoted(table)} DISABLE TRIGGER USER")
    yield
    if guarded:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in guarded:
        cursor.execute(f"ALTER TABLE {_quoted(table)} ENABLE TRIGGER USER")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _beside(table: str) -> str:
    return _quoted(f"kept_{table}")


def _columns() -> Iterator[tuple[str, list[str]]]:
    """Name and columns of every table of a model."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            fields: list[models.Field[Any, Any]] = [
                field for field in model._meta.local_concrete_fields if not field.generated
            ]
            yield model._meta.db_table, [field.column for field in fields]
