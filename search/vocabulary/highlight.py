"""Marking what was found, for the database engine. What comes out is HTML: escaped, with `<mark>` and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import escape

from search.vocabulary.french import blanked, cut, is_stop_word
from search.vocabulary.stemmer import stem
from search.vocabulary.synonyms import Phrase, Unit

SNIPPET = 160


def _spans(text: str, asked: Iterable[Unit]) -> list[tuple[int, int]]:
    """Where the units stand in `text`, in order, an expression as a whole; the longest first where several begin."""
    words = [(start, end, stem(word)) for start, end, word in cut(blanked(text)) if not is_stop_word(word)]
    phrases: dict[str, list[Phrase]] = {}
    for unit in asked:
        for phrase in unit.alternatives:
            phrases.setdefault(phrase[0], []).append(phrase)
    spans: list[tuple[int, int]] = []
    for at, (_, _, first) in enumerate(words):
        for phrase in phrases.get(first, ()):
            window = words[at : at + len(phrase)]
            if tuple(word for _, _, word in window) == phrase:
                spans.append((window[0][0], window[-1][1]))
    return sorted(set(spans), key=lambda span: (span[0], -span[1]))


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> str:
    parts, at = [], start
    for first, last in spans:
        if first < at or last > end:
            continue
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    return "".join([*parts, escape(text[at:end])])


def mark(text: str, asked: Sequence[Unit]) -> str:
    """The whole text with the finds marked."""
    return _marked(text, _spans(text, asked), 0, len(text))


def snippet(text: str, asked: Sequence[Unit], size: int = SNIPPET) -> str:
    """Some `size` characters around the most finds; "" when there is none."""
    spans = _spans(text, asked)
    if not spans:
        return ""
    best = max(spans, key=lambda span: sum(span[0] <= other[0] < span[0] + size - 40 for other in spans))
    start = max(0, best[0] - 40)
    if start:
        start = text.find(" ", start, best[0]) + 1 or best[0]
    end = min(len(text), start + size)
    if end < len(text):
        end = max(text.rfind(" ", start, end), best[1])
    return (
        ("…" if start else "") + _marked(text, spans, start, end).strip() + ("…" if end < len(text) else "")
    )
