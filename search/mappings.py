"""The index bodies of ads, companies and CVs: plain dicts, strict, one shard."""

from __future__ import annotations

from typing import Any

from search.vocabulary.analysis import analysis

_KEYWORD = {"type": "keyword"}
_FACET = {"type": "keyword", "eager_global_ordinals": True}
_TEXT = {"type": "text", "analyzer": "fr_index"}
# Offsets in the postings: the highlighter need not analyse the text again.
_LONG_TEXT = {**_TEXT, "index_options": "offsets"}
_EXACT = {"type": "text", "analyzer": "fr_exact", "search_analyzer": "fr_exact_search", "norms": False}
# Kept and given back as it was: neither indexed nor looked into.
_CARD = {"type": "object", "enabled": False}
_PLAIN = {"type": "text", "analyzer": "fr_plain", "norms": False}
_TITLE = {**_LONG_TEXT, "fields": {"exact": _EXACT, "plain": _PLAIN}}
_NAMES = {**_TEXT, "fields": {"plain": _PLAIN}}

_AD = {
    "id": {"type": "long"},
    "title": _TITLE,
    # Names of the trade (masculine, feminine, acronym): what the ad's own title may not say.
    "names": _NAMES,
    "employer_name": _NAMES,
    "place_names": _NAMES,
    "structure_names": _NAMES,
    "public_names": _TEXT,
    "diploma_names": _TEXT,
    "condition_names": _TEXT,
    "body": _LONG_TEXT,
    "employer": {"type": "long"},
    "company": {"type": "long"},
    "sponsored_until": {"type": "date"},
    "profession": _FACET,
    "family": _FACET,
    "structure": _FACET,
    "public": _FACET,
    "contract": _FACET,
    "working_time": _FACET,
    "diploma": _FACET,
    "agreement": _FACET,
    "department": _FACET,
    "region": _FACET,
    "remote": _FACET,
    "print": _FACET,
    "location": {"type": "geo_point"},
    "pay_min": {"type": "integer"},
    "pay_max": {"type": "integer"},
    "published_at": {"type": "date"},
    "ends_at": {"type": "date"},
    "card": _CARD,
    "rev": {"type": "long"},
}
_COMPANY = {
    "id": {"type": "long"},
    "title": _TITLE,
    "sort_name": _KEYWORD,
    "letter": _KEYWORD,
    "structure_names": _NAMES,
    "place_names": _NAMES,
    "body": _LONG_TEXT,
    "tier": {"type": "integer"},
    "sponsored_until": {"type": "date"},
    "structure": _FACET,
    "field": _FACET,
    "department": _FACET,
    "region": _FACET,
    "location": {"type": "geo_point"},
    "published_at": {"type": "date"},
    "card": _CARD,
    "rev": {"type": "long"},
}
# No name, no address, no contact: what is not in the index cannot leak from it.
_CV = {
    "id": {"type": "long"},
    "title": _TITLE,
    "names": _NAMES,
    "diploma_names": _NAMES,
    "place_names": _NAMES,
    "body": _LONG_TEXT,
    # The CV's own words are searched, never shown: the list quotes `body` alone.
    "cv_text": _TEXT,
    "profession": _FACET,
    "family": _FACET,
    "experience": _FACET,
    "contract": _FACET,
    "diploma": _FACET,
    "department": _FACET,
    "region": _FACET,
    "location": {"type": "geo_point"},
    "fresh_until": {"type": "date"},
    "updated_at": {"type": "date"},
    "rev": {"type": "long"},
}

PROPERTIES: dict[str, dict[str, Any]] = {"ads": _AD, "companies": _COMPANY, "cvs": _CV}
#: The date by which each index is sorted, newest first: every document has it, and a stub has not.
DATED = {"ads": "published_at", "companies": "published_at", "cvs": "updated_at"}


def body(kind: str, replicas: int = 0) -> dict[str, Any]:
    """Settings and mappings of a new index of `kind`."""
    return {
        "settings": {
            "index": {
                "number_of_shards": 1,
                "number_of_replicas": replicas,
                "refresh_interval": "1s",
                "max_result_window": 10_000,
                # The order of the lists by date, to the last key: such a search ends with its page.
                "sort.field": [DATED[kind], "id"],
                "sort.order": ["desc", "desc"],
            },
            "analysis": analysis(),
        },
        "mappings": {"dynamic": "strict", "properties": PROPERTIES[kind]},
    }
