"""What would otherwise keep the worker busy for minutes at the first start."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from outbox.models import Entry
from search import indexing

from .scene import Scene


def finish(scene: Scene) -> None:
    """Forget the mails of a past that never was: nobody is to be written to about it."""
    Email.objects.filter(created__gte=scene.now).exclude(status=STATUS.sent).delete()


def catch_up(scene: Scene) -> None:
    """After the commit: bring search and references up to date at once, then drop the tasks that would do it singly."""
    indexing.drain()
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    done = [
        "wagtail.tasks.update_reference_index_task",
        "modelsearch.tasks.insert_or_update_object_task",
        # The mails that they would send are gone, see `finish`.
        "ashjob.tasks.send_mails",
    ]
    if not Entry.objects.waiting().filter(topic__in=indexing.TOPICS).exists():
        done.append("search.tasks.drain")
    DBTaskResult.objects.filter(task_path__in=done).delete()
