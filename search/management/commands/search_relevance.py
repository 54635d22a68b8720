"""What the search is worth: judged queries over a corpus of ads, engine by engine, beside the previous run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.crypto import get_random_string

from search import index, indexing
from search.engines.base import AdQuery, Engine, SearchUnavailable
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.relevance import world
from search.relevance.cases import Case, Score, Verdict, judge

LISTED = 60
HEAD = f"{'engine':<14} {'queries':<10} {'number':>6} {'top 10':>7} {'first':>7} {'NDCG@10':>8} {'false hits':>11}"


class Command(BaseCommand):
    help = (
        "Judge the search: found in the top 10, first, NDCG@10 and false hits, engine by engine, and what changed "
        "since the previous run. The corpus is made in a transaction that is rolled back, and in an index of its own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine", choices=("database", "elasticsearch"), help="one engine; all by default"
        )
        parser.add_argument(
            "--misses", action="store_true", help="list what is missing, but for the held-out third"
        )
        parser.add_argument("--kept-in", default=str(Path(settings.ROOT) / "var" / "relevance.json"))

    def handle(self, *args: Any, engine: str | None = None, **options: Any) -> None:
        path = Path(options["kept_in"])
        before: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        names = (
            [engine] if engine else ["database", *(["elasticsearch"] if settings.ELASTICSEARCH_URL else [])]
        )
        after = dict(before)
        with self._world() as keys:
            self.stdout.write(HEAD)
            for name in names:
                verdicts = self._verdicts(name, keys)
                after[name] = {verdict.case.query: self._kept(verdict) for verdict in verdicts}
                self._table(name, verdicts)
                self._changes(verdicts, before.get(name, {}))
                if options["misses"]:
                    self._misses(verdicts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(after, ensure_ascii=False, indent=1, sort_keys=True))

    @contextmanager
    def _world(self) -> Iterator[dict[int, str]]:
        with transaction.atomic():
            try:
                yield world.populate()
            except world.NoReference as error:
                raise CommandError("Load the reference lists first: manage.py load_reference") from error
            finally:
                transaction.set_rollback(True)

    def _verdicts(self, name: str, keys: dict[int, str]) -> list[Verdict]:
        changes = indexing.read("ads", list(keys))
        if name == "database":
            return judge(_asking(DatabaseEngine(), keys))
        prefix = settings.ELASTICSEARCH_PREFIX
        settings.ELASTICSEARCH_PREFIX = f"relevance-{get_random_string(8, 'abcdefghijklmnopqrstuvwxyz')}"
        try:
            made = index.create("ads")
            index.write([made], changes, refresh=True)
            index.switch("ads", made)
            return judge(_asking(ElasticsearchEngine(), keys))
        except SearchUnavailable as error:
            raise CommandError(f"Elasticsearch refused or does not answer. {error}") from error
        finally:
            index.drop("ads")
            settings.ELASTICSEARCH_PREFIX = prefix

    def _table(self, name: str, verdicts: list[Verdict]) -> None:
        parts: dict[str, Callable[[Case], bool]] = {
            "all": lambda case: True,
            "tuned on": lambda case: not case.is_held_out,
            "held out": lambda case: case.is_held_out,
        }
        for part, wanted in parts.items():
            score = Score.of([verdict for verdict in verdicts if wanted(verdict.case)])
            self.stdout.write(
                f"{name:<14} {part:<10} {score.count:>6} {score.recall:>7.1%} {score.first:>7.1%}"
                f" {score.ndcg:>8.3f} {score.false_hits:>11}"
            )

    @staticmethod
    def _kept(verdict: Verdict) -> dict[str, Any]:
        return {
            "top": round(verdict.recall, 3),
            "ndcg": round(verdict.ndcg, 3),
            "false": len(verdict.false_hits),
        }

    def _changes(self, verdicts: list[Verdict], before: dict[str, Any]) -> None:
        if not before:
            self.stdout.write("  no previous run to compare with")
            return
        lines = []
        for verdict in verdicts:
            then, now = before.get(verdict.case.query), self._kept(verdict)
            if then is None:
                lines.append(f"  new    {verdict.case.query}: {now}")
            elif then != now:
                better = (now["top"], -now["false"], now["ndcg"]) > (
                    then["top"],
                    -then["false"],
                    then["ndcg"],
                )
                lines.append(f"  {'better' if better else 'worse '} {verdict.case.query}: {then} -> {now}")
        for line in lines[:LISTED] or ["  nothing changed since the previous run"]:
            self.stdout.write(line)
        if len(lines) > LISTED:
            self.stdout.write(f"  and {len(lines) - LISTED} more")

    def _misses(self, verdicts: list[Verdict]) -> None:
        for verdict in verdicts:
            missing = verdict.case.best - set(verdict.found[:10])
            if not verdict.case.is_held_out and (missing or verdict.false_hits):
                self.stdout.write(
                    f"  {verdict.case.query}: missing {sorted(missing)}, false {list(verdict.false_hits)}"
                )


def _asking(engine: Engine, keys: dict[int, str]) -> Callable[[str], list[str]]:
    """Asks an engine; ads beside the corpus do not count."""

    def ask(query: str) -> list[str]:
        hits = engine.ads(AdQuery(query, page_size=100, facets=False, highlight=False)).hits
        return [keys[hit.pk] for hit in hits if hit.pk in keys]

    return ask
