"""Build the search anew: shadow rows, and the indices when there is a server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import index, indexing
from search.engines.base import SearchUnavailable


class Command(BaseCommand):
    help = "Rebuild the search without interrupting it: a new index is filled, then readers switch to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=index.KINDS, help="one kind of document; all by default")

    def handle(self, *args: Any, only: str | None = None, **options: Any) -> None:
        for kind in (only,) if only else index.KINDS:
            try:
                report = indexing.rebuild(kind)
            except SearchUnavailable as error:
                raise CommandError(f"{kind}: Elasticsearch refused or does not answer. {error}") from error
            where = f"index {report.index}" if report.index else "the database alone"
            if options["verbosity"]:
                self.stdout.write(f"{kind}: {report.public} documents of {report.read} read, in {where}")
