"""Fixtures and rules of the whole suite.

- The reference lists (communes above 5,000 inhabitants) and the site's page tree are in the database at the start.
- An undefined variable in one of our templates fails the test that rendered it.
- No connection leaves the machine. Tests of PostgreSQL and Elasticsearch are deselected where there is none.
"""

import gc
import os
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from pytest_socket import socket_allow_hosts

from search.vocabulary import applied
from tests import databases
from tests.base_data import load_base_data, remember_base_data
from tests.recorded import begin_recording, recorded

OUR_TEMPLATES = str(Path(settings.ROOT) / "templates")


def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


def pytest_collection_modifyitems(config, items) -> None:
    absent = set()
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        absent.add("postgres")
    if not settings.ELASTICSEARCH_URL:
        absent.add("elasticsearch")
    if not os.environ.get("STRIPE_API_BASE"):
        absent.add("stripe")
    kept = [item for item in items if not any(item.get_closest_marker(name) for name in absent)]
    dropped = [item for item in items if item not in set(kept)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_collection_finish() -> None:
    """What is there by now stays: Python need not look through it for garbage a thousand times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class UndefinedVariable(str):
    """Django puts this where a variable is undefined: in our own templates a mistake, elsewhere nothing."""

    def __bool__(self) -> bool:
        return self._template().startswith(OUR_TEMPLATES)

    def __contains__(self, part) -> bool:
        return part == "%s"

    def __mod__(self, variable) -> str:
        raise AssertionError(f"undefined variable {variable!s} in {self._template()}")

    @staticmethod
    def _template() -> str:
        frame = sys._getframe(2)
        while frame:
            template = frame.f_locals.get("self")
            if frame.f_code.co_name == "render_annotated" and getattr(template, "origin", None):
                return str(template.origin.name)
            frame = frame.f_back
        return ""


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail():
    from django.template import engines

    engines["django"].engine.string_if_invalid = UndefinedVariable()


@pytest.fixture(scope="session")
def django_db_setup(request, tmp_path_factory, django_test_environment, django_db_blocker):
    """The worker's own copy of one prototype; alone, or with --reuse-db, the database that Django makes."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    keep = request.config.getvalue("reuse_db")
    with django_db_blocker.unblock():
        if worker and not keep:
            with databases.copied(worker, tmp_path_factory.getbasetemp().parent, load_base_data):
                remember_base_data()
                with django_db_blocker.block():
                    yield
            return
        if worker:
            databases.name_after(worker)
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=keep and not request.config.getvalue("create_db")
        )
        remember_base_data()
        with django_db_blocker.block():
            yield
        if not keep:
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _vocabulary_in_force(request):
    """The rules that stand in the database, not those that another test applied."""
    mark = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    if names & {"transactional_db", "live_server"} or (mark and mark.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
    elif mark or "db" in names:
        request.getfixturevalue("db")
    else:
        return
    applied.refresh()
    begin_recording()


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Rate limits and cached counts of one test are not another's."""
    from django.core.cache import caches

    from search import labels

    for name in ("default", "local"):
        caches[name].clear()
    labels.forget()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit(): …` runs what the block would do after its commit."""

    def run():
        return django_capture_on_commit_callbacks(execute=True)

    return run


@pytest.fixture
def on_postgres() -> bool:
    return connection.vendor == "postgresql"


def _login(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def login():
    """`login(client, user)` logs in and returns the client."""
    return _login


# --- The cast: who is who in most tests ------------------------------------------------------------------------------


@pytest.fixture
def ormeaux(db):
    """An employer with a live company page; `ormeaux.company_page`."""
    from tests.factories import EmployerFactory

    return recorded("ormeaux", lambda: EmployerFactory(legal_name="Association Les Ormeaux", with_page=True))


@pytest.fixture
def recruiter(ormeaux):
    """Administrator of Les Ormeaux."""
    return ormeaux.memberships.get().user


@pytest.fixture
def colleague(ormeaux):
    """Another recruiter of Les Ormeaux."""
    from tests.factories import MembershipFactory

    return MembershipFactory(employer=ormeaux).user


@pytest.fixture
def riviere(db):
    """Another employer with a live company page: whatever Les Ormeaux has, it must not see."""
    from tests.factories import EmployerFactory

    return recorded("riviere", lambda: EmployerFactory(legal_name="Fondation Rivière", with_page=True))


@pytest.fixture
def stranger(riviere):
    """Administrator of Fondation Rivière."""
    return riviere.memberships.get().user


@pytest.fixture
def candidate_user(db):
    from tests.factories import CandidateFactory

    return CandidateFactory().user


@pytest.fixture
def sales(db):
    """Office: sales and customer service."""
    from tests.factories import OfficeUserFactory

    return OfficeUserFactory(group="Commercial")


@pytest.fixture
def editor(db):
    """Office: the editorial desk of the magazine."""
    from tests.factories import OfficeUserFactory

    return OfficeUserFactory(group="Rédaction print")


@pytest.fixture
def administrator(db):
    from tests.factories import UserFactory

    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The system's Chromium, if it can be without its window, which costs a test half of its time."""
    if named := os.environ.get("CHROMIUM"):
        return named
    shell = "/usr/bin/chromium-headless-shell"
    return shell if os.path.exists(shell) else "/usr/bin/chromium"
