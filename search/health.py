"""How the search does, for the office's first screen, `search_status` and whoever watches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from outbox.models import Entry as Waiting
from search import indexing
from search.engines import outage
from search.models import IndexRun

#: A change that waits for longer than this is worth a word to the office.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Health:
    """What is not as it should be; everything empty while all is well.

    `late_since`: since when the oldest change waits that waits for too long; `waiting` counts all that wait.
    """

    outage_since: datetime | None = None
    outage_error: str = ""
    waiting: int = 0
    late_since: datetime | None = None
    last_error: str = ""
    unended: list[IndexRun] = field(default_factory=list)
    ended_badly: list[IndexRun] = field(default_factory=list)
    differing: list[IndexRun] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nobody has anything to do about the search."""
        return not (
            self.outage_since or self.late_since or self.unended or self.ended_badly or self.differing
        )


def look() -> Health:
    """Four short queries on the database and one reading of the cache; no server is asked."""
    waiting = Waiting.objects.waiting().filter(topic__in=indexing.TOPICS)
    oldest = waiting.filter(created_at__lt=timezone.now() - LATE).first()
    silent = outage() if settings.ELASTICSEARCH_URL else None
    rebuilds = IndexRun.objects.latest_of_each_kind(IndexRun.Work.REBUILD)
    comparisons = IndexRun.objects.latest_of_each_kind(IndexRun.Work.COMPARISON)
    return Health(
        outage_since=silent.since if silent else None,
        outage_error=silent.error if silent else "",
        waiting=waiting.count() if oldest or silent else 0,
        late_since=oldest and oldest.created_at,
        last_error=oldest.last_error if oldest else "",
        unended=[run for run in IndexRun.objects.going_on() if run.is_silent],
        ended_badly=[run for run in [*rebuilds, *comparisons] if run.outcome in IndexRun.BAD],
        differing=[run for run in comparisons if run.differences > run.found.get("repaired", 0)],
    )
