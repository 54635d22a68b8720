"""Questions to Elasticsearch, as plain dicts (the DSL's hit wrapping costs half the throughput)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from billing.tiers import PRIORITY_LIFT
from search.engines.base import (
    AD_FACETS,
    COMPANY_FACETS,
    CV_FACETS,
    DATE,
    DISTANCE,
    PAY,
    AdQuery,
    CompanyQuery,
    CvQuery,
    Query,
)
from search.vocabulary import french

Clause = dict[str, Any]

AD_TEXT = (
    "title^6",
    "names^3",
    "structure_names^2",
    "employer_name^2",
    "place_names^2",
    "public_names",
    "body",
)
COMPANY_TEXT = ("title^6", "structure_names^2", "place_names^2", "body")
CV_TEXT = ("title^5", "names^3", "diploma_names^3", "place_names^2", "body", "cv_text")


def _plain(fields: Sequence[str]) -> list[str]:
    """The unstemmed sub-fields: typos hide behind stems ("éducateurr" gives "educateur", "éducateur" "eduqu")."""
    names = [field.split("^")[0] for field in fields]
    return [f"{name}.plain" for name in names if name not in ("body", "cv_text", "public_names")]


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


def _area(query: Query) -> list[Clause]:
    area = query.area
    if area is None:
        return []
    if area.is_circle:
        point = {"lat": area.latitude, "lon": area.longitude}
        return [{"geo_distance": {"distance": f"{area.radius_km}km", "location": point}}]
    if area.department:
        return [{"term": {"department": area.department}}]
    return [{"term": {"region": area.region}}] if area.region else []


def _minute(moment: datetime | None) -> str:
    """The moment to the minute: the filter is then the same for all visitors of that minute and stays cached."""
    return (moment or timezone.now()).replace(second=0, microsecond=0).isoformat()


def _moment(moment: datetime | None) -> str:
    return (moment or timezone.now()).isoformat()


def _sort(query: Query, newest: str) -> list[Any]:
    if query.sort == DATE:
        return [{newest: "desc"}, {"id": "desc"}]
    if query.sort == DISTANCE and query.area and query.area.latitude is not None:
        point = {"lat": query.area.latitude, "lon": query.area.longitude}
        return [
            {"_geo_distance": {"location": point, "order": "asc", "unit": "km"}},
            {newest: "desc"},
            {"id": "desc"},
        ]
    if query.sort == PAY:
        return [{"pay_max": {"order": "desc", "missing": "_last"}}, {newest: "desc"}, {"id": "desc"}]
    return [{"_score": "desc"}, {newest: "desc"}, {"id": "desc"}]


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


def _facets(query: Query, facets: Sequence[str]) -> tuple[dict[str, Any], Clause | None]:
    """Aggregations in which each facet is counted with the choices of all others, and the filter of the hits."""
    chosen = {
        name: {"terms": {name: list(values)}} for name, values in query.filters.items() if name in facets
    }
    aggregations: dict[str, Any] = {}
    for name in facets if query.facets else ():
        others = [clause for other, clause in chosen.items() if other != name]
        aggregations[name] = {
            "filter": {"bool": {"filter": others}},
            "aggs": {"values": {"terms": {"field": name, "size": 120}}},
        }
    return aggregations, ({"bool": {"filter": list(chosen.values())}} if chosen else None)


def _body(
    query: Query, bare: Clause, functions: list[Clause], facets: Sequence[str], newest: str
) -> dict[str, Any]:
    aggregations, post_filter = _facets(query, facets)
    scored = {
        "function_score": {
            "query": bare,
            "functions": functions,
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }
    body: dict[str, Any] = {
        "query": scored if query.sort not in (DATE, DISTANCE, PAY) else bare,
        "from_": query.offset,
        "size": query.page_size,
        "track_total_hits": True,
        "sort": _sort(query, newest),
        "source": False,
    }
    if aggregations:
        body["aggs"] = aggregations
    if post_filter:
        body["post_filter"] = post_filter
    if query.highlight and french.tokens(query.text):
        body["highlight"] = _highlight(query.text)
    if query.area and query.area.latitude is not None:
        body["script_fields"] = _distance(query.area.latitude, query.area.longitude or 0.0)
    return body


def _distance(latitude: float, longitude: float) -> dict[str, Any]:
    source = "doc['location'].size() == 0 ? null : doc['location'].arcDistance(params.lat, params.lon) / 1000"
    return {"km": {"script": {"source": source, "params": {"lat": latitude, "lon": longitude}}}}


def _freshness(field: str, scale: str, now: datetime | None) -> list[Clause]:
    decay = {field: {"origin": _moment(now), "scale": scale, "offset": "2d", "decay": 0.5}}
    return [{"weight": 1}, {"gauss": decay, "weight": 1.0}]


def ads(query: AdQuery, *, fuzzy: bool = False) -> dict[str, Any]:
    """Arguments of `search` for ads that are public at `query.now`, as far as dates tell."""
    minute = _minute(query.now)
    filters: list[Clause] = [
        {"range": {"ends_at": {"gt": minute}}},
        *_area(query),
    ]
    must_not: list[Clause] = []
    if query.pay_from:
        filters.append({"range": {"pay_max": {"gte": query.pay_from}}})
    if query.pay_to:
        filters.append({"range": {"pay_min": {"lte": query.pay_to}}})
    if query.published_since:
        filters.append({"range": {"published_at": {"gte": query.published_since.isoformat()}}})
    if query.company:
        filters.append({"term": {"company": query.company}})
    if query.exclude:
        must_not.append({"term": {"id": query.exclude}})
    bare = {"bool": {"filter": filters, "must_not": must_not, "must": [_text(query, AD_TEXT, fuzzy)]}}
    functions: list[Clause] = [
        *_freshness("published_at", "14d", query.now),
        {"filter": {"range": {"sponsored_until": {"gt": _moment(query.now)}}}, "weight": PRIORITY_LIFT},
    ]
    return _body(query, bare, functions, AD_FACETS, "published_at")


def companies(query: CompanyQuery, *, fuzzy: bool = False) -> dict[str, Any]:
    """Arguments of `search` for company pages: by name, those with priority lifted when words are searched."""
    filters: list[Clause] = [{"exists": {"field": "published_at"}}, *_area(query)]
    if query.letter:
        filters.append({"term": {"letter": query.letter}})
    bare = {"bool": {"filter": filters, "must": [_text(query, COMPANY_TEXT, fuzzy)]}}
    functions: list[Clause] = [
        {"weight": 1},
        {"filter": {"range": {"sponsored_until": {"gt": _moment(query.now)}}}, "weight": PRIORITY_LIFT},
    ]
    body = _body(query, bare, functions, COMPANY_FACETS, "published_at")
    if query.sort not in (DATE, DISTANCE) and not french.tokens(query.text):
        body["sort"] = [{"sort_name": "asc"}, {"id": "asc"}]
    return body


def cvs(query: CvQuery, *, fuzzy: bool = False) -> dict[str, Any]:
    """Arguments of `search` for the CVs that are still fresh."""
    bare: Clause = {
        "bool": {
            "filter": [{"range": {"fresh_until": {"gt": _minute(query.now)}}}, *_area(query)],
            "must": [_text(query, CV_TEXT, fuzzy)],
        }
    }
    return _body(query, bare, _freshness("updated_at", "60d", query.now), CV_FACETS, "updated_at")
