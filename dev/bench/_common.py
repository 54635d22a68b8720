"""What the measurements share: a database of their own on PostgreSQL, the data, two sides timed in turns.

The bare side is Wagtail as it comes: page types with the same fields and panels (`dev.bench.bare`), by an editor with
the usual permissions, without our middleware and hooks. Both sides are asked one after the other, so that whatever
else the machine does falls on both; each figure is the ratio of the medians.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
SERVER = "postgres://ashjob:ashjob@127.0.0.1:5432/ashjob"
OURS = ("search", "recruiting", "pages", "billing", "accounts")


def server_url() -> str:
    return os.environ.get("BENCH_DATABASE_SERVER", SERVER)


@contextmanager
def databases(*names: str):
    """Databases of these names, thrown away afterwards; gives their URLs."""
    import psycopg
    from psycopg import sql

    base = server_url().rsplit("/", 1)[0]
    try:
        connection = psycopg.connect(server_url().replace("postgres://", "postgresql://"), autocommit=True)
    except psycopg.OperationalError:
        sys.exit(
            f"PostgreSQL does not answer at {urlsplit(server_url()).netloc}: dev/services/postgresql.sh start"
        )
    try:
        for name in names:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield [f"{base}/{name}" for name in names]
    finally:
        for name in names:
            drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
            connection.execute(drop)
        connection.close()


def start_django(database_url: str, folder: str) -> None:
    """Settings of the bench, tables, reference lists and the site's tree."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dev.bench._settings",
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": f"{folder}/media",
        "PRIVATE_ROOT": f"{folder}/private",
        "STATIC_ROOT": folder,
        "ELASTICSEARCH_URL": "",
        "LOG_LEVEL": "ERROR",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, check=True)
    os.environ["BENCH_BARE"] = "1"
    import django

    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    call_command("createcachetable")
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("bare").get_models():
            editor.create_model(model)
    from tests.base_data import load_base_data

    load_base_data()


@contextmanager
def bench(name: str):
    """One database, ready."""
    with databases(f"bench_{name}_{os.getpid()}") as (url,), tempfile.TemporaryDirectory() as folder:
        start_django(url, folder)
        yield
        from django.db import connections

        connections.close_all()


def client_of(user):
    """A logged-in client of the whole site."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"user-agent": "Firefox"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get("/sante/")  # the middleware is loaded once, under the settings of now
    return client


def bare_client_of(user):
    """A logged-in client of a site without our middleware."""
    from django.conf import settings
    from django.test import override_settings

    kept = [name for name in settings.MIDDLEWARE if not name.startswith(OURS)]
    with override_settings(MIDDLEWARE=kept):
        return client_of(user)


@contextmanager
def without_our_hooks():
    """Wagtail's hooks without those of our applications, for as long as the bare side is asked."""
    from wagtail import hooks
    from wagtail.admin.menu import admin_menu

    hooks.search_for_hooks()
    everything = dict(hooks._hooks)
    # The side bar asks its hooks once in the life of a process, and keeps the items.
    items = admin_menu.registered_menu_items
    try:
        for name, entries in everything.items():
            hooks._hooks[name] = [e for e in entries if not e[0].__module__.startswith(OURS)]
        admin_menu.registered_menu_items = [i for i in items if not type(i).__module__.startswith(OURS)]
        yield
    finally:
        hooks._hooks.update(everything)
        admin_menu.registered_menu_items = items


def must(fact: object, otherwise: object) -> None:
    """What is not so makes the figure worthless: stop and say it."""
    if not fact:
        sys.exit(f"the measurement is worth nothing: {otherwise}")


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turns(
    ours: Callable[[int], object], bare: Callable[[int], object], rounds: int, warm_up: int = 3
) -> tuple[float, float]:
    """The median seconds of both, asked in turns; each call gets the number of its round."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(warm_up + rounds):
        one = seconds(lambda n=number: ours(n))
        with without_our_hooks():
            other = seconds(lambda n=number: bare(n))
        if number >= warm_up:
            taken[0].append(one)
            taken[1].append(other)
    return statistics.median(taken[0]), statistics.median(taken[1])


def report(name: str, ratio: float, bar: float) -> None:
    print(f"{name}: {ratio:.2f} (bar {bar:.2f}) {'ok' if ratio <= bar else 'short'}")


def report_least(name: str, ratio: float, bar: float) -> None:
    """A ratio that is to be high: throughput beside throughput."""
    print(f"{name}: {ratio:.2f} (bar {bar:.2f} at least) {'ok' if ratio >= bar else 'short'}")
