"""A kept connection is looked at before it is used, and the server is asked only where looking does not tell."""

import pytest
from django.db import connection, connections

from ashjob.postgresql import base

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kept():
    """A connection of its own, as one that earlier requests have used; it is looked at at the next query."""
    found = connections.create_connection("default")
    found.settings_dict = found.settings_dict | {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
    for _ in range(2):  # the first look asks
        assert answered(found) == 1
        found.close_if_unusable_or_obsolete()
    yield found
    found.close()


def answered(one) -> int:
    with one.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def pid(one) -> int:
    return one.connection.info.backend_pid


def last_query(of: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [of])
        return cursor.fetchone()[0]


def test_a_good_connection_is_used_without_a_question(kept):
    before, own = kept.connection, "SELECT 'the page''s own'"
    with kept.cursor() as cursor:
        cursor.execute(own)
    kept.close_if_unusable_or_obsolete()
    with kept.cursor():
        assert last_query(pid(kept)) == own
    assert kept.connection is before


def test_one_that_has_rested_is_asked(kept, monkeypatch):
    own = "SELECT 'the page''s own'"
    with kept.cursor() as cursor:
        cursor.execute(own)
    kept.close_if_unusable_or_obsolete()
    monkeypatch.setattr(base, "TRUSTED", 0.0)
    with kept.cursor():
        assert last_query(pid(kept)) == "SELECT 1"


def test_one_whose_query_was_left_halfway_is_not_good(kept):
    kept.connection.pgconn.send_query(b"SELECT 1; SELECT 2")
    assert not kept.is_usable()


def test_one_that_the_server_ended_is_replaced_before_the_page_asks(kept):
    ended = pid(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
        assert cursor.fetchone()[0]
    assert answered(kept) == 1
    assert pid(kept) != ended


def test_one_that_has_something_to_say_is_asked_and_kept(kept):
    with kept.cursor() as cursor:
        cursor.execute("LISTEN something")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY something")
    kept.close_if_unusable_or_obsolete()
    before = pid(kept)
    assert answered(kept) == 1
    assert pid(kept) == before


def test_a_closed_one_is_not_good(kept):
    kept.connection.close()
    assert not kept.is_usable()
    assert answered(kept) == 1
