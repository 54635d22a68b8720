"""Wagtail's own search (pages, images, documents, snippets in the administration) on Elasticsearch.

A thin layer on modelsearch's backend, for what its settings cannot say: the administration answers from the database
while the server does not (Wagtail would answer 500), a deletion that is rolled back deletes nothing, and nothing is
written before `update_index` has made the index. What settings can say stands in the settings: accents (an analyzer
named `standard`), and the queue in the database, which a rolled-back save leaves empty.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import transaction
from elasticsearch import ApiError, TransportError
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import FieldError, FilterError
from modelsearch.backends.elasticsearch8 import (
    Elasticsearch8Index,
    Elasticsearch8SearchBackend,
    Elasticsearch8SearchResults,
)

from search.client import client
from search.engines.resilient import Breaker

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
#: The name in `WAGTAILSEARCH_BACKENDS` of the one that answers meanwhile.
FALLBACK = "database"
breaker = Breaker(name="office-search-outage")


class Results(Elasticsearch8SearchResults):
    """Asked of Elasticsearch, and of the database when that is silent, has no index yet or cannot ask it so."""

    def _do_search(self) -> Iterator[Any]:
        return iter(
            self._ask(lambda: list(super(Results, self)._do_search()), lambda: list(self._in_database()))
        )

    def _do_count(self) -> int:
        return self._ask(lambda: super(Results, self)._do_count(), lambda: len(self._in_database()))

    def facet(self, field_name: str) -> Any:
        return self._ask(
            lambda: super(Results, self).facet(field_name), lambda: self._in_database().facet(field_name)
        )

    def _ask(self, server: Callable[[], Answer], database: Callable[[], Answer]) -> Answer:
        if not breaker.allows():
            return database()
        try:
            answer = server()
        except TransportError as error:
            breaker.failed(error)
        except (ApiError, FilterError, FieldError) as error:
            # It answers, but not this: there is no index before `update_index`, and some filters it does not know.
            logger.warning("The administration's search falls back on the database: %s", error)
        else:
            breaker.succeeded()
            return answer
        return database()

    def _in_database(self) -> Any:
        asked = self.query_compiler
        backend = get_search_backend(FALLBACK)
        completes = isinstance(asked, self.backend.autocomplete_query_compiler_class)
        search = backend.autocomplete if completes else backend.search
        results = search(
            asked.query, asked.queryset, fields=asked.fields, order_by_relevance=asked.order_by_relevance
        )
        return results[self.start : self.stop]


class Index(Elasticsearch8Index):
    """Takes nothing before `update_index` made it: Elasticsearch would guess a mapping of the first object."""

    def add_item(self, item: Any) -> None:
        if self.is_alias():
            super().add_item(item)

    def delete_item(self, item: Any) -> None:
        # Deleting clears the key, and the deletion may yet be rolled back.
        gone = copy.copy(item)
        transaction.on_commit(lambda: self._delete(gone), robust=True)

    def _delete(self, item: Any) -> None:
        try:
            super().delete_item(item)
        except (ApiError, TransportError):
            # A find without its row is dropped from the answers; the next `update_index` forgets it.
            logger.exception("%r stays in the administration's search until the next update_index", item)


class SearchBackend(Elasticsearch8SearchBackend):
    """The backend to name in `WAGTAILSEARCH_BACKENDS`; where the server is, `search.client` knows."""

    index_class = Index
    results_class = Results

    @staticmethod
    def client_class(**options: Any) -> Any:
        """The connection of this purpose, one a process: modelsearch would make one for each search."""
        return client("office")
