"""Places where somebody does not want to work: "sauf Paris et Lyon", "ailleurs qu’à Paris", "pas en Bretagne"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.language import fillers
from search.places.words import LEADING

_DENYING = fillers.EXCEPT | fillers.NOT | {fillers.ELSEWHERE}
_AND = frozenset({"et", "ou", "ni"})
_VERBS = frozenset({"travailler", "bosser", "aller", "exercer", "habiter", "vivre", "etre"})
_BETWEEN = _VERBS | LEADING | _AND | {"que", "qu"}
Span = tuple[int, int]


def denied_spans(words: Sequence[str], spans: Iterable[Span]) -> set[Span]:
    """Those of these names (first word, end) that are denied, by themselves or as the next of a list that is."""
    denied: set[Span] = set()
    for first, end in sorted(spans):
        at = first
        ends = {other for _, other in denied}
        while at and at not in ends and words[at - 1] in _BETWEEN:
            at -= 1
        between = set(words[at:first])
        follows = at in ends and bool(between & _AND)
        if follows or "ni" in between or _denies(words[:at]):
            denied.add((first, end))
    return denied


def _denies(before: Sequence[str]) -> bool:
    """Whether the last of these words denies what follows; in "pourquoi pas à Lyon" it does not."""
    if not before:
        return False
    if before[-1] == fillers.NO_MORE:
        return bool({"ne", "n"} & set(before[:-1]))
    return before[-1] in _DENYING and (len(before) < 2 or before[-2] not in fillers.UNDENYING_BEFORE)
