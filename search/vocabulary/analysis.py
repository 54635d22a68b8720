"""The vocabulary as Elasticsearch analysis settings.

Uses nothing of the optional `mapper-extras` module nor of Lucene's ICU and phonetic packages.
"""

from __future__ import annotations

from typing import Any

from search.vocabulary.french import ELISIONS, clean_pattern
from search.vocabulary.stemmer import OVERRIDES

_JAVA_LETTER, _JAVA_WORD = r"\p{L}", r"[\p{L}\d]"


def _analyzer(*filters: str) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": ["clean"],
        "tokenizer": "standard",
        "filter": ["lowercase", "fr_elision", *filters],
    }


def analysis() -> dict[str, Any]:
    """The `analysis` block of an index.

    `fr_index` stems; searches ask for stems, which `search.language` makes with the synonyms, so that a rule also
    catches inflected forms and is in force without a new index. `fr_plain` is unstemmed, for typos.
    """
    stemmed = ("asciifolding", "fr_gender", "fr_override", "fr_stem")
    return {
        "char_filter": {
            "clean": {
                "type": "pattern_replace",
                "flags": "CASE_INSENSITIVE|UNICODE_CASE",
                "pattern": clean_pattern(_JAVA_LETTER, _JAVA_WORD, stop_words=True),
                "replacement": " ",
            }
        },
        "filter": {
            "fr_elision": {"type": "elision", "articles_case": True, "articles": list(ELISIONS)},
            "fr_gender": {
                "type": "pattern_replace",
                "pattern": r"^(\p{L}{3,})ere(s?)$",
                "replacement": "$1er$2",
            },
            "fr_override": {
                "type": "stemmer_override",
                "rules": [f"{word} => {stem}" for word, stem in OVERRIDES.items()],
            },
            "fr_stem": {"type": "stemmer", "language": "light_french"},
        },
        "normalizer": {"folded": {"type": "custom", "filter": ["lowercase", "asciifolding"]}},
        "analyzer": {
            "fr_index": _analyzer(*stemmed, "remove_duplicates"),
            "fr_plain": _analyzer("asciifolding"),
        },
    }
