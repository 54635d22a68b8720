"""Views of the ads, day by day, over the past weeks: many in the first days, fewer at week-ends, some every day."""

from __future__ import annotations

import math
from datetime import timedelta

from pages.ads import State
from pages.models import AdDay

from .scene import PlannedAd, Scene

#: Where the readers came from, in shares of a day's views.
SOURCES = (
    (AdDay.Source.SEARCH, 0.55),
    (AdDay.Source.MAIL, 0.16),
    (AdDay.Source.ENGINE, 0.14),
    (AdDay.Source.COMPANY, 0.09),
    (AdDay.Source.DIRECT, 0.06),
)
RUN = 61


def make_statistics(scene: Scene) -> None:
    """Count rows for every ad that has been live, in one insert."""
    rows = [
        row for planned in scene.ads if planned.opened_days_ago is not None for row in _days(scene, planned)
    ]
    AdDay.objects.bulk_create(rows, batch_size=800)


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
