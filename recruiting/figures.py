"""Figures of ads over a period: by day, by source, in all; and what is usual for such ads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from django.core.cache import cache
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Employer
from pages.models import AdDay, JobAd
from reference.dates import paris_day

from .models import Application

#: What the address can ask for, and how many days it is; None for all.
PERIODS: dict[str, tuple[str, int | None]] = {
    "7": ("7 derniers jours", 7),
    "30": ("30 derniers jours", 30),
    "tout": ("Depuis le début", None),
}
#: Fewer ads than this, or of fewer employers, say nothing of what is usual, and could tell of one competitor.
ENOUGH_ADS = 5
ENOUGH_EMPLOYERS = 3
#: The usual is worked out from the latest ads alone, and kept for some hours.
SAMPLE = 200
KEPT = 6 * 60 * 60
SUMS = {name: Sum(name, default=0) for name in ("appearances", "views", "apply_clicks")}


@dataclass(frozen=True)
class Period:
    """Which days are asked for: up to today, both included."""

    key: str
    since: date | None
    today: date

    @classmethod
    def read(cls, asked: str) -> Period:
        key = asked if asked in PERIODS else "tout"
        days, today = PERIODS[key][1], paris_day()
        return cls(key, today - timedelta(days=days - 1) if days else None, today)

    def of_days(self) -> Q:
        return Q(day__lte=self.today) & (Q(day__gte=self.since) if self.since else Q())


@dataclass
class Figures:
    """Counts of one day, one source, one ad or all of it."""

    appearances: int = 0
    views: int = 0
    apply_clicks: int = 0
    applications: int = 0
    answered: int = 0


@dataclass
class Day(Figures):
    day: date = field(default_factory=paris_day)


@dataclass
class Source(Figures):
    label: str = ""


def totals(days: Iterable[Figures]) -> Figures:
    """The sum of some figures."""
    found = Figures()
    for day in days:
        for name in vars(found):
            setattr(found, name, getattr(found, name) + getattr(day, name))
    return found


def daily(ads: Q, period: Period) -> list[Day]:
    """Each day of the period from the first figure to today, quiet days included. `ads` names ads. Two queries.

    Applications stand on the day they came in, answered ones too.
    """
    rows = _counted(ads, period).order_by().values("day").annotate(**SUMS)
    days = {row["day"]: Day(**row) for row in rows}
    for row in _received(ads, period).values("day").annotate(n=Count("pk"), answered=_answered()):
        day = days.setdefault(row["day"], Day(day=row["day"]))
        day.applications, day.answered = row["n"], row["answered"]
    if not days:
        return []
    first = period.since or min(days)
    span = (period.today - first).days + 1
    return [days.get(day) or Day(day=day) for day in (first + timedelta(days=n) for n in range(span))]


def by_source(ads: Q, period: Period) -> list[Source]:
    """The figures by where the readers came from, most views first. One query."""
    labels = dict(AdDay.Source.choices)
    rows = _counted(ads, period).order_by().values("source").annotate(**SUMS)
    found = [
        Source(label=labels.get(row["source"], "Autre"), **{name: row[name] for name in SUMS}) for row in rows
    ]
    return sorted(found, key=lambda row: (-row.views, -row.appearances, row.label))


def by_day_and_source(ads: Q, period: Period) -> QuerySet:
    """Rows of day, source and counts, for a file. One query."""
    return _counted(ads, period).values("day", "source").annotate(**SUMS).order_by("day", "source")


def by_ad(pks: list[int], period: Period) -> dict[int, Figures]:
    """The figures of these ads in the period. Two queries."""
    found = {pk: Figures() for pk in pks}
    for row in _counted(Q(pk__in=pks), period).order_by().values("ad").annotate(**SUMS):
        pk = row.pop("ad")
        found[pk] = Figures(**row)
    received = _received(Q(pk__in=pks), period).values("ad").annotate(n=Count("pk"), answered=_answered())
    for row in received:
        found[row["ad"]].applications, found[row["ad"]].answered = row["n"], row["answered"]
    return found


def _counted(ads: Q, period: Period) -> QuerySet:
    return AdDay.objects.filter(period.of_days(), ad__in=JobAd.objects.filter(ads).order_by().values("pk"))


def _received(ads: Q, period: Period) -> QuerySet:
    own = JobAd.objects.filter(ads).order_by().values("pk")
    received = Application.objects.filter(ad__in=own).order_by()
    return received.annotate(day=TruncDate("sent_at", tzinfo=timezone.get_default_timezone())).filter(
        period.of_days()
    )


def _answered() -> Count:
    return Count("pk", filter=Q(answered_at__isnull=False))


# --- What is usual -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Usual:
    """The median of the views a day of comparable ads, and of how many."""

    views_a_day: float
    ads: int


def views_a_day(days: list[Day]) -> float:
    """An ad's own mean from its first figure to its last."""
    counted = [index for index, day in enumerate(days) if day.views or day.appearances]
    if not counted:
        return 0
    return sum(day.views for day in days) / (counted[-1] - counted[0] + 1)


def usual_of_employer(employer: Employer, ad: JobAd) -> Usual | None:
    """Among the employer's other ads; None while they are fewer than five. One query when it is not kept."""
    return _usual(f"usual:employer:{employer.pk}:{ad.pk}", Q(employer=employer) & ~Q(pk=ad.pk), 1)


def usual_of_site(ad: JobAd) -> Usual | None:
    """Among the site's ads of the same profession of other employers; None while five ads of three employers are
    not there: nobody's figures show through. One query when it is not kept."""
    if ad.profession_id is None:
        return None
    others = Q(profession=ad.profession_id) & ~Q(employer=ad.employer_id)
    key = f"usual:profession:{ad.profession_id}:{ad.employer_id}"
    return _usual(key, others, ENOUGH_EMPLOYERS)


def _usual(key: str, ads: Q, employers: int) -> Usual | None:
    kept = cache.get(key)
    if kept is None:
        kept = _work_out(ads, employers)
        # An absent value is kept too.
        cache.set(key, kept or 0, KEPT)
    return kept or None


def _work_out(ads: Q, employers: int) -> Usual | None:
    latest = JobAd.objects.filter(ads, first_published_at__isnull=False).order_by(
        "-first_published_at", "-pk"
    )
    rows = list(
        AdDay.objects.filter(ad__in=list(latest.values_list("pk", flat=True)[:SAMPLE]))
        .order_by()
        .values("ad", "ad__employer")
        .annotate(n=Sum("views"), first=Min("day"), last=Max("day"))
    )
    if len(rows) < ENOUGH_ADS or len({row["ad__employer"] for row in rows}) < employers:
        return None
    return Usual(median(row["n"] / ((row["last"] - row["first"]).days + 1) for row in rows), len(rows))
