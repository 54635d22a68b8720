"""Judged queries, and what an engine's answers are worth.

A third of the queries is held out: chosen by a hash of the words, never looked at while the vocabulary is worked on,
and the only third of which the tests ask something.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
TOP = 10
#: What an ad is worth in the order of the list.
_BEST, _GOOD = 3.0, 1.0


@dataclass(frozen=True)
class Ad:
    """An ad of the corpus; `trade` is the first name in the reference list, or a trade that is not in it."""

    key: str
    title: str
    trade: str
    structure: str
    publics: tuple[str, ...]
    town: str
    text: str


@dataclass(frozen=True)
class Case:
    """A query with the keys of the ads that must stand in the first ten, that fit too, and that must not be found."""

    query: str
    best: frozenset[str]
    good: frozenset[str]
    bad: frozenset[str]

    @property
    def is_held_out(self) -> bool:
        """Whether this query is of the third that nothing is tuned on."""
        return zlib.crc32(self.query.encode()) % 3 == 0


@dataclass(frozen=True)
class Verdict:
    """What one list of finds is worth."""

    case: Case
    found: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of the ads that must be found that stand in the first ten."""
        return len(self.case.best & set(self.found[:TOP])) / min(TOP, len(self.case.best))

    @property
    def is_first_right(self) -> bool:
        return bool(self.found) and self.found[0] in self.case.best

    @property
    def false_hits(self) -> tuple[str, ...]:
        """Ads that must not be found, anywhere in the list."""
        return tuple(key for key in self.found if key in self.case.bad)

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten."""
        gains = [self._worth(key) for key in self.found[:TOP]]
        ideal = [_BEST] * len(self.case.best) + [_GOOD] * len(self.case.good)
        return _discounted(gains) / _discounted(ideal[:TOP])

    def _worth(self, key: str) -> float:
        return _BEST if key in self.case.best else _GOOD if key in self.case.good else 0.0


def _discounted(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


@dataclass(frozen=True)
class Score:
    """The means over several queries, as shares of one; `false_hits` is a number of ads."""

    count: int
    recall: float
    first: float
    ndcg: float
    false_hits: int

    @classmethod
    def of(cls, verdicts: list[Verdict]) -> Score:
        count = len(verdicts)
        return cls(
            count,
            sum(verdict.recall for verdict in verdicts) / count,
            sum(verdict.is_first_right for verdict in verdicts) / count,
            sum(verdict.ndcg for verdict in verdicts) / count,
            sum(len(verdict.false_hits) for verdict in verdicts),
        )


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and line[0] != "#"]


@lru_cache(maxsize=1)
def ads() -> tuple[Ad, ...]:
    """The corpus."""
    return tuple(Ad(a, b, c, d, tuple(e.split()), f, g) for a, b, c, d, e, f, g in _rows("ads.txt"))


def _keys(patterns: str) -> frozenset[str]:
    return frozenset(ad.key for ad in ads() for pattern in patterns.split() if fnmatchcase(ad.key, pattern))


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Every judged query."""
    found = []
    for query, best, good, bad in _rows("queries.txt"):
        must, never = _keys(best), _keys(bad)
        found.append(Case(query, must, _keys(good) - must - never, never - must))
    return tuple(found)


def judge(ask: Callable[[str], list[str]], chosen: Iterable[Case] | None = None) -> list[Verdict]:
    """Ask every query (or the chosen ones); `ask` gives the keys of the finds in order."""
    return [Verdict(case, tuple(ask(case.query))) for case in (cases() if chosen is None else chosen)]
