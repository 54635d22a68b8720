"""Does an employer answer? Computed from the applications of the last year that have had a week to be answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Employer

from .models import Application

#: An application younger than this may still be answered in good time.
TIME_TO_ANSWER = timedelta(days=7)
LOOK_BACK = timedelta(days=365)
#: Fewer applications than this say nothing about an employer.
ENOUGH = 5


def rate(employer: Employer, now: datetime | None = None) -> int | None:
    """The share of applications answered, in percent; None while there are too few. One query.

    Those withdrawn before any answer do not count: nobody could answer them any more.
    """
    now = now or timezone.now()
    counted = Application.objects.filter(
        employer=employer, sent_at__gt=now - LOOK_BACK, sent_at__lte=now - TIME_TO_ANSWER
    ).exclude(state=Application.State.WITHDRAWN, answered_at=None)
    figures = counted.aggregate(total=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    if figures["total"] < ENOUGH:
        return None
    return round(100 * figures["answered"] / figures["total"])


def sentence(employer: Employer, now: datetime | None = None) -> str:
    """The rate in words, or ""."""
    share = rate(employer, now)
    if share is None:
        return ""
    return "Répond à toutes les candidatures" if share == 100 else f"Répond à {share} % des candidatures"
