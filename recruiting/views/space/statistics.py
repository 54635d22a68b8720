"""Figures of one ad, day by day (G24): a chart without script, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import employer_required
from pages.models import AdDay, JobAd
from reference.dates import paris_day

from .ad import frame, own_ad, own_row

#: The chart goes back no further: an ad runs two months.
DAYS = 62
CHART_HEIGHT = 160
BAR = 10


@dataclass
class Day:
    """One day of an ad."""

    day: date
    appearances: int = 0
    views: int = 0
    apply_clicks: int = 0
    applications: int = 0


@require_GET
@employer_required
def ad_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """Views, clicks and applications of an ad, by day and by where the visitors came from."""
    found = own_ad(request, pk)
    days = daily(found)
    context = frame(request) | {
        "ad": own_row(request, found),
        "days": list(reversed(days)),
        "chart": chart(days),
        "sources": _sources(found),
        "totals": found.days.aggregate(
            appearances=Sum("appearances", default=0),
            views=Sum("views", default=0),
            apply_clicks=Sum("apply_clicks", default=0),
        ),
    }
    return render(request, "recruiting/space/ad_statistics.html", context)


def daily(ad: JobAd) -> list[Day]:
    """Each day from the ad's first figure to today, the last 62 at most, quiet days included. Two queries."""
    today = paris_day()
    since = today - timedelta(days=DAYS - 1)
    counted = {
        values["day"]: Day(**values)
        for values in ad.days.filter(day__gte=since, day__lte=today)
        .order_by()
        .values("day")
        .annotate(appearances=Sum("appearances"), views=Sum("views"), apply_clicks=Sum("apply_clicks"))
    }
    received = (
        ad.applications.order_by()
        .annotate(day=TruncDate("sent_at", tzinfo=timezone.get_default_timezone()))
        .filter(day__gte=since)
        .values("day")
        .annotate(n=Count("pk"))
    )
    for values in received:
        counted.setdefault(values["day"], Day(values["day"])).applications = values["n"]
    if not counted:
        return []
    first = min(counted)
    span = (today - first).days + 1
    return [counted.get(first + timedelta(days=n), Day(first + timedelta(days=n))) for n in range(span)]


def chart(days: list[Day]) -> dict:
    """The bars of the views: places and sizes of an SVG, so that no style has to be written into the page."""
    highest = max((day.views for day in days), default=0)
    bars = []
    for index, day in enumerate(days):
        height = round(CHART_HEIGHT * day.views / highest) if highest else 0
        bars.append({"x": index * BAR, "y": CHART_HEIGHT - height, "height": height, "day": day})
    best = max(days, key=lambda day: day.views) if days else None
    return {
        "bars": bars,
        "width": max(len(days), 1) * BAR,
        "height": CHART_HEIGHT,
        "bar_width": BAR - 2,
        "highest": highest,
        "best": best,
    }


def _sources(ad: JobAd) -> list[tuple[str, int]]:
    """Views by where the visitors came from, the most first."""
    labels = dict(AdDay.Source.choices)
    rows = ad.days.order_by().values_list("source").annotate(n=Sum("views")).order_by("-n", "source")
    return [(labels[source], count) for source, count in rows if count]
