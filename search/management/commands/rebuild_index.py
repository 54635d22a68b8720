"""Build the search anew: shadow rows, and the indices when there is a server."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import index, indexing
from search.engines.base import SearchUnavailable
from search.rebuilding import RebuildGoesOn, RebuildRefused


class Command(BaseCommand):
    help = (
        "Rebuild the search without interrupting it: a new index is filled, compared with the database row by row, and "
        "only then read. One that was stopped goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", choices=index.KINDS, help="one kind of document; all by default")

    def handle(self, *args: Any, only: str | None = None, **options: Any) -> None:
        for kind in (only,) if only else index.KINDS:
            bar = Bar(kind, self.stdout, shown=options["verbosity"] > 0)
            try:
                report = indexing.rebuild(kind, bar)
            except SearchUnavailable as error:
                raise CommandError(
                    f"{kind}: Elasticsearch refused or does not answer. {error}\n"
                    "Readers keep what they had; the same command goes on from here."
                ) from error
            except (RebuildGoesOn, RebuildRefused) as error:
                raise CommandError(str(error)) from error
            finally:
                bar.close()
            where = f"index {report.index}" if report.index else "the database alone"
            if options["verbosity"]:
                said = f"{kind}: {report.public} documents of {report.read} read, in {where}"
                self.stdout.write(said + (f", {report.corrected} corrected" if report.corrected else ""))


class Bar:
    """A line that tells how far it is: redrawn on a terminal, at each tenth elsewhere."""

    WIDTH = 30

    def __init__(self, kind: str, out: Any, *, shown: bool) -> None:
        self.kind, self.out, self.shown = kind, out, shown
        self.started, self.told = time.monotonic(), 0
        self.redraws = bool(getattr(out, "isatty", bool)())

    def __call__(self, done: int, total: int) -> None:
        if not self.shown:
            return
        part = done / total if total else 1.0
        a_second = done / max(time.monotonic() - self.started, 0.001)
        if self.redraws:
            filled = "█" * round(part * self.WIDTH)
            line = f"\r{self.kind} {filled:<{self.WIDTH}} {done}/{total}, {a_second:.0f} a second "
            self.out.write(line, ending="")
            self.out.flush()
        elif int(part * 10) > self.told:
            self.told = int(part * 10)
            self.out.write(f"{self.kind}: {done}/{total}, {a_second:.0f} a second")

    def close(self) -> None:
        """Leave the line."""
        if self.redraws and self.shown:
            self.out.write("")
