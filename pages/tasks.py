"""What happens to pages by the clock: due publications, and ads whose time is over."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, Revision

from . import emails, reminders
from .models import JobAd, Placement

logger = logging.getLogger(__name__)


@task()
def publish_due() -> int:
    """Publish each revision whose moment has come, a transaction each. Returns how many went live.

    Wagtail's own command stops at the first that fails, and the rest never appear. Safe to run twice.
    """
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by(
        "approved_go_live_at", "pk"
    )
    return sum(_publish(pk) for pk in due.values_list("pk", flat=True))


def _publish(pk: int) -> bool:
    try:
        with transaction.atomic():
            revision = _still_due(pk)
            if revision is None:
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
            return True
    except ValidationError as refusal:
        _unschedule(pk, " ".join(refusal.messages))
    except Exception:
        # One page in trouble must not keep the others waiting; this one is tried again next time.
        logger.exception("Revision %s could not be published", pk)
    return False


def _still_due(pk: int) -> Revision | None:
    """The revision, locked, if it is still to be published now."""
    due = Revision.objects.select_for_update(of=("self",)).filter(
        pk=pk, approved_go_live_at__lte=timezone.now()
    )
    return due.first()


@transaction.atomic
def _unschedule(pk: int, reason: str) -> None:
    """Take a refused publication off the schedule and tell whose it is. Locks the revision."""
    revision = _still_due(pk)
    if revision is None:
        return
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    page = revision.content_object
    emails.schedule_refused(page, revision.user or page.owner, reason)


@task()
def remind_of_ends() -> int:
    """Mail the people of each ad that ends in seven days or tomorrow. Safe to run twice. Returns how many ads."""
    return reminders.remind()


@task()
def unpublish_ended() -> int:
    """Take offline the ads that no placement holds any more, a transaction each. Returns how many.

    Nothing waits for it: `visible()` has hidden them since midnight. Safe to run twice.
    """
    now = timezone.now()
    running = Placement.objects.open_at(now)
    ended = JobAd.objects.filter(live=True).exclude(pk__in=running.filter(ad__isnull=False).values("ad"))
    count = 0
    for pk in ended.values_list("pk", flat=True):
        with transaction.atomic():
            Page.objects.select_for_update().get(pk=pk)
            ad = JobAd.objects.get(pk=pk)
            if ad.live and not running.filter(ad=ad).exists():
                ad.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
                count += 1
    return count
