"""The connections to Elasticsearch: one a process for each purpose, each with the rights of its purpose alone.

Pages that anybody sees cannot read the CV library, whatever a query asks for; the recruiters' pages read it and write
nothing; only the indexer writes. The administration's search has indices of its own and reaches no other. Without keys
of their own all of them use `ELASTICSEARCH_API_KEY`, or none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

Purpose = Literal["public", "recruiter", "indexer", "office"]
#: Seconds that a write may take: nobody waits for it.
PATIENCE = 30.0
SERIALIZER = OrjsonSerializer()


@lru_cache(maxsize=16)
def _connect(urls: tuple[str, ...], api_key: str, timeout: float) -> Elasticsearch:
    options: dict[str, Any] = {"api_key": api_key} if api_key else {}
    # A node that refuses the connection is passed over at once, for each other one of the cluster. A slow one is not
    # waited for twice: after one time-out the database answers.
    return Elasticsearch(
        list(urls),
        request_timeout=timeout,
        max_retries=len(urls) - 1,
        retry_on_timeout=False,
        serializer=SERIALIZER,
        **options,
    )


def _key(purpose: Purpose) -> str:
    return getattr(settings, f"ELASTICSEARCH_API_KEY_{purpose.upper()}", "") or settings.ELASTICSEARCH_API_KEY


def nodes() -> tuple[str, ...]:
    """The addresses in `ELASTICSEARCH_URL`, separated by commas."""
    return tuple(url.strip() for url in settings.ELASTICSEARCH_URL.split(",") if url.strip())


def client(purpose: Purpose = "public") -> Elasticsearch:
    """The client for reading, with the short time-out of a page."""
    return _connect(nodes(), _key(purpose), settings.ELASTICSEARCH_TIMEOUT)


def patient_client() -> Elasticsearch:
    """The indexer's client: it alone creates, writes, swaps and removes."""
    return _connect(nodes(), _key("indexer"), PATIENCE)
