"""Places where somebody does not want to work: "sauf Paris et Lyon", "ailleurs qu’à Paris", "pas en Bretagne"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.places.words import LEADING

_DENYING = frozenset({"sauf", "hors", "excepte", "hormis", "pas", "ni", "jamais", "ailleurs"})
#: "Pourquoi pas à Lyon" is where one does.
_UNDENYING = "pourquoi"
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
        word, before = (words[at - 1] if at else ""), (words[at - 2] if at > 1 else "")
        follows = at in ends and bool(between & _AND)
        if follows or "ni" in between or (word in _DENYING and before != _UNDENYING):
            denied.add((first, end))
    return denied
