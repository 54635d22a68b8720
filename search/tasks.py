"""Background work of the search. Every task may run twice and in any order."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from search import index, indexing

logger = logging.getLogger(__name__)


#: Seconds until the next try after a server or a database that did not take the changes: doubled at each, up to these.
RETRY_AFTER, RETRY_AT_MOST = 2, 64
#: Seconds for which one order stands for all that are given meanwhile: should it be lost, the next one counts again.
WAKING, ORDERING = 10, 120
_FAILURES, _RETRY, _WOKEN = "search-drain-failures", "search-drain-retry", "search-drain-woken"


def wake() -> None:
    """Have the outbox drained soon: by one task, however many changes ask for it before that task begins."""
    if cache.add(_WOKEN, True, timeout=WAKING):
        drain.enqueue()


#: Before what every save leaves for the administration's own index: people wait for this one.
PRIORITY = 50


@task(priority=PRIORITY)
def drain() -> int:
    """Bring the indices up to date with the outbox; enqueued after changes and every minute.

    What was not taken is tried again soon, by one task however many drains failed meanwhile.
    """
    # Before the outbox is read: a change that comes later wakes another.
    cache.delete(_WOKEN)
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


def order_rebuild(kind: str) -> None:
    """Have an index built that is not there: by one task, however many changes miss it."""
    if cache.add(f"search-rebuild-ordered-{kind}", True, timeout=ORDERING):
        logger.warning("There is no index of %s: a rebuild is ordered", kind)
        rebuild.enqueue(kind)


@task()
def rebuild(kind: str) -> str:
    """Build the index of one kind anew, or go on with a rebuild that was killed; "" while another process does."""
    from search.rebuilding import RebuildGoesOn

    try:
        report = indexing.rebuild(kind)
    except RebuildGoesOn as error:
        logger.info("%s", error)
        return ""
    logger.info("Index of %s rebuilt: %d documents", kind, report.public)
    drain.enqueue()
    return report.index


@task()
def compare() -> dict[str, dict[str, int]]:
    """Every night: go on with rebuilds that were killed, compare every index with the database, repair what differs.

    What was found is kept in `IndexRun`, where the office sees it. Runs older than a quarter of a year are forgotten.
    """
    from search import comparison
    from search.models import IndexRun

    IndexRun.objects.filter(ended_at__lt=timezone.now() - timedelta(days=92)).delete()
    found = {}
    for kind in index.KINDS:
        left = IndexRun.objects.going_on().filter(kind=kind, work=IndexRun.Work.REBUILD).first()
        if left is not None and left.is_silent:
            rebuild.call(kind)
        found[kind] = comparison.compare(kind).found
    return found
