"""Tasks that belong to no application."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from post_office.mail import send_queued_mail_until_done
from post_office.models import Email

import outbox.services as outbox

#: How long finished work and sent mails stay readable to the office.
KEEP_DAYS = 90


@task()
def send_mails() -> None:
    """Send every queued mail. Safe to run twice: post_office claims each row, and retries those that failed."""
    send_queued_mail_until_done()


def send_soon(sender: type[Email], emails: list[Email], **kwargs) -> None:
    """A mail was queued: enqueue its sending, in the same transaction as its row."""
    send_mails.enqueue()


@task()
def clean_up() -> None:
    """Forget what was done long ago: sent mails, finished tasks, ended sessions, changes that were passed on."""
    call_command("cleanup_mail", days=KEEP_DAYS, delete_attachments=True, verbosity=0)
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, verbosity=0)
    call_command("clearsessions", verbosity=0)
    outbox.forget(timezone.now() - timedelta(days=KEEP_DAYS))
