"""Takes locks out, to show that the test of a race can fail: what it looks for happens as soon as they are gone."""

import threading
from contextlib import contextmanager, suppress
from unittest import mock

from django.db.models import QuerySet


@contextmanager
def without_locks_on(*models: type):
    """Rows of these models are read without a lock."""
    locked = QuerySet.select_for_update

    def select(self, *args, **kwargs):
        return self.all() if self.model in models else locked(self, *args, **kwargs)

    with mock.patch.object(QuerySet, "select_for_update", select):
        yield


@contextmanager
def meeting(place: object, name: str, people: int = 2, *, after: bool = False):
    """So many threads wait for each other, once each, before they call (or after they called) this function.

    All of them have read by then, and none has written what the others would have to see. Where a lock keeps the others
    from coming, whoever came goes on alone after a while.
    """
    together, met, whole = threading.Barrier(people), threading.local(), getattr(place, name)

    def meet() -> None:
        if not getattr(met, "once", False):
            met.once = True
            with suppress(threading.BrokenBarrierError):
                together.wait(timeout=5)

    def wrapped(*args, **kwargs):
        if not after:
            meet()
        result = whole(*args, **kwargs)
        if after:
            meet()
        return result

    with mock.patch.object(place, name, wrapped):
        yield
