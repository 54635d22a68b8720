"""Elasticsearch while it answers, the database while it does not.

A breaker, one a process: after a failure the database serves for `PAUSE` seconds, then a single request tries again
with a short time-out. The outage and its end are logged once each.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from search.engines.base import AdQuery, CompanyQuery, CvQuery, Engine, Results, SearchUnavailable
from search.engines.elasticsearch import ElasticsearchEngine

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)
PAUSE = 15.0
TRIAL_TIMEOUT = 1.0


class Breaker:
    """Remembers since when the server is silent and lets one request at a time find out whether it is back."""

    def __init__(self, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause, self._clock = pause, clock
        self._lock = threading.Lock()
        self._retry_at: float | None = None

    @property
    def is_open(self) -> bool:
        return self._retry_at is not None

    def allows(self) -> bool:
        """Whether this request may go to the server; while it is silent, one request a pause may."""
        with self._lock:
            if self._retry_at is None:
                return True
            if self._clock() < self._retry_at:
                return False
            self._retry_at = self._clock() + self._pause
            return True

    def failed(self, error: SearchUnavailable) -> None:
        with self._lock:
            first = self._retry_at is None
            self._retry_at = self._clock() + self._pause
        if first:
            logger.warning("Elasticsearch does not answer, the database serves searches: %s", error)

    def succeeded(self) -> None:
        with self._lock:
            was_open, self._retry_at = self._retry_at is not None, None
        if was_open:
            logger.warning("Elasticsearch answers again")


class ResilientEngine:
    """Tries `primary`, falls back to `fallback`, and returns to `primary` by itself."""

    name = "resilient"

    def __init__(self, primary: ElasticsearchEngine, fallback: Engine, breaker: Breaker) -> None:
        self.primary, self.fallback, self.breaker = primary, fallback, breaker

    def ads(self, query: AdQuery) -> Results:
        return self._ask(lambda engine: engine.ads(query))

    def companies(self, query: CompanyQuery) -> Results:
        return self._ask(lambda engine: engine.companies(query))

    def cvs(self, query: CvQuery) -> Results:
        return self._ask(lambda engine: engine.cvs(query))

    def ad_totals(self, queries: Sequence[AdQuery]) -> list[int]:
        return self._ask(lambda engine: engine.ad_totals(queries))

    def _ask(self, question: Callable[[Engine], Answer]) -> Answer:
        trial = self.breaker.is_open
        if self.breaker.allows():
            try:
                answer = question(self.primary.within(TRIAL_TIMEOUT) if trial else self.primary)
            except SearchUnavailable as error:
                self.breaker.failed(error)
            else:
                self.breaker.succeeded()
                return answer
        return question(self.fallback)
