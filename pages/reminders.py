"""Mails before an ad's last day: seven days before and the day before, each once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from reference.dates import paris_day

from . import emails
from .models import JobAd, Placement
from .people import people_of

#: How many days before its last day an ad's people are told, the nearest first.
DAYS = (1, 7)


def remind(now: datetime | None = None) -> int:
    """Mail about each ad that ends soon, a transaction each. Returns of how many ads. Safe to run twice and at once."""
    now = now or timezone.now()
    return sum(_remind(pk, now) for pk in _ending(now).values_list("pk", flat=True))


def _ending(now: datetime):
    """Open placements of ads the public sees whose last day is near, and that no later one follows."""
    later = Placement.objects.open_at(now).filter(
        ad=models.OuterRef("ad"), ends_at__gt=models.OuterRef("ends_at")
    )
    return Placement.objects.open_at(now).filter(
        ~models.Exists(later),
        ends_at__lte=now + timedelta(days=max(DAYS) + 2),
        ad__in=JobAd.objects.visible(now),
    )


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    """Write the mails and that they were written, together. Locks the placement."""
    placement = Placement.objects.select_for_update().get(pk=pk)
    left = (placement.last_day - paris_day(now)).days
    due = next((days for days in DAYS if left <= days), None)
    if due is None or (placement.last_reminder is not None and placement.last_reminder <= due):
        return False
    placement.last_reminder = due
    placement.save(update_fields=["last_reminder"])
    ad = placement.ad
    if ad is None:
        return False
    emails.ends_soon(ad, placement, people_of(ad))
    return True
