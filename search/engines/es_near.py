"""Words in use that are written nearly like words that are not.

Comparing a word with all that are in use is what costs in a fuzzy search. So it is done once, when nothing was found,
and the searches that follow ask for the words it gave: they cost no more than others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Clause = dict[str, Any]
#: To a word that nothing holds, the words in use that may be meant, by field. No field: its beginning may be one.
Near = Mapping[str, Mapping[str, tuple[str, ...]]]

#: Of so many words at most; the rest of a longer text is passed over.
MAX_WORDS = 5
#: Words that may be meant, of each field.
_CANDIDATES = 10
#: Shorter words have no errors that could be told from other words; from `_LONG` letters on there may be two.
_SHORT, _LONG = 4, 8


def question(words: Sequence[str], fields: Iterable[str], where: Clause) -> Clause:
    """The body that asks; `where` is the condition of being seen, `fields` are those with an unstemmed sub-field."""
    fields = list(fields)
    body: Clause = {
        "query": where,
        "size": 0,
        "track_total_hits": False,
        "aggs": {"begun": {"filters": {"filters": {word: _begun(word, fields) for word in words}}}},
    }
    suggest: Clause = {
        f"{word} {name}": {
            "text": word,
            "term": {
                "field": f"{name}.plain",
                "suggest_mode": "always",
                "prefix_length": 1,
                "min_word_length": _SHORT,
                "max_edits": 2 if len(word) >= _LONG else 1,
                "size": _CANDIDATES,
            },
        }
        for word in words
        if len(word) >= _SHORT
        for name in fields
    }
    return body | ({"suggest": suggest} if suggest else {})


def answer(raw: Clause) -> Near:
    """What the server knows, of the words of which it knows anything."""
    found: dict[str, dict[str, tuple[str, ...]]] = {
        word: {} for word, row in raw["aggregations"]["begun"]["buckets"].items() if row["doc_count"]
    }
    for asked, tokens in raw.get("suggest", {}).items():
        word, _, name = asked.rpartition(" ")
        candidates = tuple(option["text"] for token in tokens for option in token["options"])
        if candidates:
            found.setdefault(word, {})[name] = candidates
    return found


def nearly(name: str, word: str, near: Near) -> list[Clause]:
    """Filters of one field: the words that may be meant, or one that begins like this."""
    meant = near[word].get(name)
    return ([{"terms": {f"{name}.plain": list(meant)}}] if meant else []) + _prefixes(word, [name])


def _prefixes(word: str, fields: Iterable[str]) -> list[Clause]:
    return [{"prefix": {f"{name}.plain": word}} for name in fields] if len(word) >= _SHORT else []


def _begun(word: str, fields: Iterable[str]) -> Clause:
    return {"bool": {"should": _prefixes(word, fields)}} if len(word) >= _SHORT else {"match_none": {}}
