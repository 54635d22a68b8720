"""The vocabulary as Elasticsearch analysis settings.

Uses nothing of the optional `mapper-extras` module nor of Lucene's ICU and phonetic packages.
"""

from __future__ import annotations

from typing import Any

from search.vocabulary.french import ELISIONS, clean_pattern
from search.vocabulary.stemmer import OVERRIDES

_JAVA_LETTER, _JAVA_WORD = r"\p{L}", r"[\p{L}\d]"


def _char_filter(*, stop_words: bool) -> dict[str, str]:
    return {
        "type": "pattern_replace",
        "flags": "CASE_INSENSITIVE|UNICODE_CASE",
        "pattern": clean_pattern(_JAVA_LETTER, _JAVA_WORD, stop_words=stop_words),
        "replacement": " ",
    }


def _analyzer(char_filter: str, *filters: str) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": [char_filter],
        "tokenizer": "standard",
        "filter": ["lowercase", "fr_elision", *filters],
    }


def analysis() -> dict[str, Any]:
    """The `analysis` block of an index.

    `fr_index` stems; searches ask for stems, which `search.language` makes with the synonyms, so that a rule also
    catches inflected forms and is in force without a new index. `fr_exact` keeps words as written and lifts exact
    wording; `fr_plain` is unstemmed, for typos; `fr_prefix` cuts the beginnings of words, for suggestions.
    """
    stemmed = ("asciifolding", "fr_gender", "fr_override", "fr_stem")
    return {
        "char_filter": {"clean": _char_filter(stop_words=False), "clean_stop": _char_filter(stop_words=True)},
        "filter": {
            "fr_elision": {"type": "elision", "articles_case": True, "articles": list(ELISIONS)},
            "fr_fold_keep": {"type": "asciifolding", "preserve_original": True},
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
            "edge_2_15": {"type": "edge_ngram", "min_gram": 2, "max_gram": 15},
        },
        "normalizer": {"folded": {"type": "custom", "filter": ["lowercase", "asciifolding"]}},
        "analyzer": {
            "fr_index": _analyzer("clean_stop", *stemmed, "remove_duplicates"),
            "fr_exact": _analyzer("clean", "fr_fold_keep", "remove_duplicates"),
            "fr_exact_search": _analyzer("clean"),
            "fr_plain": _analyzer("clean_stop", "asciifolding"),
            "fr_prefix": _analyzer("clean", "asciifolding", "edge_2_15"),
        },
    }
