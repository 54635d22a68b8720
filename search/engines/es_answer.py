"""Sends the two bodies of a question in one request and reads finds, counts and cursors from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search.client import SERIALIZER
from search.engines.base import Cursor, FacetValue, Hit, Query, Results, SearchUnavailable, neighbours
from search.engines.es_body import REST, Clause, Question, distance_from, ranked_at
from search.engines.geo import distance_km
from search.engines.priority import freshness, lifted

#: How many finds a cursor knows, in case the nearest is gone when it is used.
ANCHORS = 3


def ask(connection: Elasticsearch, index: str, bodies: Sequence[Clause]) -> list[dict[str, Any]]:
    """The answers to `bodies`, in one request. Raises `SearchUnavailable` when one of them has none."""
    try:
        if len(bodies) == 1:
            return [connection.search(index=index, body=bodies[0]).body]
        # The client writes the lines of several searches with the slow library, whatever its serializer is; ready ones
        # it takes as they are.
        lines: list[Any] = [SERIALIZER.dumps(part) for body in bodies for part in ({"index": index}, body)]
        answers = connection.msearch(searches=lines).body["responses"]
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(f"{type(error).__name__}: {error}") from error
    for answer in answers:
        if "error" in answer:
            raise SearchUnavailable(str(answer["error"])[:500])
    return list(answers)


def results(connection: Elasticsearch, index: str, query: Query, asked: Question) -> Results:
    """One page of finds with total and facets. Raises `SearchUnavailable`."""
    if asked.anchor and asked.hits and query.cursor:
        asked.hits["search_after"] = _where_it_stands(connection, index, query.cursor, asked.anchor)
    answers = ask(connection, index, asked.bodies)
    counted = answers[-1]
    page = answers[0]["hits"]["hits"] if asked.hits else []
    follows, precedes = neighbours(query, len(page), counted["hits"]["total"]["value"])
    page = page[: query.page_size]
    if query.cursor and query.cursor.backwards:
        page.reverse()
    number = 1 if query.cursor and not precedes else query.page
    return Results(
        total=counted["hits"]["total"]["value"],
        hits=lifted(query, list(_hits(query, page))),
        page=number,
        page_size=query.page_size,
        facets=_facets(counted.get("aggregations", {})),
        engine="elasticsearch",
        after=_cursor(query, page[::-1]) if follows else None,
        before=_cursor(query, page, backwards=True) if precedes else None,
    )


def _where_it_stands(connection: Elasticsearch, index: str, cursor: Cursor, anchor: Clause) -> list[Any]:
    (answer,) = ask(connection, index, [anchor])
    standing = {int(hit["_id"]): hit["sort"] for hit in answer["hits"]["hits"]}
    return next((standing[pk] for pk in cursor.pks if pk in standing), list(cursor.values))


def _cursor(query: Query, nearest_first: list[dict[str, Any]], *, backwards: bool = False) -> Cursor:
    known = nearest_first[:ANCHORS]
    return Cursor(
        values=tuple(known[0]["sort"]),
        pks=tuple(int(hit["_id"]) for hit in known),
        at=ranked_at(query),
        engine="elasticsearch",
        backwards=backwards,
    )


def _hits(query: Query, page: Iterable[dict[str, Any]]) -> Iterable[Hit]:
    point, now = distance_from(query), query.now
    for raw in page:
        source, marks = raw.get("_source", {}), raw.get("highlight", {})
        card, location = source.get("card"), source.get("location")
        yield Hit(
            pk=int(raw["_id"]),
            score=raw.get("_score") or _without_words(card, query),
            title_html=marks.get("title", [""])[0],
            snippet_html=marks.get("body", [""])[0],
            distance_km=distance_km(*point, location["lat"], location["lon"]) if point and location else None,
            card=card,
            sponsored=_is_sponsored(card, now),
        )


def _without_words(card: dict[str, Any] | None, query: Query) -> float:
    """The score of an ad in a list that no words were asked for; nothing of what stands by name."""
    published = card.get("published") if card else None
    return 1 + freshness(datetime.fromisoformat(published), ranked_at(query)) if published else 0.0


def _is_sponsored(card: dict[str, Any] | None, now: datetime | None) -> bool:
    until = card.get("sponsored_until") if card else None
    return bool(until and now and datetime.fromisoformat(until) > now)


def _facets(aggregations: dict[str, Any]) -> dict[str, list[FacetValue]]:
    found: dict[str, list[FacetValue]] = {}
    for name, answer in aggregations.items():
        if name == REST:
            found |= _facets({key: value for key, value in answer.items() if isinstance(value, dict)})
            continue
        buckets = answer.get("values", answer)["buckets"]
        # A range is a bucket also where it holds nothing.
        found[name] = [
            FacetValue(bucket["key"], bucket["doc_count"]) for bucket in buckets if bucket["doc_count"]
        ]
    return found
