"""The search engine proper."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from search import index
from search.client import client
from search.engines import es_query
from search.engines.base import (
    AdQuery,
    CompanyQuery,
    CvQuery,
    FacetValue,
    Hit,
    Query,
    Results,
    SearchUnavailable,
    anywhere,
)
from search.vocabulary import french

logger = logging.getLogger(__name__)


def _hit(raw: dict[str, Any]) -> Hit:
    marks = raw.get("highlight", {})
    distance = raw.get("fields", {}).get("km", [None])[0]
    return Hit(
        pk=int(raw["_id"]),
        score=raw.get("_score") or 0.0,
        title_html=marks.get("title", [""])[0],
        snippet_html=marks.get("body", [""])[0],
        distance_km=distance,
    )


def _facets(aggregations: dict[str, Any]) -> dict[str, list[FacetValue]]:
    return {
        name: [FacetValue(str(bucket["key"]), bucket["doc_count"]) for bucket in found["values"]["buckets"]]
        for name, found in aggregations.items()
    }


class ElasticsearchEngine:
    """Asks Elasticsearch. Every failure of the server, a missing index included, is a `SearchUnavailable`."""

    name = "elasticsearch"

    def __init__(self, connection: Elasticsearch | None = None) -> None:
        self._connection = connection

    def ads(self, query: AdQuery) -> Results:
        """Ads that match; a second, fuzzy try when the first finds nothing."""
        return self._ask("ads", query, es_query.ads)

    def companies(self, query: CompanyQuery) -> Results:
        """Company pages that match."""
        return self._ask("companies", query, es_query.companies)

    def cvs(self, query: CvQuery) -> Results:
        """CVs that match and that the employer may know of."""
        return self._ask("cvs", query, es_query.cvs)

    def within(self, seconds: float) -> ElasticsearchEngine:
        """The same engine with another time-out: a trial after an outage should not cost a visitor a full one."""
        return ElasticsearchEngine((self._connection or client()).options(request_timeout=seconds))

    def _ask(self, kind: str, query: Query, build: Callable[..., dict[str, Any]]) -> Results:
        results = self._search(kind, query, build(query))
        # Filters or the place may be what leaves nothing: only a text without any match at all is a typo.
        if (
            results.total
            or not french.tokens(query.text)
            or self._search(kind, query, build(anywhere(query))).total
        ):
            return results
        fuzzy = self._search(kind, query, build(query, fuzzy=True))
        if not fuzzy.total:
            return results
        return replace(fuzzy, corrected=self._did_you_mean(kind, query.text))

    def _search(self, kind: str, query: Query, arguments: dict[str, Any]) -> Results:
        try:
            raw = (self._connection or client()).search(index=index.alias(kind), **arguments).body
        except (ApiError, TransportError) as error:
            raise SearchUnavailable(f"{type(error).__name__}: {error}") from error
        return Results(
            total=raw["hits"]["total"]["value"],
            hits=[_hit(hit) for hit in raw["hits"]["hits"]],
            page=query.page,
            page_size=query.page_size,
            facets=_facets(raw.get("aggregations", {})),
            engine=self.name,
        )

    def _did_you_mean(self, kind: str, text: str) -> str:
        """The likely spelling of `text`; `text` itself when the index knows none."""
        generator = {"field": "title.plain", "suggest_mode": "missing", "prefix_length": 1, "size": 5}
        phrase = {"field": "title.plain", "size": 1, "max_errors": 2, "direct_generator": [generator]}
        try:
            raw = (self._connection or client()).search(
                index=index.alias(kind), size=0, suggest={"text": text, "spelling": {"phrase": phrase}}
            )
        except (ApiError, TransportError) as error:
            raise SearchUnavailable(f"{type(error).__name__}: {error}") from error
        options = raw["suggest"]["spelling"][0]["options"]
        return str(options[0]["text"]) if options else text
