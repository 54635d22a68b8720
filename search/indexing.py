"""From a change in the database to both engines.

What changes something public writes a row of the outbox in the same transaction (`search.signals`). `drain` reads
the rows after the commit, re-reads the objects, and writes the shadow rows and the indices. It may run twice, late,
or beside itself: the revision counts the readings of an object, so the latest reading wins everywhere.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.models import Entry as Waiting
from pages.models import CompanyPage, JobAd
from recruiting.models import Candidate
from search import documents, index, shadow
from search.engines.base import SearchUnavailable

logger = logging.getLogger(__name__)
BATCH = 500
#: Topic of the outbox to kind of document.
TOPICS = {"search.ad": "ads", "search.company": "companies", "search.cv": "cvs"}
_BUILDERS = {"ads": documents.ads, "companies": documents.companies, "cvs": documents.cvs}


@dataclass(frozen=True)
class Report:
    """What a rebuild did: objects read, documents found public, and the index they are in ("" without a server)."""

    kind: str
    read: int
    public: int
    index: str = ""


def read(kind: str, pks: list[int]) -> list[index.Change]:
    """Read these objects and write their shadow rows, each at its next revision; return what the indices must learn.

    One short transaction that locks the shadow rows: a reading with a higher revision began after the lower one
    ended, so what it says is never older. No server is asked in it.
    """
    model, columns = shadow.MODELS[kind], shadow.columns(kind)
    with transaction.atomic():
        known = set(model.objects.filter(pk__in=pks).values_list("pk", flat=True))
        missing = [model(pk=pk, **shadow.row(kind, None)) for pk in pks if pk not in known]
        model.objects.bulk_create(missing, ignore_conflicts=True)
        locked = model.objects.select_for_update().filter(pk__in=pks).order_by("pk")
        revisions = {pk: rev + 1 for pk, rev in locked.values_list("pk", "rev")}
        docs = _BUILDERS[kind](pks)
        rows = [model(pk=pk, rev=revisions[pk], **shadow.row(kind, doc)) for pk, doc in docs.items()]
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["subject"],
            update_fields=["rev", *columns],
            batch_size=50,
        )
    return [index.Change(pk, revisions[pk], doc) for pk, doc in docs.items()]


def forget(kind: str, pk: int) -> None:
    """Empty the shadow row of a deleted object at once, in the caller's transaction: no word of a person stays."""
    shadow.MODELS[kind].objects.filter(pk=pk).update(rev=F("rev") + 1, **shadow.row(kind, None))


def _process(entries: list[Waiting]) -> bool:
    """Read and write what these outbox rows speak of, mark each done or failed; False when the server took nothing."""
    by_kind: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        by_kind[TOPICS[entry.topic]][int(entry.key)].append(entry.pk)
    answered = True
    for kind, rows in by_kind.items():
        changes = read(kind, list(rows))
        errors: dict[int, str] = {}
        try:
            if settings.ELASTICSEARCH_URL:
                errors = _write(kind, changes)
        except SearchUnavailable as error:
            answered, errors = False, dict.fromkeys(rows, str(error)[:500])
        _mark(rows, errors)
    return answered


def _write(kind: str, changes: list[index.Change]) -> dict[int, str]:
    # Asked for after the reading: an index that a rebuild creates later is filled by readings later than this one.
    targets = index.physical(kind)
    if not targets:
        from search import tasks

        logger.warning("There is no index of %s: a rebuild is ordered", kind)
        tasks.rebuild.enqueue(kind)
        return {}
    return index.write(targets, changes).errors


def _mark(rows: dict[int, list[int]], errors: dict[int, str]) -> None:
    done = [entry for pk, entries in rows.items() if pk not in errors for entry in entries]
    Waiting.objects.filter(pk__in=done).update(
        processed_at=timezone.now(), attempts=F("attempts") + 1, last_error=""
    )
    by_error: dict[str, list[int]] = defaultdict(list)
    for pk, error in errors.items():
        by_error[error] += rows[pk]
    for error, entries in by_error.items():
        Waiting.objects.filter(pk__in=entries).update(attempts=F("attempts") + 1, last_error=error)


def drain() -> int:
    """Process the waiting outbox rows of the search; return how many are still waiting.

    New ones first: while the server is down the shadow rows, and with them the database engine, stay up to date. Then
    those that failed before, until the server does not answer.
    """
    waiting = Waiting.objects.waiting().filter(topic__in=TOPICS)
    while entries := list(waiting.filter(attempts=0)[:BATCH]):
        _process(entries)
    last = 0
    while entries := list(waiting.filter(attempts__gt=0, pk__gt=last)[:BATCH]):
        last = entries[-1].pk
        if not _process(entries):
            break
    return int(waiting.count())


def public_pks(kind: str) -> list[int]:
    """Keys of what the public may find now."""
    if kind == "ads":
        return list(JobAd.objects.visible().order_by("pk").values_list("pk", flat=True))
    if kind == "companies":
        return list(CompanyPage.objects.live().order_by("pk").values_list("pk", flat=True))
    return list(Candidate.objects.in_library().order_by("pk").values_list("pk", flat=True))


def _batches(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]


def rebuild(kind: str) -> Report:
    """Read everything anew: the shadow rows and, when there is a server, a fresh index that readers then switch to.

    Searches and changes go on meanwhile: changes are written to both indices. A failure leaves the old index in
    place and removes the new one. Raises `SearchUnavailable`.
    """
    stale = shadow.MODELS[kind].objects.exclude(title="").order_by("pk").values_list("pk", flat=True)
    name = index.create(kind) if settings.ELASTICSEARCH_URL else ""
    # Listed after the index exists: what appears later is written to it by `drain`.
    pks = list(dict.fromkeys([*public_pks(kind), *stale]))
    public = 0
    try:
        for batch in _batches(pks):
            changes = read(kind, batch)
            public += sum(change.doc is not None for change in changes)
            if name and (errors := index.write([name], changes).errors):
                raise SearchUnavailable(
                    f"{len(errors)} documents refused, the first: {next(iter(errors.values()))}"
                )
        if name:
            index.refresh(kind)
            index.swap(kind, name)
    except Exception:
        if name:
            index.remove(name)
        raise
    return Report(kind, len(pks), public, name)
