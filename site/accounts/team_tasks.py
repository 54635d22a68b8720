"""What happens to teams by the clock: the quarterly mail "qui a accès", and forgetting what ended long ago."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django_tasks import task

from reference.dates import paris_day

from . import team_emails
from .models import AccessReview, Employer, Invitation, TeamEvent

#: An invitation that ended keeps the address of somebody who may never have come.
KEEP_INVITATIONS = timedelta(days=90)
KEEP_HISTORY = timedelta(days=3 * 365)


@task()
def review_access() -> int:
    """Tell administrators who has access, once a quarter and employer, where there is more than one member.

    A transaction each: the row that keeps the mail from going twice is written with the mail. An employer who came
    within the quarter waits for the next. Returns how many were told. Safe to run twice and at once.
    """
    today = paris_day()
    quarter = f"{today.year}-T{(today.month - 1) // 3 + 1}"
    begin = timezone.make_aware(
        datetime(today.year, 3 * ((today.month - 1) // 3) + 1, 1), timezone.get_default_timezone()
    )
    due = (
        Employer.objects.filter(created_at__lt=begin)
        .exclude(access_reviews__quarter=quarter)
        .annotate(team=Count("memberships"))
        .filter(team__gt=1)
        .order_by("pk")
    )
    return sum(_review(pk, quarter) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _review(pk: int, quarter: str) -> bool:
    employer = Employer.objects.select_for_update().get(pk=pk)
    _, is_new = AccessReview.objects.get_or_create(employer=employer, quarter=quarter)
    if is_new:
        members = list(employer.memberships.select_related("user").order_by("user__last_name", "pk"))
        team_emails.access_review(employer, members, list(employer.invitations.pending()))
    return is_new


@task()
def forget_old() -> None:
    """Delete invitations that ended, and lines of the history, when they are old. Safe to run twice."""
    now = timezone.now()
    Invitation.objects.filter(expires_at__lt=now - KEEP_INVITATIONS).delete()
    TeamEvent.objects.filter(created_at__lt=now - KEEP_HISTORY).delete()
