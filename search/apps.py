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
        from django.core.signals import request_started
        from django_tasks.signals import task_started

        from search import signals, stale_words  # noqa: F401
        from search.vocabulary import applied

        post_migrate.connect(_keep_word_indexes, sender=self)
        request_started.connect(applied.keep_up, dispatch_uid="search.vocabulary")
        task_started.connect(applied.keep_up, dispatch_uid="search.vocabulary")


def _keep_word_indexes(using: str, **_: Any) -> None:
    from search.models import word_index
    from search.shadow import MODELS

    word_index.install(connections[using], [model._meta.db_table for model in MODELS.values()])
