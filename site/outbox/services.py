"""Write what must happen after the commit. Readers are the tasks of the app that owns the topic."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.dispatch import Signal

from .models import Entry

#: Sent after the commit with `topic`: the owner of the topic enqueues its task. A lost signal costs only delay:
#: the schedule looks for waiting entries every minute.
recorded = Signal()


def record(topic: str, key: object, payload: dict | None = None) -> Entry:
    """Write an entry in the caller's transaction and, once it is committed, tell the owner of the topic.

    Locks nothing. A rolled-back transaction leaves neither entry nor signal.
    """
    entry = Entry.objects.create(topic=topic, key=str(key), payload=payload or {})
    transaction.on_commit(lambda: recorded.send(sender=Entry, topic=topic), robust=True)
    return entry


def record_all(topic: str, keys: Iterable[object]) -> int:
    """Write an entry for each of many, in the caller's transaction and by a few statements; return how many.

    The owner of the topic is told once, after the commit.
    """
    made = Entry.objects.bulk_create([Entry(topic=topic, key=str(key)) for key in keys], batch_size=1000)
    if made:
        transaction.on_commit(lambda: recorded.send(sender=Entry, topic=topic), robust=True)
    return len(made)


def forget(before: datetime) -> int:
    """Delete the entries that were processed before this moment; return how many. What waits stays, however old."""
    deleted, _ = Entry.objects.filter(processed_at__lt=before).delete()
    return deleted
