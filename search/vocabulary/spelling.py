"""Typing errors, for the database engine: the word in use that is nearest to the word typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def distance(a: str, b: str, limit: int) -> int:
    """Letters to add, drop, change or swap to get from `a` to `b`; `limit` + 1 as soon as it must be more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before = above
    return row[-1]


def tolerance(word: str) -> int:
    """Wrong letters to forgive: none in short words (acronyms), one from four letters, two from eight."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def nearest(word: str, known: Iterable[str]) -> str:
    """The nearest known word with the same first letter, or ""."""
    best, found = tolerance(word) + 1, ""
    for other in sorted(known):
        if other[:1] == word[:1] and (far := distance(word, other, best - 1)) < best:
            best, found = far, other
    return found


def corrected(words: list[str], known: Collection[str]) -> str:
    """The words with each unknown one replaced; "" when one of them has no neighbour."""
    found = [word if word in known else nearest(word, known) for word in words]
    return " ".join(found) if all(found) else ""
