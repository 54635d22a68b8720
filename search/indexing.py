"""From a change in the database to both engines.

What changes something public writes a row of the outbox in the same transaction (`search.signals`). `drain` reads
the rows after the commit, re-reads the objects, and writes the shadow rows and the indices. It may run twice, late,
or beside itself: the revision counts the readings of an object, so the latest reading wins everywhere.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
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
BUILDERS = {"ads": documents.ads, "companies": documents.companies, "cvs": documents.cvs}


#: Is told how many objects were read, and about how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What a rebuild did: objects read, documents found public, and the index they are in ("" without a server).

    `corrected`: documents that the comparison before the swap found to differ and wrote again.
    """

    kind: str
    read: int
    public: int
    index: str = ""
    corrected: int = 0


def read(kind: str, pks: list[int], *, bump: bool = True) -> list[index.Change]:
    """Read these objects and write their shadow rows; return what the indices must learn, each at its revision.

    One short transaction that locks the shadow rows: a reading with a higher revision began after the lower one
    ended, so what it says is never older. No server is asked in it. Without `bump` the revision grows only for what
    says something else than the row did, and what says the same is not written again: a rebuild reads so.
    """
    model, columns = shadow.MODELS[kind], shadow.columns(kind)
    with transaction.atomic():
        known = set(model.objects.filter(pk__in=pks).values_list("pk", flat=True))
        missing = [model(pk=pk, **shadow.row(kind, None)) for pk in pks if pk not in known]
        model.objects.bulk_create(missing, ignore_conflicts=True)
        locked = model.objects.select_for_update().filter(pk__in=pks).order_by("pk")
        before = {pk: rest for pk, *rest in locked.values_list("pk", "rev", "digest", "title")}
        changes, rows = [], []
        for pk, doc in BUILDERS[kind](pks).items():
            rev, known_digest, title = before[pk]
            digest = shadow.digest(doc)
            # A row that was written before there were digests has none, and words nevertheless.
            says_else = digest != known_digest or (doc is None and bool(title))
            if bump or says_else or not rev:
                rev += 1
            if says_else:
                rows.append(model(pk=pk, rev=rev, digest=digest, **shadow.row(kind, doc)))
            changes.append(index.Change(pk, rev, doc))
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["subject"],
            update_fields=["rev", "digest", *columns],
            batch_size=50,
        )
        written = {row.pk for row in rows}
        same = [
            change.pk for change in changes if change.pk not in written and change.rev != before[change.pk][0]
        ]
        model.objects.filter(pk__in=same).update(rev=F("rev") + 1)
    return changes


def forget(kind: str, pk: int) -> None:
    """Empty the shadow row of a deleted object at once, in the caller's transaction: no word of a person stays."""
    shadow.MODELS[kind].objects.filter(pk=pk).update(rev=F("rev") + 1, digest="", **shadow.row(kind, None))


def raise_revision(kind: str, pk: int, least: int) -> None:
    """Let the next reading of an object have a higher revision than `least`: an index knows that one already."""
    model = shadow.MODELS[kind]
    model.objects.bulk_create([model(pk=pk, **shadow.row(kind, None))], ignore_conflicts=True)
    model.objects.filter(pk=pk, rev__lt=least).update(rev=least)


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

        tasks.order_rebuild(kind)
        raise SearchUnavailable(f"There is no index of {kind} yet: a rebuild is ordered.")
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


def public(kind: str) -> QuerySet[Any]:
    """What the public may find now."""
    if kind == "ads":
        return JobAd.objects.visible()
    if kind == "companies":
        return CompanyPage.objects.live()
    return Candidate.objects.in_library()


def next_keys(kind: str, after: int) -> list[int]:
    """Keys of the next objects that are public, or were when their shadow row was written."""
    shown_now = public(kind).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    shown = shadow.MODELS[kind].objects.filter(pk__gt=after).exclude(digest="", title="").order_by("pk")
    known = shown.values_list("pk", flat=True)
    both = merge(shown_now[:BATCH], known[:BATCH])
    return [pk for pk, _ in islice(groupby(both), BATCH)]


def rebuild(kind: str, progress: Progress | None = None) -> Report:
    """Read everything anew: `search.rebuilding.rebuild`."""
    from search import rebuilding

    return rebuilding.rebuild(kind, progress)
