"""What happens to accounts in the background."""

from django.db import transaction
from django_tasks import task

from . import exports
from .models import DataExport


@task()
def make_export(pk: int) -> None:
    """Make the copy of a person's data. Safe to run twice."""
    exports.make(pk)


@task()
def forget_exports() -> int:
    """Delete the copies whose time is over. Returns how many. Safe to run twice."""
    with transaction.atomic():
        return exports.forget(DataExport.objects.over())
