"""The two bodies that a search sends: its finds, and what is counted over all of them.

They go in one request. The finds need no total and no facets, so they may stop early; the counts have size 0 and no
moment closer than the minute in them, so the server keeps their answer until the index changes or the minute does: the
facets of the list that everybody opens are counted once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from search.engines.base import DATE, DISTANCE, PAY, AdQuery, Cursor, Query

Clause = dict[str, Any]
#: Values of a facet that are counted; more than the longest list (the departments) has.
FACET_VALUES = 120
#: The group of aggregations of the facets in which nothing is chosen.
REST = "_rest"


@dataclass(frozen=True)
class Question:
    """Bodies of `_search`: `hits` for the page, `counts` for total and facets; either may be None when not asked."""

    hits: Clause | None
    counts: Clause | None
    #: Finds the anchor of a cursor in today's order; None where stored sort values tell enough.
    anchor: Clause | None = None

    @property
    def bodies(self) -> list[Clause]:
        return [body for body in (self.hits, self.counts) if body is not None]


@dataclass(frozen=True)
class Parts:
    """What a kind of search is made of. `filters` are conditions of every find, `text` the one clause that scores."""

    filters: list[Clause]
    must_not: list[Clause]
    text: Clause
    functions: list[Clause]
    facets: Sequence[str]
    newest: str
    source: Sequence[str]
    #: The key of a list that stands by name.
    names: str = ""
    #: Choices that are no values of a field: name to what counts them, and to the chosen one if any.
    ranges: Mapping[str, tuple[Clause, Clause | None]] = field(default_factory=dict)
    has_words: bool = False
    highlight: Clause | None = None


def area(query: Query) -> list[Clause]:
    """The place as conditions."""
    place = query.area
    if place is None:
        return []
    if place.is_circle:
        point = {"lat": place.latitude, "lon": place.longitude}
        return [{"geo_distance": {"distance": f"{place.radius_km}km", "location": point}}]
    if place.department:
        return [{"term": {"department": place.department}}]
    return [{"term": {"region": place.region}}] if place.region else []


def minute(moment: datetime | None) -> str:
    """The moment to the minute: the filter is then the same for all visitors of that minute and stays cached."""
    return (moment or timezone.now()).replace(second=0, microsecond=0).isoformat()


def ranked_at(query: Query) -> datetime:
    """The moment that freshness counts from: on later pages of a list the moment of its first."""
    return query.cursor.at if query.cursor else (query.now or timezone.now())


def freshness(field: str, scale: str, query: Query) -> list[Clause]:
    """One for every find, and up to one more for a fresh one."""
    origin = ranked_at(query).isoformat()
    decay = {field: {"origin": origin, "scale": scale, "offset": "2d", "decay": 0.5}}
    return [{"weight": 1}, {"gauss": decay, "weight": 1.0}]


def is_scored(query: Query, parts: Parts) -> bool:
    """Whether the order is by score. Without words freshness alone would count, which is the order of the dates."""
    return parts.has_words and query.sort not in (DATE, DISTANCE, PAY)


def order(query: Query, parts: Parts) -> list[tuple[str, str, Clause]]:
    """The order as (key, direction, options), the number of the document last: no two finds are equal in it.

    The order by date is the index's own, so such a list stops at the page's end.
    """
    last: list[tuple[str, str, Clause]] = [(parts.newest, "desc", {}), ("id", "desc", {})]
    if is_scored(query, parts):
        return [("_score", "desc", {}), *last]
    if query.sort == DISTANCE and query.area and query.area.latitude is not None:
        point = {"lat": query.area.latitude, "lon": query.area.longitude}
        return [("_geo_distance", "asc", {"location": point, "unit": "km"}), *last]
    if query.sort == PAY and isinstance(query, AdQuery):
        return [("pay_max", "desc", {"missing": "_last"}), *last]
    if parts.names and query.sort not in (DATE, DISTANCE):
        return [(parts.names, "asc", {}), ("id", "asc", {})]
    return last


def _sort(keys: list[tuple[str, str, Clause]], backwards: bool) -> list[Clause]:
    """The order as Elasticsearch wants it; `backwards` turns it round, missing values included."""
    if not backwards:
        return [{key: {**options, "order": direction}} for key, direction, options in keys]
    turned = {"asc": "desc", "desc": "asc", "_last": "_first"}
    return [
        {
            key: {
                **options,
                **({"missing": turned[options["missing"]]} if "missing" in options else {}),
                "order": turned[direction],
            }
        }
        for key, direction, options in keys
    ]


def _terms(name: str) -> Clause:
    return {"terms": {"field": name, "size": FACET_VALUES}}


def facets(query: Query, parts: Parts) -> tuple[Clause, list[Clause]]:
    """Aggregations in which each facet is counted with the choices of all others, and the choices as filters.

    Facets in which nothing is chosen share one filter: all choices.
    """
    chosen: dict[str, Clause] = {
        name: {"terms": {name: list(values)}}
        for name, values in query.filters.items()
        if name in parts.facets
    }
    chosen |= {name: clause for name, (_, clause) in parts.ranges.items() if clause}
    if not query.facets:
        return {}, list(chosen.values())
    counted = {name: _terms(name) for name in parts.facets}
    counted |= {name: clause for name, (clause, _) in parts.ranges.items()}
    aggregations: Clause = {}
    for name in chosen:
        others = [clause for other, clause in chosen.items() if other != name]
        aggregations[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": counted[name]}}
    rest = {name: clause for name, clause in counted.items() if name not in chosen}
    if chosen and rest:
        aggregations[REST] = {"filter": {"bool": {"filter": list(chosen.values())}}, "aggs": rest}
    else:
        aggregations |= rest
    return aggregations, list(chosen.values())


def question(query: Query, parts: Parts) -> Question:
    """The bodies for a query."""
    aggregations, choices = facets(query, parts)
    hits = _hits(query, parts, choices) if query.page_size else None
    counts = None
    if hits is None or query.facets:
        # No score is asked for: the text is a condition like the others.
        where = {"bool": {"filter": [*parts.filters, parts.text], "must_not": parts.must_not}}
        counts = {"query": where, "size": 0, "track_total_hits": True}
        if aggregations:
            counts["aggs"] = aggregations
        if choices:
            counts["post_filter"] = {"bool": {"filter": choices}}
    anchor = None
    if hits and query.cursor and is_scored(query, parts):
        anchor = _anchor(query, query.cursor, parts)
    return Question(hits, counts, anchor)


def _scored(query: Query, parts: Parts, filters: list[Clause]) -> Clause:
    bare = {"bool": {"filter": filters, "must_not": parts.must_not, "must": [parts.text]}}
    if not is_scored(query, parts):
        return bare
    return {
        "function_score": {
            "query": bare,
            "functions": parts.functions,
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _hits(query: Query, parts: Parts, choices: list[Clause]) -> Clause:
    cursor = query.cursor
    keys = order(query, parts)
    body: Clause = {
        "query": _scored(query, parts, [*parts.filters, *choices]),
        # One more than the page after a cursor: whether anything follows is not known from the total.
        "size": query.page_size + 1 if cursor else query.page_size,
        "track_total_hits": not query.facets,
        "sort": _sort(keys, bool(cursor and cursor.backwards)),
        "_source": list(parts.source),
    }
    if cursor and len(cursor.values) == len(keys):
        body["search_after"] = list(cursor.values)
    else:
        body["from"] = query.offset
    if parts.highlight:
        body["highlight"] = parts.highlight
    return body


def _anchor(query: Query, cursor: Cursor, parts: Parts) -> Clause:
    """Where the finds of the cursor stand now: a score moves a little with every document that comes or goes."""
    here = {"terms": {"id": list(cursor.pks)}}
    return {
        "query": _scored(query, parts, [*parts.filters, here]),
        "size": len(cursor.pks),
        "track_total_hits": False,
        "sort": _sort(order(query, parts), cursor.backwards),
        "_source": False,
    }


def distance_from(query: Query) -> tuple[float, float] | None:
    """The point that distances are told from."""
    place = query.area
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude
