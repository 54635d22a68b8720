"""Views of the ads, day by day, over the past weeks: many in the first days, fewer at week-ends, some every day."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta

from pages.ads import State
from pages.models import AdDay, JobAd
from recruiting.models import Application
from reference.dates import paris_day

from .scene import PlannedAd, Scene

#: Where the readers came from, in shares of a day's views.
SOURCES = (
    (AdDay.Source.SEARCH, 0.48),
    (AdDay.Source.MAIL, 0.14),
    (AdDay.Source.ENGINE, 0.13),
    (AdDay.Source.COMPANY, 0.08),
    (AdDay.Source.SITE, 0.05),
    (AdDay.Source.DIRECT, 0.05),
    (AdDay.Source.SOCIAL, 0.04),
    (AdDay.Source.OTHER, 0.03),
)
RUN = 61


def make_statistics(scene: Scene) -> None:
    """Count rows for every ad that has been live, in one insert."""
    rows = [
        row for planned in scene.ads if planned.opened_days_ago is not None for row in _days(scene, planned)
    ]
    AdDay.objects.bulk_create(rows, batch_size=800)
    _click_before_applying()


def _click_before_applying() -> None:
    """Nobody applies without opening the form: the clicks of a day are no fewer than its applications."""
    sent = Counter(
        (application.ad_id, paris_day(application.sent_at))
        for application in Application.objects.filter(ad__apply_mode=JobAd.Apply.SITE)
    )
    for (ad, day), count in sent.items():
        row, _ = AdDay.objects.get_or_create(ad_id=ad, day=day, source=AdDay.Source.SEARCH)
        row.views += count
        row.appearances += 9 * count
        row.apply_clicks += count
        row.save()


def _days(scene: Scene, planned: PlannedAd) -> list[AdDay]:
    opened = planned.opened_days_ago or 0
    last = max(0, opened - RUN) if planned.state == State.ENDED else 0
    interest = scene.rng.uniform(8, 34)
    rows = []
    for ago in range(opened, last - 1, -1):
        day = scene.today - timedelta(days=ago)
        weekend = 0.35 if day.weekday() >= 5 else 1.0
        total = interest * weekend * (0.3 + math.exp(-(opened - ago) / 9)) * scene.rng.uniform(0.7, 1.3)
        for source, share in SOURCES:
            views = round(total * share * scene.rng.uniform(0.5, 1.5))
            if views:
                rows.append(_row(scene, planned, day, source, views))
    return rows


def _row(scene: Scene, planned: PlannedAd, day, source: str, views: int) -> AdDay:
    shown = source in (AdDay.Source.SEARCH, AdDay.Source.COMPANY)
    return AdDay(
        ad=planned.row,
        day=day,
        source=source,
        views=views,
        appearances=views * scene.rng.randint(6, 14) if shown else 0,
        apply_clicks=sum(scene.rng.random() < 0.045 for _ in range(views)),
    )
