"""Tell how the search does: documents in both engines, what waits in the outbox, outages, the latest upkeep."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from outbox.models import Entry as Waiting
from search import health, index, indexing, shadow
from search.engines.base import SearchUnavailable


class Command(BaseCommand):
    help = (
        "Compare the database with the indices; exit status 1 when they differ, the server does not answer, changes "
        "wait for too long or the latest upkeep went wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sound = True
        for kind in index.KINDS:
            public = indexing.public(kind).count()
            rows = shadow.MODELS[kind].objects.exclude(title="").count()
            line = f"{kind}: {public} public, {rows} in the database's search"
            sound &= rows >= public
            if settings.ELASTICSEARCH_URL:
                try:
                    found, where = index.count(kind), ", ".join(index.physical(kind))
                    line += f", {found} in Elasticsearch ({where})"
                    sound &= found >= public
                except SearchUnavailable as error:
                    sound, line = False, f"{line}, Elasticsearch does not answer: {error}"
            self.stdout.write(line)
        waiting = Waiting.objects.waiting().filter(topic__in=indexing.TOPICS)
        self.stdout.write(
            f"waiting: {waiting.count()}, of which {waiting.exclude(last_error='').count()} with an error"
        )
        if not (self._upkeep() and sound):
            raise SystemExit(1)

    def _upkeep(self) -> bool:
        now = health.look()
        if now.outage_since:
            self.stdout.write(f"outage since {now.outage_since:%Y-%m-%d %H:%M}: {now.outage_error}")
        if now.late_since:
            self.stdout.write(f"changes wait since {now.late_since:%Y-%m-%d %H:%M}: {now.last_error}")
        for run in now.unended:
            self.stdout.write(f"{run.work} of {run.kind}: silent since {run.beat_at:%Y-%m-%d %H:%M}")
        for run in now.ended_badly:
            self.stdout.write(f"{run.work} of {run.kind}: {run.outcome}. {run.message}")
        for run in now.differing:
            self.stdout.write(f"comparison of {run.kind}: {run.found}")
        return now.is_sound
