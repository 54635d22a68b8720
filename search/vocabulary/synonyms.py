"""The synonyms in force: those that the office applied last (`applied`), or those that the project ships (`files`).

They make of each part of a query its alternatives (`units`); what was made from other rules is kept apart by
`version`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache

from search.vocabulary import files
from search.vocabulary.french import ELISIONS, STOP_WORDS, fold, tokens
from search.vocabulary.stemmer import stem

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One line: every term of `left` also finds every term of `right` (`left == right` when both ways)."""

    left: tuple[Phrase, ...]
    right: tuple[Phrase, ...]

    @property
    def line(self) -> str:
        """The rule in Solr format, folded and without stop words, as the token filter before it would leave it."""
        left, right = (", ".join(" ".join(term) for term in side) for side in (self.left, self.right))
        return left if self.left == self.right else f"{left} => {right}"


@dataclass(frozen=True)
class Unit:
    """One part of a query: a word or a known expression, and the other ways (stems) in which a text may say it.

    `typed` are the folded words that were understood as this unit; `known` tells whether a rule speaks of it, and
    `is_quoted` whether the words are meant just as they stand. `said` is how the person wrote them.
    """

    alternatives: tuple[Phrase, ...]
    typed: tuple[str, ...] = ()
    known: bool = False
    is_quoted: bool = False
    said: str = ""


def phrase(term: str) -> Phrase:
    """Folded words of a term without elisions and stop words; () when nothing is left.

    "DE ES" (diplôme d'État) would be left as "ES", the trade: a term that only a stop word tells from an acronym
    is dropped.
    """
    text = re.sub(rf"\b({'|'.join(ELISIONS)})['’]", "", fold(term.strip()))
    every = [word for word in re.split(r"[^\w]+", text) if word]
    kept = tuple(word for word in every if word not in STOP_WORDS)
    if len(kept) == 1 and len(every) > 1 and len(kept[0]) <= 4:
        return ()
    return kept


def side(text: str) -> tuple[Phrase, ...]:
    """The terms of one side; those that stem alike are one ("éducateur spécialisé", "éducatrice spécialisée")."""
    by_stem: dict[Phrase, Phrase] = {}
    for term in text.split(","):
        if words := phrase(term):
            by_stem.setdefault(tuple(map(stem, words)), words)
    return tuple(by_stem.values())


def stems_of(phrases: Iterable[Phrase]) -> list[Phrase]:
    return [tuple(map(stem, words)) for words in phrases]


def parsed(terms: str, finds: str = "") -> Rule | None:
    """The rule of two lists of terms (no finds: the terms find each other); None when nothing of it can be used."""
    left = side(terms)
    right = side(finds) if finds.strip() else left
    return Rule(left, right) if left and right else None


class RuleSet:
    """Rules that are in force together, and the tables made from them when they are first asked for."""

    def __init__(self, number: int, rows: Iterable[tuple[str, str]]) -> None:
        self.number = number
        self.rows = tuple((terms, finds) for terms, finds in rows)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for terms, finds in self.rows if (rule := parsed(terms, finds)))

    @cached_property
    def by_stems(self) -> tuple[dict[Phrase, tuple[Phrase, ...]], int]:
        """Stems of a term to the stems of all it also means, and the length of the longest term."""
        table: dict[Phrase, dict[Phrase, None]] = {}
        for rule in self.rules:
            right = stems_of(rule.right)
            for stems in stems_of(rule.left):
                table.setdefault(stems, {}).update(dict.fromkeys(right))
        return {key: tuple(value) for key, value in table.items()}, max(map(len, table), default=0)

    @cached_property
    def equals(self) -> dict[Phrase, tuple[Phrase, ...]]:
        """Stems of a term to the stems of its equals: of the rules that go both ways."""
        table: dict[Phrase, dict[Phrase, None]] = {}
        for rule in self.rules:
            if rule.left == rule.right:
                stems = stems_of(rule.left)
                for one in stems:
                    table.setdefault(one, {}).update(dict.fromkeys(stems))
        return {key: tuple(value) for key, value in table.items()}


@lru_cache(maxsize=1)
def shipped() -> RuleSet:
    """The rules of the files, under number 0."""
    return RuleSet(0, files.rows())


_in_force: RuleSet | None = None
_on_trial: ContextVar[RuleSet | None] = ContextVar("rules on trial", default=None)


def use(rules: RuleSet | None) -> None:
    """From now on these rules are in force in this process; None stands for those of the files."""
    global _in_force
    _in_force = rules


@contextmanager
def trying(rules: RuleSet) -> Iterator[None]:
    """Rules that are in force for what is done inside alone. Their number must be no other set's."""
    token = _on_trial.set(rules)
    try:
        yield
    finally:
        _on_trial.reset(token)


def _current() -> RuleSet:
    return _on_trial.get() or _in_force or shipped()


def version() -> int:
    """Number of the rules in force: whoever keeps something made from them keeps it under this number."""
    return _current().number


def rules() -> tuple[Rule, ...]:
    """Every rule in force."""
    return _current().rules


def equals(words: Phrase) -> tuple[Phrase, ...]:
    """The terms (stems) that mean just the same as `words` (stems), themselves among them."""
    return _current().equals.get(words, (words,))


def longest_at(stems: list[str], at: int) -> tuple[tuple[Phrase, ...], int]:
    """What the longest known expression at this place means, and how many words it takes; 0 when there is none."""
    table, longest = _current().by_stems
    for size in range(min(longest, len(stems) - at), 0, -1):
        if alternatives := table.get(tuple(stems[at : at + size])):
            return alternatives, size
    return (), 0


def units(text: str) -> list[Unit]:
    """The parts of a query, the longest known expression first, each with its alternatives.

    "éduc spé lyon" gives one unit for the trade in all its wordings and one for "lyon". Every unit must be found.
    """
    return units_of(tokens(text))


def units_of(stems: list[str]) -> list[Unit]:
    """`units` for words that are stemmed already."""
    found: list[Unit] = []
    at = 0
    while at < len(stems):
        alternatives, size = longest_at(stems, at)
        found.append(Unit(alternatives, known=True) if size else Unit(((stems[at],),)))
        at += size or 1
    return found
