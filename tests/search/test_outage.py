"""Elasticsearch stops answering in mid-run: the list keeps answering, says nothing alarming, and heals by itself."""

import contextlib
import logging
import socket
import threading
import time

import pytest
from django.urls import reverse

from search import engines, indexing
from search.engines import resilient
from search.engines.base import AdQuery, SearchUnavailable
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.resilient import Breaker, ResilientEngine
from tests.search import build

pytestmark = pytest.mark.django_db


class Wire:
    """A TCP proxy before the server that can be cut (refuses), blocked (swallows everything), slow and mended."""

    DELAY = 0.4

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.state, self.open = target, "whole", []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(client)
            if self.state == "cut":
                client.close()
            elif self.state in ("whole", "slow"):
                there = socket.create_connection(self.target)
                self.open.append(there)
                for a, b, answers in ((client, there, False), (there, client, True)):
                    threading.Thread(target=self._pump, args=(a, b, answers), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        try:
            while data := source.recv(65536):
                if self.state == "blocked":
                    continue
                if self.state == "slow" and answers:
                    threading.Event().wait(self.DELAY)
                sink.sendall(data)
        except OSError:
            pass

    def become(self, state: str) -> None:
        self.state = state
        if state == "cut":
            self.drop()

    def drop(self) -> None:
        for end in self.open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open.clear()

    def close(self) -> None:
        self.listener.close()
        self.drop()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def wire(server, settings, monkeypatch, clock):
    """The site talks to the server through a wire; the breaker looks at our clock."""
    host, port = server.removeprefix("http://").rstrip("/").split(":")
    made = Wire((host, int(port)))
    settings.ELASTICSEARCH_URL = made.url
    settings.ELASTICSEARCH_TIMEOUT = 2.5
    monkeypatch.setattr(engines, "_breaker", Breaker(pause=15, clock=clock))
    yield made
    made.close()


@pytest.mark.elasticsearch
@pytest.mark.parametrize("accident", ["cut", "blocked"])
def test_the_list_answers_through_an_outage_and_heals(client, wire, clock, accident, caplog):
    ad = build.ad(title="Éducatrice spécialisée en IME")
    indexing.rebuild("ads")
    url = reverse("search:ads") + "?q=éduc+spé"

    def listed() -> str:
        response = client.get(url)
        assert response.status_code == 200
        content = response.content.decode()
        assert ad.get_url() in content
        return response.context["listing"].results.engine

    assert listed() == "elasticsearch"
    wire.become(accident)
    with caplog.at_level(logging.WARNING, logger="search"):
        assert listed() == "database"
        started = time.monotonic()
        assert listed() == "database"
        assert time.monotonic() - started < 2.4  # nobody waits again while the breaker is open
    assert sum("does not answer" in record.message for record in caplog.records) == 1
    clock.now += 16
    assert listed() == "database"  # the trial failed
    wire.drop()
    wire.become("whole")
    assert listed() == "database"  # still in the pause
    clock.now += 16
    with caplog.at_level(logging.WARNING, logger="search"):
        assert listed() == "elasticsearch"
    assert "answers again" in caplog.text


@pytest.mark.elasticsearch
def test_a_search_of_many_requests_takes_no_longer_than_one_may(wire, settings):
    """Each answer comes in time, all of them together do not: the database answers instead."""
    settings.ELASTICSEARCH_TIMEOUT = 1.0
    build.ad(title="Éducatrice spécialisée en IME")
    indexing.rebuild("ads")
    query = AdQuery("xyzzy qwrtz éducatrice plugh")
    assert ElasticsearchEngine().ads(query).engine == "elasticsearch"
    wire.become("slow")
    assert ElasticsearchEngine().ads(AdQuery("éducatrice")).total == 1
    started = time.monotonic()
    with pytest.raises(SearchUnavailable):
        ElasticsearchEngine().ads(query)
    assert time.monotonic() - started < 1.0 + 2 * Wire.DELAY


@pytest.mark.elasticsearch
def test_a_server_without_index_is_an_outage(server):
    with pytest.raises(SearchUnavailable):
        ElasticsearchEngine().ads(AdQuery())


def test_an_address_where_nobody_listens(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    ad = build.ad()
    settings.ELASTICSEARCH_URL = ""
    indexing.rebuild("ads")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    engine = ResilientEngine(ElasticsearchEngine(), DatabaseEngine(), Breaker())
    assert [hit.pk for hit in engine.ads(AdQuery()).hits] == [ad.pk]


def test_one_request_of_all_processes_tries_a_silent_server(clock):
    one, other = Breaker(pause=10, clock=clock), Breaker(pause=10, clock=clock)
    assert one.allows() and other.allows()
    one.failed(SearchUnavailable("x"))
    assert not one.allows()
    clock.now = 2  # the other has not asked the cache for longer than it trusts its memory
    assert not other.allows() and other.outage().error == "x"
    clock.now = 11
    assert [one.allows(), other.allows(), one.allows()] == [True, False, False]
    one.succeeded()
    assert one.allows() and not one.is_open
    clock.now = 13
    assert other.allows() and not other.is_open


def test_the_outage_lasts_from_its_first_failure(clock):
    breaker = Breaker(pause=10, clock=clock)
    breaker.failed(SearchUnavailable("first"))
    since = breaker.outage().since
    clock.now = 11
    assert breaker.allows()
    breaker.failed(SearchUnavailable("second"))
    assert (breaker.outage().since, breaker.outage().error) == (since, "second")
    assert not breaker.allows()


def test_a_healthy_search_asks_the_cache_once_a_second(clock, monkeypatch):
    asked = []
    monkeypatch.setattr(resilient.cache, "get", lambda name, *default: asked.append(name))
    breaker = Breaker(clock=clock)
    assert all(breaker.allows() for _ in range(20))
    clock.now = 1.1
    assert breaker.allows() and len(asked) == 2
