from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = "recherche"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import signals, stale_words  # noqa: F401

        post_migrate.connect(_keep_word_indexes, sender=self)


def _keep_word_indexes(using: str, **_: Any) -> None:
    from search.models import word_index
    from search.shadow import MODELS

    word_index.install(connections[using], [model._meta.db_table for model in MODELS.values()])
