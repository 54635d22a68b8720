"""The databases of the tests: one for each worker, copied from a prototype, and quickly as they were at the start.

Migrating takes half a minute, so the first worker does it for all. Django empties a database after a test with real
transactions: what stood there at the start is put back as plain rows, which costs a twentieth of loading it anew.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

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
    """What stands in each table now, kept in tables beside them that Django does not know and never empties."""

    def __init__(self) -> None:
        self._tables = []
        with connection.cursor() as cursor:
            for table, columns in _tables():
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {_quoted(table)})")
                if cursor.fetchone()[0]:
                    listed = ", ".join(map(_quoted, columns))
                    cursor.execute(f"DROP TABLE IF EXISTS {_kept(table)}")
                    cursor.execute(f"CREATE TABLE {_kept(table)} AS SELECT {listed} FROM {_quoted(table)}")
                    self._tables.append((table, listed))

    def put_back(self) -> None:
        """Replaces what the emptied database holds by then, which is what Django itself makes after emptying it."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, _ in self._tables:
                cursor.execute(f"DELETE FROM {_quoted(table)}")
            for table, listed in self._tables:
                cursor.execute(f"INSERT INTO {_quoted(table)} ({listed}) SELECT {listed} FROM {_kept(table)}")
        ContentType.objects.clear_cache()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _kept(table: str) -> str:
    return _quoted(f"kept_{table}")


def _tables() -> Iterator[tuple[str, list[str]]]:
    """Name and columns of every table of a model."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            fields: list[models.Field[Any, Any]] = [
                field for field in model._meta.local_concrete_fields if not field.generated
            ]
            yield model._meta.db_table, [field.column for field in fields]
