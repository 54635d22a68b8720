"""Background work of the search. Every task may run twice and in any order."""

from __future__ import annotations

import logging

from django_tasks import task

from search import indexing

logger = logging.getLogger(__name__)


@task()
def drain() -> int:
    """Bring the indices up to date with the outbox; enqueued after each change and every minute."""
    return indexing.drain()


@task()
def rebuild(kind: str) -> str:
    """Build the index of one kind anew."""
    report = indexing.rebuild(kind)
    logger.info("Index of %s rebuilt: %d documents", kind, report.public)
    return report.index
