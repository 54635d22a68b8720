"""The search engine proper."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import index
from search.client import client
from search.engines import es_answer, es_near, es_query
from search.engines.base import (
    AdQuery,
    CompanyQuery,
    CvQuery,
    Query,
    Results,
    SearchUnavailable,
    Step,
    anywhere,
    asked_now,
    counting,
)
from search.engines.es_body import Question
from search.engines.es_text import FIELDS, presence, steps, unstemmed
from search.language import spelling

logger = logging.getLogger(__name__)


_GENERATOR = {
    "field": "title.plain",
    "suggest_mode": "missing",
    "prefix_length": 1,
    "max_edits": 1,
    "size": 5,
}
_PHRASE = {"field": "title.plain", "size": 1, "max_errors": 2, "direct_generator": [_GENERATOR]}
#: The share of the time-out that is still all of it.
_NEARLY_ALL = 0.95


@dataclass(frozen=True)
class _Standing:
    """How many objects hold all the words, which words none holds, and what the titles would write instead.

    `held`: how many of the units are held by some object.
    """

    together: int
    held: int
    misspelt: list[str]
    suggested: str


class ElasticsearchEngine:
    """Asks Elasticsearch. Every failure of the server, a missing index included, is a `SearchUnavailable`."""

    name = "elasticsearch"

    def __init__(self, timeout: float | None = None, until: float | None = None) -> None:
        self._timeout, self._until = timeout, until

    def ads(self, query: AdQuery) -> Results:
        """Ads that match; a second, fuzzy try when the first finds nothing."""
        return self._begun()._ask("ads", query, es_query.ads)

    def companies(self, query: CompanyQuery) -> Results:
        """Company pages that match."""
        return self._begun()._ask("companies", query, es_query.companies)

    def cvs(self, query: CvQuery) -> Results:
        """CVs that match and that the employer may know of."""
        return self._begun()._ask("cvs", query, es_query.cvs)

    def within(self, seconds: float) -> ElasticsearchEngine:
        """The same engine with another time-out: a trial after an outage should not cost a visitor a full one."""
        return ElasticsearchEngine(timeout=seconds)

    def _server(self, kind: str) -> Elasticsearch:
        """The client that may read this kind: that of public pages cannot read the CV library."""
        server = client("recruiter" if kind == "cvs" else "public")
        if self._until is None:
            return server
        left = self._until - time.monotonic()
        if left <= 0:
            raise SearchUnavailable("The server answers too slowly.")
        # The first request, mostly the only one, has all the time, which is the client's own: making one with another
        # costs a tenth of the whole request.
        if left > _NEARLY_ALL * settings.ELASTICSEARCH_TIMEOUT:
            return server
        return server.options(request_timeout=left)

    def _begun(self) -> ElasticsearchEngine:
        """The engine for one question, whose requests share the time-out of one: ten slow answers are no page."""
        timeout = settings.ELASTICSEARCH_TIMEOUT if self._timeout is None else self._timeout
        return ElasticsearchEngine(timeout, time.monotonic() + timeout)

    def _ask(self, kind: str, query: Query, build: Callable[..., Question]) -> Results:
        query = asked_now(query, self.name)
        results = self._search(kind, query, build(query))
        doubtful = spelling.doubtful(query.understood)
        if not query.understood.units or (results.total and not doubtful):
            return results
        standing = self._standing(kind, query, build)
        if results.total:
            return self._respelt(kind, query, build, doubtful & set(standing.misspelt)) or results
        # Filters or the place may be what leaves nothing: only words that no object at all holds together are
        # looked for otherwise.
        if standing.together:
            return results
        return self._otherwise(kind, query, build, standing) or results

    def _respelt(
        self, kind: str, query: Query, build: Callable[..., Question], misspelt: set[str]
    ) -> Results | None:
        """A sentence of which other words found something, with its wrong ones put right."""
        corrected = spelling.corrected(query.text, misspelt) if misspelt else ""
        found = self._search(kind, query, build(replace(query, text=corrected))) if corrected else None
        return replace(found, step=Step.CORRECTED, corrected=corrected) if found and found.total else None

    def _otherwise(
        self, kind: str, query: Query, build: Callable[..., Question], standing: _Standing
    ) -> Results | None:
        """What the next looser step finds, with the step said; None when none finds anything."""
        misspelt = frozenset(standing.misspelt)
        if misspelt and (corrected := spelling.corrected(query.text, misspelt) or standing.suggested):
            other = replace(query, text=corrected)
            for step, attempt in steps(other.understood):
                found = self._search(kind, other, build(other, attempt))
                if found.total:
                    step = Step.CORRECTED if step == Step.STRICT else step
                    return replace(found, step=step, corrected=corrected)
        near = self._near(kind, query, build, standing.misspelt) if misspelt else {}
        possible = standing.held + len(near)
        for step, attempt in steps(query.understood, near):
            asks = len(attempt.understood.must) + attempt.at_least
            if step == Step.STRICT or possible < max(asks, 1):
                continue
            found = self._search(kind, query, build(query, attempt))
            if found.total:
                return replace(found, step=step)
        return None

    def _standing(self, kind: str, query: Query, build: Callable[..., Question]) -> _Standing:
        """Which of the words stand anywhere, and the spelling that titles suggest for the others. One request."""
        asked, everywhere = query.understood, anywhere(query)
        body = dict(build(replace(everywhere, text="")).counts or {})
        filters = presence(asked, FIELDS[kind])
        filters["together"] = (build(everywhere).counts or {})["query"]
        body |= {
            "track_total_hits": False,
            "aggs": {"units": {"filters": {"filters": filters}}},
            "suggest": {"text": query.text, "spelling": {"phrase": _PHRASE}},
        }
        (raw,) = es_answer.ask(self._server(kind), index.alias(kind), [body])
        counts = {name: row["doc_count"] for name, row in raw["aggregations"]["units"]["buckets"].items()}
        misspelt = [
            unit.typed[0]
            for number, unit in enumerate(asked.must + asked.some)
            if not counts[str(number)] and len(unit.typed) == 1 and not unit.is_quoted
        ]
        options = raw["suggest"]["spelling"][0]["options"]
        together = counts.pop("together")
        held = sum(count > 0 for count in counts.values())
        return _Standing(together, held, misspelt, spelling.accented(options[0]["text"]) if options else "")

    def _near(
        self, kind: str, query: Query, build: Callable[..., Question], words: Sequence[str]
    ) -> es_near.Near:
        """What may be meant by the first of these words. One request."""
        shown = (build(replace(anywhere(query), text="")).counts or {})["query"]
        words = list(dict.fromkeys(words))[: es_near.MAX_WORDS]
        body = es_near.question(words, unstemmed(FIELDS[kind]), shown)
        (raw,) = es_answer.ask(self._server(kind), index.alias(kind), [body])
        return es_near.answer(raw)

    def _search(self, kind: str, query: Query, asked: Question) -> Results:
        return es_answer.results(self._server(kind), index.alias(kind), query, asked)

    def ad_totals(self, queries: Sequence[AdQuery]) -> list[int]:
        """How many ads each of these finds, in one request, whatever their pages; no second tries."""
        return self._totals("ads", queries, es_query.ads)

    def company_totals(self, queries: Sequence[CompanyQuery]) -> list[int]:
        """The same of company pages."""
        return self._totals("companies", queries, es_query.companies)

    def _totals(self, kind: str, queries: Sequence[Query], build: Callable[..., Question]) -> list[int]:
        if not queries:
            return []
        now = timezone.now()
        bodies = [build(counting(query, now)).counts or {} for query in queries]
        answers = es_answer.ask(self._begun()._server(kind), index.alias(kind), bodies)
        return [answer["hits"]["total"]["value"] for answer in answers]
