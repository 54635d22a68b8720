"""An index beside the database, row by row: what differs, named, and repaired through the outbox.

Three things are compared: the revision of every shadow row with that of every document; the shadow rows with what is
public now; and the content of each row with what the database says today, so that a change which nobody told of
(`QuerySet.update`, a hand in the database) is found as well.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter

from django.conf import settings

import outbox.services as outbox
from outbox.models import Entry as Waiting
from search import index, indexing, shadow
from search.engines.base import SearchUnavailable
from search.index import Found
from search.models import IndexRun

logger = logging.getLogger(__name__)
#: What may differ, by the name under which it is reported.
MISSING, STALE, GHOSTS, AHEAD, UNNOTICED = "missing", "stale", "ghosts", "ahead", "unnoticed"
Differences = dict[str, list[int]]


def _rows(kind: str) -> Iterator[tuple[int, Found]]:
    rows = shadow.MODELS[kind].objects.order_by("pk").values_list("pk", "rev", "title")
    for pk, rev, title in rows.iterator(chunk_size=index.PAGE):
        yield pk, Found(rev, bool(title))


def _verdict(row: Found | None, found: Found | None) -> str:
    """What is wrong with one object in an index; "" when nothing is."""
    if row is None or not row.public:
        return GHOSTS if found is not None and found.public else ""
    if found is None:
        return MISSING
    if found.rev > row.rev:
        return AHEAD
    if found.rev < row.rev:
        return STALE
    return "" if found.public else MISSING


def _side_by_side(kind: str, name: str) -> Iterator[tuple[int, Found | None, Found | None]]:
    """Each object that the database or the index knows, by key: two sorted readings, none of them held whole."""
    rows = ((pk, "row", found) for pk, found in _rows(kind))
    docs = ((pk, "doc", found) for pk, found in index.revisions(kind, name))
    for pk, group in groupby(merge(rows, docs, key=itemgetter(0)), key=itemgetter(0)):
        sides = {side: found for _, side, found in group}
        yield pk, sides.get("row"), sides.get("doc")


def differences(kind: str, name: str) -> Differences:
    """Every object whose revision in the index `name` is not that of its shadow row. Raises `SearchUnavailable`.

    Those that differ at a first glance are asked for exactly, and once more without those that wait in the outbox: what
    is under way will be written by `indexing.drain`, to this index as to every other.
    """
    suspects = [pk for pk, row, doc in _side_by_side(kind, name) if _verdict(row, doc)]
    found: Differences = {}
    for start in range(0, len(suspects), indexing.BATCH):
        pks = suspects[start : start + indexing.BATCH]
        differing = list(_verdicts(kind, name, pks))
        under_way = _under_way(kind, differing)
        # Asked again: what was written between the first answer and the look into the outbox is right by now.
        for pk, verdict in _verdicts(kind, name, [pk for pk in differing if pk not in under_way]).items():
            found.setdefault(verdict, []).append(pk)
    return found


def _verdicts(kind: str, name: str, pks: list[int]) -> dict[int, str]:
    """What is wrong with each of these objects, asked exactly: the index answers searches a second late."""
    if not pks:
        return {}
    # The rows first: a document that is written meanwhile can only be newer.
    rows = shadow.MODELS[kind].objects.filter(pk__in=pks).values_list("pk", "rev", "title")
    known = {pk: Found(rev, bool(title)) for pk, rev, title in rows}
    docs = index.exact(kind, name, pks)
    return {pk: verdict for pk in pks if (verdict := _verdict(known.get(pk), docs.get(pk)))}


def _under_way(kind: str, pks: list[int]) -> set[int]:
    topics = [topic for topic, of in indexing.TOPICS.items() if of == kind]
    waiting = Waiting.objects.waiting().filter(topic__in=topics, key__in=[str(pk) for pk in pks])
    return {int(key) for key in waiting.order_by().values_list("key", flat=True)}


def unnoticed(kind: str) -> list[int]:
    """Objects whose shadow row says something else than the database does now. No lock, a batch at a time."""
    found: list[int] = []
    after = 0
    while pks := indexing.next_keys(kind, after):
        after = pks[-1]
        rows = shadow.MODELS[kind].objects.filter(pk__in=pks).values_list("pk", "digest", "title")
        known = {pk: digest or title for pk, digest, title in rows}
        docs = indexing.BUILDERS[kind](pks)
        found += [pk for pk in pks if shadow.digest(docs[pk]) != known.get(pk, "")]
    return found


def compare(kind: str) -> IndexRun:
    """Compare all of `kind`, repair what differs, compare those once more; the run says what was found.

    Changes that wait in the outbox are processed first: they are no drift. A silent server ends the run as failed.
    """
    run = IndexRun.objects.create(kind=kind, work=IndexRun.Work.COMPARISON)
    try:
        indexing.drain()
        found, index_name = _look(kind)
        run.index = index_name
        run.found = {name: len(pks) for name, pks in found.items()}
        if found:
            logger.warning("The search of %s differs from the database: %s", kind, run.found)
            run.found["repaired"] = _repair(kind, index_name, found)
    except SearchUnavailable as error:
        run.end(IndexRun.Outcome.FAILED, str(error))
        return run
    run.public = shadow.MODELS[kind].objects.exclude(title="").count()
    run.end(IndexRun.Outcome.DONE)
    return run


def _look(kind: str) -> tuple[Differences, str]:
    found: Differences = {}
    if pks := unnoticed(kind):
        found[UNNOTICED] = pks
    name = index.current(kind) if settings.ELASTICSEARCH_URL else ""
    if settings.ELASTICSEARCH_URL:
        if not name:
            raise SearchUnavailable(f"There is no index of {kind}: manage.py rebuild_index --only {kind}")
        index.refresh(kind)
        found |= differences(kind, name)
    return found, name


def _repair(kind: str, name: str, found: Differences) -> int:
    """Have all of it read anew, and return how many are right then."""
    pks = sorted({pk for some in found.values() for pk in some})
    topic = next(topic for topic, of in indexing.TOPICS.items() if of == kind)
    # A database that was restored from a copy counts from lower revisions than the index knows: it would refuse them.
    beyond = [pk for verdict in (AHEAD, GHOSTS) for pk in found.get(verdict, [])]
    for pk, doc in index.exact(kind, name, beyond).items() if beyond else ():
        indexing.raise_revision(kind, pk, doc.rev)
    outbox.record_all(topic, pks)
    indexing.drain()
    again, _ = _look(kind)
    left = {pk for some in again.values() for pk in some}
    return len(set(pks) - left)
