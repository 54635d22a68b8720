"""The search engine proper."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError

from search import index
from search.client import client
from search.engines import es_answer, es_query
from search.engines.base import (
    AdQuery,
    CompanyQuery,
    CvQuery,
    Query,
    Results,
    SearchUnavailable,
    anywhere,
    asked_now,
    counting,
)
from search.engines.es_body import Question
from search.vocabulary import french

logger = logging.getLogger(__name__)


class ElasticsearchEngine:
    """Asks Elasticsearch. Every failure of the server, a missing index included, is a `SearchUnavailable`."""

    name = "elasticsearch"

    def __init__(self, timeout: float | None = None) -> None:
        self._timeout = timeout

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
        return ElasticsearchEngine(timeout=seconds)

    def _server(self, kind: str) -> Elasticsearch:
        """The client that may read this kind: that of public pages cannot read the CV library."""
        server = client("recruiter" if kind == "cvs" else "public")
        return server if self._timeout is None else server.options(request_timeout=self._timeout)

    def _ask(self, kind: str, query: Query, build: Callable[..., Question]) -> Results:
        query = asked_now(query, self.name)
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

    def _search(self, kind: str, query: Query, asked: Question) -> Results:
        return es_answer.results(self._server(kind), index.alias(kind), query, asked)

    def ad_totals(self, queries: Sequence[AdQuery]) -> list[int]:
        """How many ads each of these finds, in one request, whatever their pages; no second tries."""
        if not queries:
            return []
        now = timezone.now()
        bodies = [es_query.ads(counting(query, now)).counts or {} for query in queries]
        answers = es_answer.ask(self._server("ads"), index.alias("ads"), bodies)
        return [answer["hits"]["total"]["value"] for answer in answers]

    def _did_you_mean(self, kind: str, text: str) -> str:
        """The likely spelling of `text`; `text` itself when the index knows none."""
        generator = {"field": "title.plain", "suggest_mode": "missing", "prefix_length": 1, "size": 5}
        phrase = {"field": "title.plain", "size": 1, "max_errors": 2, "direct_generator": [generator]}
        try:
            raw = self._server(kind).search(
                index=index.alias(kind), size=0, suggest={"text": text, "spelling": {"phrase": phrase}}
            )
        except (ApiError, TransportError) as error:
            raise SearchUnavailable(f"{type(error).__name__}: {error}") from error
        options = raw["suggest"]["spelling"][0]["options"]
        return str(options[0]["text"]) if options else text
