"""The magazine’s next two issues, with dates told from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

# The number of the issue of January 2027; one issue a month.
NUMBER_IN_JANUARY_2027 = 87


@dataclass(frozen=True)
class Issue:
    """An issue of the magazine; it takes inserts until noon of `closes_on`."""

    number: int
    title: str
    closes_on: date
    published_on: date


def issue_of(month: date) -> Issue:
    """The issue of a month: out on its first working day but the 1st, closed to inserts fourteen days before."""
    first = month.replace(day=2)
    while first.weekday() >= 5:
        first += timedelta(days=1)
    number = NUMBER_IN_JANUARY_2027 + (month.year - 2027) * 12 + month.month - 1
    name = MONTHS[month.month - 1]
    of = "d’" if name[0] in "ao" else "de "
    return Issue(number, f"Magazine {of}{name} {month.year}", first - timedelta(days=14), first)


def coming_issues(today: date, count: int = 2) -> list[Issue]:
    """The next issues that still take inserts on `today`."""
    month = today.replace(day=1) + relativedelta(months=1)
    if issue_of(month).closes_on <= today:
        month += relativedelta(months=1)
    return [issue_of(month + relativedelta(months=n)) for n in range(count)]
