"""Which rules are in force, in every process alike.

The office edits `SynonymRule`; `apply` makes a `VocabularyVersion` of the rules as they are, checked as a whole. Every
process reads the newest version when it begins and is told of a newer one by its number in the cache, asked for at most
every few seconds at the start of a request or task: a search costs no query, and no index is built anew, because the
engines are asked for stems (`search.language`) and need not know the rules.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from search.models import SynonymRule, VocabularyVersion
from search.vocabulary import checking, files, synonyms
from search.vocabulary.synonyms import RuleSet

KEY = "search:vocabulary"
SECONDS = 5.0

_asked_at: float | None = None
#: Number of what this process has read; None before the first reading.
_read: int | None = None


def refresh() -> int:
    """Read the newest version into this process and tell the others its number. One query."""
    global _read
    newest = VocabularyVersion.objects.order_by("-pk").first()
    synonyms.use(RuleSet(newest.pk, newest.rows) if newest else None)
    _read = newest.pk if newest else 0
    cache.set(KEY, _read, None)
    return _read


def keep_up(**kwargs: Any) -> None:
    """Read the newest version when another process has applied one, or when this process has read none yet."""
    global _asked_at
    now = time.monotonic()
    if _asked_at is not None and now - _asked_at < SECONDS:
        return
    _asked_at = now
    number = cache.get(KEY)
    if _read is None or (number is not None and number != _read):
        refresh()


@dataclass(frozen=True)
class Pending:
    """What the rules of the office say more and less than those in force."""

    added: list[files.Row]
    removed: list[files.Row]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed)


def drafted() -> list[files.Row]:
    """The rules as the office has them now. One query."""
    rules = SynonymRule.objects.filter(is_active=True).order_by("pk")
    return list(rules.values_list("terms", "finds"))


def pending() -> Pending:
    """What is not in force yet. Two queries."""
    newest = VocabularyVersion.objects.order_by("-pk").first()
    now = [(terms, finds) for terms, finds in newest.rows] if newest else list(files.rows())
    draft = drafted()
    return Pending([row for row in draft if row not in now], [row for row in now if row not in draft])


def on_trial() -> RuleSet:
    """The rules as drafted, under a number that no version has: for `synonyms.trying`."""
    rows = tuple(drafted())
    return RuleSet(-1 - abs(hash(rows)), rows)


def apply() -> VocabularyVersion:
    """Put the drafted rules in force everywhere, and return their version; the newest one when nothing changed.

    Locks the rules. Raises `ValidationError` when one of them cannot be used, or when there is none.
    """
    with transaction.atomic():
        rules = list(SynonymRule.objects.select_for_update().filter(is_active=True).order_by("pk"))
        if not rules:
            raise ValidationError(
                "Aucune règle n’est en usage : la recherche ne connaîtrait plus aucun métier."
            )
        wrong = [f"« {rule} » : {said}" for rule in rules for said in _said(rule)]
        if wrong:
            raise ValidationError(wrong[:10])
        rows = [[rule.terms, rule.finds] for rule in rules]
        newest = VocabularyVersion.objects.order_by("-pk").first()
        if newest and newest.rows == rows:
            return newest
        version = VocabularyVersion.objects.create(rows=rows)
        transaction.on_commit(refresh)
    return version


def _said(rule: SynonymRule) -> list[str]:
    return [said for field in checking.errors(rule.terms, rule.finds).values() for said in field]
