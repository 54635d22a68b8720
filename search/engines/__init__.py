"""One small interface, two engines: `get_engine()` gives the one to use."""

from __future__ import annotations

from django.conf import settings

from search.engines.base import Engine
from search.engines.resilient import Breaker, Outage, ResilientEngine

_breaker = Breaker()


def get_engine() -> Engine:
    """Elasticsearch backed by the database when `ELASTICSEARCH_URL` is set, the database alone otherwise."""
    from search.engines.database import DatabaseEngine
    from search.engines.elasticsearch import ElasticsearchEngine

    if not settings.ELASTICSEARCH_URL:
        return DatabaseEngine()
    return ResilientEngine(ElasticsearchEngine(), DatabaseEngine(), _breaker)


def outage() -> Outage | None:
    """The outage of Elasticsearch that goes on, as visitors' searches found it; None while all is well."""
    return _breaker.outage()
