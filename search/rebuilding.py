"""A new index without down time: filled while searches and changes go on, compared row by row, then swapped in.

While it is filled every change is written to both indices (`indexing.drain` asks `index.physical`). A kill loses a
batch at most: the run notes how far it is, and the next rebuild of the kind goes on with the same index. The old index
stays, and stays up to date, until readers use the new one and it was compared once more.
"""

from __future__ import annotations

import logging
import uuid
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from search import comparison, index, indexing
from search.collecting import collected_by_batch
from search.engines.base import SearchUnavailable
from search.indexing import Progress, Report
from search.models import IndexRun
from search.models.run import SILENCE

logger = logging.getLogger(__name__)


class RebuildGoesOn(Exception):
    """Another process rebuilds this kind at the moment."""


class RebuildRefused(Exception):
    """The new index does not say what the database says: readers stay with the old one."""


def rebuild(kind: str, progress: Progress | None = None) -> Report:
    """Read everything of `kind` anew: shadow rows and, when there is a server, a fresh index that readers then use.

    Raises `SearchUnavailable` (the server refuses or is silent; the next call goes on from there), `RebuildGoesOn`
    and `RebuildRefused`; in all of them readers keep what they have.
    """
    run = _take(kind)
    try:
        _fill(run, progress)
        corrected = _swap(run) if run.index else 0
    except RebuildGoesOn:
        raise
    except RebuildRefused as error:
        index.remove(run.index)
        run.end(IndexRun.Outcome.REFUSED, str(error))
        raise
    except (SearchUnavailable, KeyboardInterrupt, SystemExit) as error:
        # Its index and its cursor stay for the next call, which need not wait until this process is taken for dead.
        IndexRun.objects.filter(pk=run.pk, token=run.token).update(
            message=f"{type(error).__name__}: {error}"[:2000], beat_at=timezone.now() - 2 * SILENCE
        )
        raise
    except Exception as error:
        if run.index:
            index.remove(run.index)
        run.end(IndexRun.Outcome.FAILED, f"{type(error).__name__}: {error}")
        raise
    run.found = {"corrected": corrected} if corrected else {}
    run.end(IndexRun.Outcome.DONE)
    return Report(kind, run.read, run.public, run.index, corrected)


def _take(kind: str) -> IndexRun:
    """The run to work on: a killed one whose index still fits, or a new one. Raises `RebuildGoesOn`."""
    wanted = index.fingerprint(kind) if settings.ELASTICSEARCH_URL else ""
    left = IndexRun.objects.going_on().filter(kind=kind, work=IndexRun.Work.REBUILD).first()
    if left is not None:
        if not left.is_silent:
            raise RebuildGoesOn(
                f"A rebuild of {kind} has been going on since {left.started_at:%Y-%m-%d %H:%M}."
            )
        _take_over(left)
        if left.index and left.index in index.physical(kind) and left.fingerprint == wanted:
            logger.warning("The rebuild of %s goes on after object %d", kind, left.cursor)
            return left
        if left.index:
            index.remove(left.index)
        left.end(IndexRun.Outcome.ABANDONED)
    # Half-built indices that no run knows of: every change would be written to them for nothing.
    if settings.ELASTICSEARCH_URL:
        for name in set(index.physical(kind)) - {index.current(kind)}:
            index.remove(name)
    try:
        with transaction.atomic():
            run = IndexRun.objects.create(kind=kind, work=IndexRun.Work.REBUILD, fingerprint=wanted)
    except IntegrityError as error:
        raise RebuildGoesOn(f"A rebuild of {kind} has just begun.") from error
    if settings.ELASTICSEARCH_URL:
        try:
            run.index = index.create(kind)
        except SearchUnavailable as error:
            run.end(IndexRun.Outcome.FAILED, str(error))
            raise
        _beat(run, index=run.index)
    return run


def _take_over(run: IndexRun) -> None:
    token = uuid.uuid4()
    taken = IndexRun.objects.filter(pk=run.pk, token=run.token, beat_at=run.beat_at)
    if not taken.update(token=token, beat_at=timezone.now()):
        raise RebuildGoesOn(f"Another process has just gone on with the rebuild of {run.kind}.")
    run.token = token


def _beat(run: IndexRun, **values: object) -> None:
    """Note that the run lives, and how far it is. Raises `RebuildGoesOn` when another process took it over."""
    now = timezone.now()
    if not IndexRun.objects.filter(pk=run.pk, token=run.token).update(beat_at=now, **values):
        raise RebuildGoesOn(f"Another process went on with the rebuild of {run.kind}.")
    run.beat_at = now


def _fill(run: IndexRun, progress: Progress | None) -> None:
    """Read and write batch by batch; while the server writes one, the next is read."""
    about = run.read + indexing.public(run.kind).filter(pk__gt=run.cursor).count()
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rebuild")
    with collected_by_batch() as collect, executor as writer:
        under_way: Future[index.Written] | None = None
        after, pending = run.cursor, (0, 0, 0)
        while pks := indexing.next_keys(run.kind, after):
            changes = indexing.read(run.kind, pks, bump=False)
            if under_way is not None:
                _acknowledge(run, under_way, *pending)
            after, pending = pks[-1], (pks[-1], len(pks), sum(change.doc is not None for change in changes))
            under_way = writer.submit(_write, run.index, changes)
            collect()
            if progress:
                progress(run.read + len(pks), max(about, run.read + len(pks)))
        if under_way is not None:
            _acknowledge(run, under_way, *pending)


def _write(name: str, changes: list[index.Change]) -> index.Written:
    # What is not public needs no stub in an index that never held it.
    public = [change for change in changes if change.doc is not None]
    return index.write([name], public) if name else index.Written()


def _acknowledge(
    run: IndexRun, under_way: Future[index.Written], cursor: int, read: int, public: int
) -> None:
    """Wait for a batch to be written, and only then note that it is."""
    if errors := under_way.result().errors:
        first = next(iter(errors.values()))
        raise RebuildRefused(f"{len(errors)} documents were refused, the first: {first}")
    run.cursor, run.read, run.public = cursor, run.read + read, run.public + public
    _beat(run, cursor=run.cursor, read=run.read, public=run.public)


def _swap(run: IndexRun) -> int:
    """Compare every row, let readers use the new index, compare again, and only then remove the old ones.

    Returns how many documents had to be written once more. Raises `RebuildRefused`.
    """
    kind, name = run.kind, run.index
    index.complete(name)
    corrected = _corrected(run)
    before = index.current(kind)
    others = index.switch(kind, name)
    try:
        corrected += _corrected(run)
    except RebuildRefused:
        if before:
            index.switch(kind, before)
        raise
    for other in others:
        index.remove(other)
    return corrected


def _corrected(run: IndexRun) -> int:
    """Write again what the new index lacks, and compare until nothing differs; a few times at most."""
    total = 0
    for _ in range(5):
        _beat(run)
        differing = comparison.differences(run.kind, run.index)
        pks = sorted({pk for found in differing.values() for pk in found})
        if not pks:
            return total
        total += len(pks)
        for start in range(0, len(pks), indexing.BATCH):
            changes = indexing.read(run.kind, pks[start : start + indexing.BATCH], bump=False)
            index.write([run.index], changes)
        index.complete(run.index)
    said = ", ".join(f"{len(found)} {name}" for name, found in differing.items() if found)
    raise RebuildRefused(
        f"The new index of {run.kind} differs from the database after five corrections: {said}."
    )
