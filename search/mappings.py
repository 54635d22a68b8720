"""The index bodies of ads, companies and CVs: strict, one shard."""

from __future__ import annotations

from typing import Any

from elasticsearch import dsl

from search.vocabulary.analysis import analysis

_KEYWORD = dsl.Keyword()
_FACET = dsl.Keyword(eager_global_ordinals=True)
_PLAIN = dsl.Text(analyzer="fr_plain", norms=False)
_TEXT = dsl.Text(analyzer="fr_index")
# Offsets in the postings: the highlighter need not analyse the text again.
_LONG_TEXT = dsl.Text(analyzer="fr_index", index_options="offsets")
_TITLE = dsl.Text(analyzer="fr_index", index_options="offsets", fields={"plain": _PLAIN})
_NAMES = dsl.Text(analyzer="fr_index", fields={"plain": _PLAIN})
# Kept and given back as it was: neither indexed nor looked into.
_CARD = dsl.Object(enabled=False)
_LONG, _INTEGER, _DATE, _POINT = dsl.Long(), dsl.Integer(), dsl.Date(), dsl.GeoPoint()

_AD: dict[str, dsl.Field] = {
    "id": _LONG,
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
    "employer": _LONG,
    "company": _LONG,
    "sponsored_until": _DATE,
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
    "location": _POINT,
    "pay_min": _INTEGER,
    "pay_max": _INTEGER,
    "published_at": _DATE,
    "ends_at": _DATE,
    "card": _CARD,
    "rev": _LONG,
}
_COMPANY: dict[str, dsl.Field] = {
    "id": _LONG,
    "title": _TITLE,
    "sort_name": _KEYWORD,
    "structure_names": _NAMES,
    "place_names": _NAMES,
    "body": _LONG_TEXT,
    "tier": _INTEGER,
    "sponsored_until": _DATE,
    "structure": _FACET,
    "field": _FACET,
    "department": _FACET,
    "region": _FACET,
    "location": _POINT,
    "published_at": _DATE,
    "card": _CARD,
    "rev": _LONG,
}
# No name, no address, no contact: what is not in the index cannot leak from it.
_CV: dict[str, dsl.Field] = {
    "id": _LONG,
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
    "location": _POINT,
    "fresh_until": _DATE,
    "updated_at": _DATE,
    "rev": _LONG,
}

FIELDS: dict[str, dict[str, dsl.Field]] = {"ads": _AD, "companies": _COMPANY, "cvs": _CV}
#: The date by which each index is sorted, newest first: every document has it, and a stub has not.
DATED = {"ads": "published_at", "companies": "published_at", "cvs": "updated_at"}


def mapping(kind: str) -> dict[str, Any]:
    """The mapping of an index of `kind`, which takes no field that is not named here."""
    made = dsl.Mapping()
    made.meta("dynamic", "strict")
    for name, field in FIELDS[kind].items():
        made.field(name, field)
    return made.to_dict()


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
        "mappings": mapping(kind),
    }
