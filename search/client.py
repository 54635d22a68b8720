"""The connection to Elasticsearch, one a process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer


@lru_cache(maxsize=4)
def _connect(url: str, api_key: str, timeout: float) -> Elasticsearch:
    options: dict[str, Any] = {"api_key": api_key} if api_key else {}
    # No retries: a visitor waits for one time-out at most, then the database answers.
    return Elasticsearch(
        url,
        request_timeout=timeout,
        max_retries=0,
        retry_on_timeout=False,
        serializer=OrjsonSerializer(),
        **options,
    )


def client() -> Elasticsearch:
    """The client for `ELASTICSEARCH_URL`, with the short time-out of a page."""
    return _connect(
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_TIMEOUT
    )


def patient_client() -> Elasticsearch:
    """The same client for writing: a bulk may take a while, and nobody waits for it."""
    return client().options(request_timeout=30)
