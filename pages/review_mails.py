"""The mails of the review: ours for ads, in Wagtail's place; Wagtail's own for any other page that has a workflow.

Wagtail's go to whoever asked, also when that person left the employer since, know nothing of an approval's comment, and
reach an administrator twice for each ad sent.
"""

from __future__ import annotations

from django.utils import timezone
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.models import User
from reference.dates import paris_day

from . import emails, review
from .models import JobAd, ReviewTask
from .people import people_of


def take_over() -> None:
    """Connect under the names that Wagtail uses. Run it before Wagtail's own: of two of a name the first stays."""
    for signal, receiver, sender, name in (
        (task_submitted, submitted, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, workflow_begun, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_rejected, returned, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_approved, approved, WorkflowState, "workflow_state_approved_email_notification"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=name)


def submitted(instance: TaskState, user: User | None = None, **kwargs) -> None:
    """Mail those who review, once each."""
    if not isinstance(instance.task.specific, ReviewTask):
        wagtails.task_submission_email_notifier(instance=instance, user=user, **kwargs)
        return
    if ad := _ad_of(instance.workflow_state):
        asked = instance.workflow_state.requested_by
        emails.to_review(ad, str(asked or ""), _reviewers(instance.task.specific, user))


def workflow_begun(instance: WorkflowState, user: User | None = None, **kwargs) -> None:
    """For an ad, its reviewers are told when the step begins: see `submitted`."""
    if _ad_of(instance) is None:
        wagtails.workflow_submission_email_notifier(instance=instance, user=user, **kwargs)


def returned(instance: WorkflowState, user: User | None = None, **kwargs) -> None:
    """Mail the ad's people why it is to be corrected."""
    ad = _ad_of(instance)
    if ad is None:
        wagtails.workflow_rejection_email_notifier(instance=instance, user=user, **kwargs)
        return
    emails.review_returned(ad, _told(ad, instance, user), _words(ad))


def approved(instance: WorkflowState, user: User | None = None, **kwargs) -> None:
    """Mail the ad's people that it is online or on the schedule, with the reviewer's words."""
    ad = _ad_of(instance)
    if ad is None:
        wagtails.workflow_approval_email_notifier(instance=instance, user=user, **kwargs)
        return
    moment = ad.revisions.filter(approved_go_live_at__gt=timezone.now()).values_list("approved_go_live_at")
    due = moment.first()
    emails.review_approved(
        ad, _told(ad, instance, user), _words(ad), goes_live_on=paris_day(due[0]) if due else None
    )


def _ad_of(state: WorkflowState) -> JobAd | None:
    """The ad as its row says now; None for anything else that has a workflow."""
    page = state.content_object
    if not isinstance(page, Page) or page.specific_class is not JobAd:
        return None
    return JobAd.objects.select_related("employer").get(pk=page.pk)


def _told(ad: JobAd, state: WorkflowState, by: User | None) -> list[User]:
    return [user for user in people_of(ad, state.requested_by_id) if user != by]


def _words(ad: JobAd) -> str:
    verdict = review.last_verdict(ad)
    return verdict.comment if verdict else ""


def _reviewers(task: ReviewTask, by: User | None) -> list[User]:
    """The members of the step's groups who did not refuse such mails; without any, the administrators."""
    wanting = User.objects.filter(is_active=True).exclude(wagtail_userprofile__submitted_notifications=False)
    members = wanting.filter(groups__in=task.groups.all()).distinct()
    reviewers = list(members) or list(wanting.filter(is_superuser=True))
    return [user for user in reviewers if user != by]
