"""What tests use beside the fixtures: run what would happen after the commit, look into mails."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from django.core import mail
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from post_office.mail import send_queued_mail_until_done


@contextmanager
def _connection_kept() -> Iterator[None]:
    """Worker and post_office close the connection now and then: with it would go the transaction a test lives in."""
    if not connection.in_atomic_block:
        yield
        return
    worker = "django_tasks_db.management.commands.db_worker.close_old_connections"
    with mock.patch(worker), mock.patch("post_office.mail.db_connection"):
        yield


def run_tasks() -> int:
    """Run every task that is ready, as the worker would; a task that failed fails the test. Returns how many ran."""
    before = DBTaskResult.objects.filter(finished_at__isnull=False).count()
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    with _connection_kept():
        worker.run()
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).first()
    assert failed is None, f"{failed.task_path} failed:\n{failed.traceback}"
    return DBTaskResult.objects.filter(finished_at__isnull=False).count() - before


def deliver_mails() -> list:
    """Run the tasks, then send the queued mails. Returns all mails sent so far in this test, oldest first."""
    run_tasks()
    # A lock of this process's own: another suite on the machine may be sending.
    with _connection_kept():
        send_queued_mail_until_done(lockfile=str(Path(tempfile.gettempdir()) / f"post_office-{os.getpid()}"))
    return mail.outbox


def mails_to(address: str) -> list:
    """The mails delivered to an address so far."""
    return [message for message in deliver_mails() if address in message.to]
