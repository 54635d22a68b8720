"""Small reference data, read anew each minute by each process: a shared cache would cost a query for each look."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
SECONDS = 60.0
_all: list[Remembered] = []
_forgotten = 0


class Remembered(Generic[Value]):
    """What `read` gives, kept for a minute. Two threads may read at once; the later one counts."""

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._until = 0.0
        self._value: Value | None = None
        #: How often it was read: what was made of an older reading is known by it.
        self.readings = 0
        _all.append(self)

    def __call__(self) -> Value:
        value = self._value
        if value is None or time.monotonic() >= self._until:
            value = self._read()
            self._value, self._until = value, time.monotonic() + SECONDS
            self.readings += 1
        return value


def forget() -> None:
    """Let everything be read again, as a test does that changes the lists."""
    global _forgotten
    for kept in _all:
        kept._until = 0.0
    _forgotten += 1


def era() -> tuple[int, int]:
    """Another value after a minute and after `forget`: an argument more for a function that keeps its answers."""
    return _forgotten, int(time.monotonic() // SECONDS)
