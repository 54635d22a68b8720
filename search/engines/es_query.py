"""Questions to Elasticsearch, as plain dicts (the DSL's hit wrapping costs half the throughput)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from search.engines.base import (
    AD_FACETS,
    AGE,
    AGES,
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
from search.engines.es_text import AD_TEXT, COMPANY_TEXT, CV_TEXT, Attempt, clause, highlight


def _marks(query: Query) -> Clause | None:
    return highlight(query.understood) if query.highlight and query.understood.units else None


def _ages(query: AdQuery) -> tuple[Clause, Clause | None]:
    """What counts ads by age, and the age that was chosen."""

    def published(days: int) -> str:
        return minute((query.now or timezone.now()) - timedelta(days=days))

    ranges = [{"key": "", "from": "1970-01-01"}]
    ranges += [{"key": str(days), "from": published(days)} for days in AGES]
    counted: Clause = {"date_range": {"field": "published_at", "ranges": ranges}}
    if not query.since_days:
        return counted, None
    return counted, {"range": {"published_at": {"gte": published(query.since_days)}}}


def ads(query: AdQuery, attempt: Attempt | None = None) -> Question:
    """The question for ads that are public at `query.now`, as far as dates tell."""
    filters: list[Clause] = [{"range": {"ends_at": {"gt": minute(query.now)}}}, *area(query)]
    if query.pay_from:
        filters.append({"range": {"pay_max": {"gte": query.pay_from}}})
    if query.pay_to:
        filters.append({"range": {"pay_min": {"lte": query.pay_to}}})
    if query.company:
        filters.append({"term": {"company": query.company}})
    parts = Parts(
        filters=filters,
        must_not=[{"term": {"id": query.exclude}}] if query.exclude else [],
        text=clause(attempt or Attempt.strict(query), AD_TEXT),
        functions=freshness("published_at", "14d", query),
        facets=AD_FACETS,
        ranges={AGE: _ages(query)},
        newest="published_at",
        source=("card", "location"),
        has_words=bool(query.understood.units),
        highlight=_marks(query),
    )
    return question(query, parts)


def companies(query: CompanyQuery, attempt: Attempt | None = None) -> Question:
    """The question for company pages: by name, or by how well they match when words are searched."""
    parts = Parts(
        filters=[{"exists": {"field": "published_at"}}, *area(query)],
        must_not=[],
        text=clause(attempt or Attempt.strict(query), COMPANY_TEXT),
        functions=[{"weight": 1}],
        facets=COMPANY_FACETS,
        names="sort_name",
        newest="published_at",
        source=("card", "location"),
        has_words=bool(query.understood.units),
        highlight=_marks(query),
    )
    return question(query, parts)


def cvs(query: CvQuery, attempt: Attempt | None = None) -> Question:
    """The question for the CVs that are still fresh."""
    parts = Parts(
        filters=[{"range": {"fresh_until": {"gt": minute(query.now)}}}, *area(query)],
        must_not=[],
        text=clause(attempt or Attempt.strict(query), CV_TEXT),
        functions=freshness("updated_at", "60d", query),
        facets=CV_FACETS,
        newest="updated_at",
        source=("location",),
        has_words=bool(query.understood.units),
        highlight=_marks(query),
    )
    return question(query, parts)
