"""Figures of one ad and of all of them (G24): totals, a chart without script, tables, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from accounts.access import employer_required
from accounts.ratelimits import limited
from pages.models import AdDay, JobAd, Placement
from recruiting import figures
from reference.csv_files import csv_response

from .ad import frame, own_ad, own_row

PAGE_SIZE = 20
FILES = "120/h/user"
CHART_HEIGHT = 160
BAR = 10
#: More days than this are shown by week.
MOST_BARS = 62
COUNTS = ("appearances", "views", "apply_clicks", "applications", "answered")
HEADINGS = ("Apparitions", "Vues", "Clics sur Postuler", "Candidatures", "Candidatures répondues")


@require_GET
@employer_required
def ad_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """Appearances, views, clicks, applications and answers of an ad, by day and by where the readers came from."""
    found = own_ad(request, pk)
    period = figures.Period.read(request.GET.get("periode", ""))
    context = frame(request) | _shown(Q(pk=found.pk), period) | {"ad": own_row(request, found)}
    if context["days"]:
        context |= {
            "own_pace": figures.views_a_day(context["days"]),
            "usual_here": figures.usual_of_employer(request.employer, found),
            "usual_elsewhere": figures.usual_of_site(found),
        }
    return render(request, "recruiting/space/ad_statistics.html", context)


@require_GET
@employer_required
@limited("statistics_file", FILES, reading=True)
def ad_statistics_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The ad's counts by day and source, for a spreadsheet."""
    found = own_ad(request, pk)
    period = figures.Period.read(request.GET.get("periode", ""))
    name = f"statistiques-{found.pk}-{slugify(found.title)[:60]}"
    return csv_response(name, ("Jour", "Provenance", *HEADINGS), _lines_by_day(Q(pk=found.pk), period))


@require_GET
@employer_required
def statistics(request: HttpRequest) -> HttpResponse:
    """All ads of the employer together, then one by one, the most seen first. A constant number of queries."""
    period = figures.Period.read(request.GET.get("periode", ""))
    page = Paginator(_published(request, period), PAGE_SIZE).get_page(request.GET.get("page"))
    counted = figures.by_ad([ad.pk for ad in page.object_list], period)
    context = frame(request) | _shown(Q(employer=request.employer), period)
    context |= {"page": page, "rows": [{"ad": ad, "figures": counted[ad.pk]} for ad in page.object_list]}
    return render(request, "recruiting/space/statistics.html", context)


@require_GET
@employer_required
@limited("statistics_file", FILES, reading=True)
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The figures of every ad of the employer, a line an ad."""
    period = figures.Period.read(request.GET.get("periode", ""))
    ads = list(_published(request, period))
    counted = figures.by_ad([ad.pk for ad in ads], period)
    lines = ((ad.pk, ad.title, ad.place, *(getattr(counted[ad.pk], n) for n in COUNTS)) for ad in ads)
    return csv_response("statistiques-annonces", ("Numéro", "Annonce", "Lieu", *HEADINGS), lines)


def _published(request: HttpRequest, period: figures.Period):
    views = (
        AdDay.objects.filter(period.of_days(), ad=OuterRef("pk"))
        .order_by()
        .values("ad")
        .annotate(n=Sum("views"))
    )
    return (
        JobAd.objects.filter(Exists(Placement.objects.filter(ad=OuterRef("pk"))), employer=request.employer)
        .select_related("commune")
        .annotate(seen=Coalesce(Subquery(views.values("n"), output_field=IntegerField()), 0))
        .order_by("-seen", "-pk")
    )


def _shown(ads: Q, period: figures.Period) -> dict[str, Any]:
    days = figures.daily(ads, period)
    sources = figures.by_source(ads, period)
    return {
        "period": period,
        "periods": [
            {"label": label, "url": f"?periode={key}", "on": key == period.key}
            for key, (label, _) in figures.PERIODS.items()
        ],
        # The file has every day, the page the latest.
        "days": list(reversed(days)),
        "table_days": list(reversed(days))[:MOST_BARS],
        "totals": figures.totals(days),
        "sources": sources,
        "most_views": max((source.views for source in sources), default=0),
        "chart": chart(days),
    }


def chart(days: list[figures.Day]) -> dict[str, Any]:
    """The bars of the views: places and sizes of an SVG, so that no style has to be written into the page."""
    step = 7 if len(days) > MOST_BARS else 1
    spans = [days[start : start + step] for start in range(0, len(days), step)]
    sums = [figures.totals(span).views for span in spans]
    highest = max(sums, default=0)
    bars = []
    for index, (span, views) in enumerate(zip(spans, sums, strict=True)):
        height = round(CHART_HEIGHT * views / highest) if highest else 0
        bar = {"x": index * BAR, "y": CHART_HEIGHT - height, "height": height}
        bars.append(bar | {"first": span[0].day, "last": span[-1].day, "views": views})
    return {
        "bars": bars,
        "width": max(len(bars), 1) * BAR,
        "height": CHART_HEIGHT,
        "bar_width": BAR - 2,
        "highest": highest,
        "weekly": step > 1,
        "best": bars[sums.index(highest)] if bars else None,
    }


def _lines_by_day(ads: Q, period: figures.Period) -> Iterable[tuple]:
    labels = dict(AdDay.Source.choices)
    for row in figures.by_day_and_source(ads, period):
        counts = (row["appearances"], row["views"], row["apply_clicks"], "", "")
        yield (row["day"].isoformat(), labels.get(row["source"], "Autre"), *counts)
    for day in figures.daily(ads, period):
        if day.applications:
            # No reader is followed, so an application has no source.
            yield (day.day.isoformat(), "Toutes provenances", "", "", "", day.applications, day.answered)
