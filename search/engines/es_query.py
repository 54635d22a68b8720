"""Questions to Elasticsearch, as plain dicts (the DSL's hit wrapping costs half the throughput)."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.base import (
    AD_FACETS,
    COMPANY_FACETS,
    CV_FACETS,
    AdQuery,
    CompanyQuery,
    CvQuery,
    Query,
)
from search.engines.es_body import (
    Clause,
    Parts,
    Question,
    area,
    freshness,
    minute,
    question,
)
from search.vocabulary import french

AD_TEXT = (
    "title^6",
    "names^3",
    "structure_names^2",
    "employer_name^2",
    "place_names^2",
    "public_names",
    "diploma_names",
    "body",
)
COMPANY_TEXT = ("title^6", "structure_names^2", "place_names^2", "body")
CV_TEXT = ("title^5", "names^3", "diploma_names^3", "place_names^2", "body", "cv_text")


def _plain(fields: Sequence[str]) -> list[str]:
    """The unstemmed sub-fields: typos hide behind stems ("éducateurr" gives "educateur", "éducateur" "eduqu")."""
    names = [field.split("^")[0] for field in fields]
    return [
        f"{name}.plain" for name in names if name not in ("body", "cv_text", "public_names", "diploma_names")
    ]


def _strict(text: str, fields: Sequence[str]) -> Clause:
    """All words, each in any field; the exact wording of a title lifts it."""
    return {
        "bool": {
            "must": [
                {
                    "multi_match": {
                        "query": text,
                        "type": "cross_fields",
                        "operator": "and",
                        "fields": list(fields),
                    }
                }
            ],
            "should": [
                {"match": {"title.exact": {"query": text, "operator": "and", "boost": 4}}},
                {"match_phrase": {"title": {"query": text, "slop": 1, "boost": 4}}},
            ],
        }
    }


def _fuzzy(text: str, fields: Sequence[str]) -> Clause:
    """The second try: every word once more, in one of the short fields, with a letter or two wrong."""
    per_word = []
    for word in french.words(text):
        match = {"query": word, "fuzziness": "AUTO:4,8", "prefix_length": 1, "max_expansions": 30}
        per_word.append({"dis_max": {"queries": [{"match": {name: match}} for name in _plain(fields)]}})
    return {"bool": {"must": per_word}}


def _text(query: Query, fields: Sequence[str], fuzzy: bool) -> Clause:
    if not french.tokens(query.text):
        return {"match_all": {}}
    return _fuzzy(query.text, fields) if fuzzy else _strict(query.text, fields)


def _highlight(text: str) -> Clause:
    """A plain match per field: highlighting the real query costs twice as much, the fuzzy one thirty-five times."""

    def one(name: str, fragments: int) -> Clause:
        return {"highlight_query": {"match": {name: {"query": text}}}, "number_of_fragments": fragments}

    return {
        "type": "unified",
        "fragment_size": 160,
        "pre_tags": ["<mark>"],
        "post_tags": ["</mark>"],
        "encoder": "html",
        "fields": {"title": one("title", 0), "body": one("body", 1)},
    }


def _marks(query: Query) -> Clause | None:
    return _highlight(query.text) if query.highlight and french.tokens(query.text) else None


def ads(query: AdQuery, *, fuzzy: bool = False) -> Question:
    """The question for ads that are public at `query.now`, as far as dates tell."""
    filters: list[Clause] = [{"range": {"ends_at": {"gt": minute(query.now)}}}, *area(query)]
    if query.pay_from:
        filters.append({"range": {"pay_max": {"gte": query.pay_from}}})
    if query.pay_to:
        filters.append({"range": {"pay_min": {"lte": query.pay_to}}})
    if query.published_since:
        filters.append({"range": {"published_at": {"gte": minute(query.published_since)}}})
    if query.company:
        filters.append({"term": {"company": query.company}})
    parts = Parts(
        filters=filters,
        must_not=[{"term": {"id": query.exclude}}] if query.exclude else [],
        text=_text(query, AD_TEXT, fuzzy),
        functions=freshness("published_at", "14d", query),
        facets=AD_FACETS,
        newest="published_at",
        source=("card", "location"),
        has_words=bool(french.tokens(query.text)),
        highlight=_marks(query),
    )
    return question(query, parts)


def companies(query: CompanyQuery, *, fuzzy: bool = False) -> Question:
    """The question for company pages: by name, or by how well they match when words are searched."""
    filters: list[Clause] = [{"exists": {"field": "published_at"}}, *area(query)]
    if query.letter:
        filters.append({"term": {"letter": query.letter}})
    parts = Parts(
        filters=filters,
        must_not=[],
        text=_text(query, COMPANY_TEXT, fuzzy),
        functions=[{"weight": 1}],
        facets=COMPANY_FACETS,
        names="sort_name",
        newest="published_at",
        source=("card", "location"),
        has_words=bool(french.tokens(query.text)),
        highlight=_marks(query),
    )
    return question(query, parts)


def cvs(query: CvQuery, *, fuzzy: bool = False) -> Question:
    """The question for the CVs that are still fresh."""
    parts = Parts(
        filters=[{"range": {"fresh_until": {"gt": minute(query.now)}}}, *area(query)],
        must_not=[],
        text=_text(query, CV_TEXT, fuzzy),
        functions=freshness("updated_at", "60d", query),
        facets=CV_FACETS,
        newest="updated_at",
        source=("location",),
        has_words=bool(french.tokens(query.text)),
        highlight=_marks(query),
    )
    return question(query, parts)
