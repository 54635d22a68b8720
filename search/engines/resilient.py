"""Elasticsearch while it answers, the database while it does not.

A breaker, shared by all processes through the cache: after a failure the database serves for `PAUSE` seconds, then a
single request of all tries again with a short time-out. The outage and its end are logged once each.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

from search.engines.base import AdQuery, CompanyQuery, CvQuery, Engine, Results, SearchUnavailable
from search.engines.elasticsearch import ElasticsearchEngine

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)
PAUSE = 15.0
TRIAL_TIMEOUT = 1.0
#: Seconds for which a process believes what it read of the breaker: the cache may be a table.
MEMORY = 1.0
#: Seconds until an outage that nobody searched through is forgotten.
FORGOTTEN = 24 * 3600


@dataclass(frozen=True)
class Outage:
    """Since when the server is silent, what it said last, and when it may be tried again (seconds of the clock)."""

    since: datetime
    error: str
    retry_at: float


class Breaker:
    """Knows since when the server is silent and lets one request of all processes find out whether it is back.

    `clock` gives seconds that all processes agree on. While all is well, a process asks the cache once in `MEMORY`
    seconds; its own failure it knows at once.
    """

    def __init__(
        self, pause: float = PAUSE, clock: Callable[[], float] = time.time, name: str = "search-outage"
    ) -> None:
        self._pause, self._clock, self._name = pause, clock, name
        self._known: Outage | None = None
        self._asked_at = float("-inf")

    def outage(self) -> Outage | None:
        """The outage that goes on, as of a second ago at most; None while all is well."""
        now = self._clock()
        if not 0 <= now - self._asked_at < MEMORY:
            self._known, self._asked_at = cache.get(self._name), now
        return self._known

    @property
    def is_open(self) -> bool:
        return self.outage() is not None

    def allows(self) -> bool:
        """Whether this request may go to the server; while it is silent, one request a pause may."""
        outage = self.outage()
        if outage is None:
            return True
        if self._clock() < outage.retry_at:
            return False
        # One of all processes; the others read the new time from the cache, or stumble over this key until then.
        if not cache.add(f"{self._name}-trial-{outage.retry_at}", True, timeout=self._pause):
            return False
        self._remember(Outage(outage.since, outage.error, self._clock() + self._pause))
        return True

    def failed(self, error: Exception) -> None:
        """The server did not answer: the database serves for a while."""
        before = cache.get(self._name)
        since = before.since if before else timezone.now()
        self._remember(Outage(since, str(error)[:300], self._clock() + self._pause))
        if before is None:
            logger.warning("Elasticsearch does not answer, the database serves searches: %s", error)

    def succeeded(self) -> None:
        """The server answered: it serves again, for all processes."""
        if self._known is None:
            return
        self._known = None
        if cache.delete(self._name):
            logger.warning("Elasticsearch answers again")

    def _remember(self, outage: Outage) -> None:
        self._known, self._asked_at = outage, self._clock()
        cache.set(self._name, outage, timeout=FORGOTTEN)


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

    def company_totals(self, queries: Sequence[CompanyQuery]) -> list[int]:
        return self._ask(lambda engine: engine.company_totals(queries))

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
