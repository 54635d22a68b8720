"""Tell how the search does: documents in both engines, and what waits in the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from outbox.models import Entry as Waiting
from search import index, indexing, shadow
from search.engines.base import SearchUnavailable


class Command(BaseCommand):
    help = (
        "Compare the database with the indices; exit status 1 when they differ or the server does not answer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sound = True
        for kind in index.KINDS:
            public = len(indexing.public_pks(kind))
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
        if not sound:
            raise SystemExit(1)
