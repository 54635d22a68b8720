"""Background work of the search. Every task may run twice and in any order."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from search import indexing

logger = logging.getLogger(__name__)


#: Seconds until the next try after a server or a database that did not take the changes: doubled at each, up to these.
RETRY_AFTER, RETRY_AT_MOST = 2, 64
_FAILURES, _RETRY = "search-drain-failures", "search-drain-retry"


@task()
def drain() -> int:
    """Bring the indices up to date with the outbox; enqueued after each change and every minute.

    What was not taken is tried again soon, by one task however many drains failed meanwhile.
    """
    try:
        waiting = indexing.drain()
    except Exception:
        _try_again()
        raise
    if waiting:
        _try_again()
    else:
        cache.delete(_FAILURES)
    return waiting


def _try_again() -> None:
    failures = cache.get(_FAILURES, 0)
    delay = min(RETRY_AFTER * 2**failures, RETRY_AT_MOST)
    if cache.add(_RETRY, True, timeout=delay):
        cache.set(_FAILURES, min(failures + 1, 10), timeout=3600)
        drain.using(run_after=timezone.now() + timedelta(seconds=delay)).enqueue()


@task()
def rebuild(kind: str) -> str:
    """Build the index of one kind anew."""
    report = indexing.rebuild(kind)
    logger.info("Index of %s rebuilt: %d documents", kind, report.public)
    return report.index
