"""A calendar month, by its key "2026-11"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from reference.dates import midnight_after, months_later, paris_day

_KEY = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """The month of a year."""

    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day is in."""
        return cls(day.replace(day=1))

    @classmethod
    def current(cls) -> Month:
        """This month, in Paris."""
        return cls.of(paris_day())

    @classmethod
    def parse(cls, key: str | None) -> Month:
        """The month of a key; this one for anything else."""
        found = _KEY.fullmatch(key or "")
        return cls(date(int(found[1]), int(found[2]), 1)) if found else cls.current()

    def plus(self, months: int) -> Month:
        """So many months later."""
        return Month(months_later(self.first, months))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.plus(1).first - timedelta(days=1)

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """As people say it: "novembre 2026"."""
        return date_format(self.first, "F Y")

    @property
    def moments(self) -> dict[str, object]:
        """Its first instant and the first after it, for fields that hold moments: `gte` and `lt`."""
        return {"gte": midnight_after(self.first - timedelta(days=1)), "lt": midnight_after(self.last)}

    def __str__(self) -> str:
        return self.label


def last_months(until: Month, count: int) -> list[Month]:
    """The months that end with this one, the earliest first."""
    return list(_months(until.plus(1 - count), count))


def _months(first: Month, count: int) -> Iterator[Month]:
    for number in range(count):
        yield first.plus(number)
