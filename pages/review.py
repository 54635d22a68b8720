"""Review: whose ads the office reads before the public does, and what the guard asks of their publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState, WorkflowTask

from . import wordings
from .people import people_of
from .placements import PlacementRefused

if TYPE_CHECKING:
    from .models import JobAd

WORKFLOW = "Relecture"
#: The groups of the office that review.
REVIEWERS = ("Modération", "Commercial")
NOT_REVIEWED = (
    "Vos annonces sont relues par l’équipe d’ASH Job avant de paraître : envoyez celle-ci à la relecture "
    "depuis l’éditeur. Aucun crédit n’est utilisé avant son accord."
)

#: Nothing waits for this verdict any more.
DECIDED = (
    "Cette annonce n’attend plus de relecture : quelqu’un vient de la relire, ou son auteur l’a retirée. "
    "Rien n’a changé."
)
ALREADY = "already_decided"


def is_required(employer_id: int) -> bool:
    """Whether ads of this employer are reviewed before they are published. One or two queries."""
    from .models import Placement, ReviewSettings

    # Read anew: Wagtail would keep the setting on the site for as long as the instance lives.
    settings = ReviewSettings.objects.filter(site__is_default_site=True)
    required = settings.values_list("required_of", flat=True).first()
    if required == ReviewSettings.Required.NEW:
        return not Placement.objects.filter(employer=employer_id).exists()
    return required == ReviewSettings.Required.ALL


def is_required_of(ad: JobAd) -> bool:
    """Whether this ad is reviewed: its employer's are, or it was sent back and nobody approved it since.

    An employer stops being new with another ad, and the office changes its mind: neither corrects this one.
    Two or three queries.
    """
    if is_required(ad.employer_id):
        return True
    verdict = last_verdict(ad)
    return verdict is not None and verdict.status == TaskState.STATUS_REJECTED


def refuse_unreviewed(ad: JobAd) -> None:
    """Raise PlacementRefused when the ad is about to show what nobody of the office has read.

    Read is a revision that a reviewer approved, or that somebody of the office wrote.
    """
    if not is_required_of(ad) or is_approved(ad, ad.live_revision_id):
        return
    raise PlacementRefused(NOT_REVIEWED, "not_reviewed", ad.pk)


def is_approved(ad: JobAd, revision_id: int | None) -> bool:
    """Whether the office has read this revision of the ad. Up to two queries."""
    if revision_id is None:
        return False
    approved = TaskState.objects.filter(
        revision_id=revision_id,
        status=TaskState.STATUS_APPROVED,
        task__content_type__model="reviewtask",
    )
    if approved.exists():
        return True
    author = ad.revisions.filter(pk=revision_id).select_related("user").first()
    return bool(author and author.user and author.user.is_office)


def is_settled(ad: JobAd, revision: Revision) -> bool:
    """Whether a version is more than its author's draft: online, to be put online, or laid before the office."""
    if revision.pk == ad.live_revision_id or revision.approved_go_live_at is not None:
        return True
    return TaskState.objects.filter(revision=revision).exists()


def workflow() -> Workflow:
    """The workflow "Relecture" with its one step, made when missing. Groups that the office took off it stay off."""
    from .models import ReviewTask

    found = Workflow.objects.filter(
        active=True, workflow_tasks__task__content_type__model="reviewtask"
    ).first()
    if found:
        return found
    task = ReviewTask.objects.create(name=WORKFLOW)
    task.groups.set(Group.objects.filter(name__in=REVIEWERS))
    found = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=found, task=task)
    return found


def hold(task_state: TaskState) -> None:
    """Hold the ad and its review until the transaction ends; raise PlacementRefused when it waits for nobody.

    A second click, another reviewer, or its author who took it back while the page of the first was open.
    Locks the ad's row, then the review's: in the order of a publication that ends a review.
    """
    ad_id = int(task_state.workflow_state.object_id)
    Page.objects.select_for_update().filter(pk=ad_id).order_by().first()
    review = WorkflowState.objects.select_for_update(of=("self",)).get(pk=task_state.workflow_state_id)
    # A withdrawal ends the review first and its step after, not in one transaction.
    is_open = review.status == WorkflowState.STATUS_IN_PROGRESS
    if (
        not is_open
        or not TaskState.objects.filter(pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS).exists()
    ):
        raise PlacementRefused(DECIDED, ALREADY, ad_id)


def refuse_without_reason(task_state: TaskState, reason: str) -> None:
    """Raise PlacementRefused when an ad is sent back and nothing says why."""
    if not reason.strip():
        ad_id = int(task_state.workflow_state.object_id)
        raise PlacementRefused("Dites à l’employeur ce qu’il doit corriger.", "no_reason", ad_id)


def refuse_unlawful(task_state: TaskState) -> None:
    """Raise PlacementRefused for what the ad that is to be approved may not say.

    The guard would say it when a scheduled ad goes live; then the reviewer is gone.
    """
    from .models import JobAd

    ad = task_state.revision.as_object()
    if isinstance(ad, JobAd):
        wordings.refuse(ad)


@contextmanager
def telling_of_refusal(task_state: TaskState) -> Iterator[None]:
    """Around an approval: when it is refused, tell the reviewer, and the employer of what only it can mend.

    Nothing is approved. Raises PlacementRefused in words for the office.
    """
    from . import emails

    try:
        yield
    except PlacementRefused as refusal:
        if refusal.code == ALREADY:
            raise
        ad = task_state.workflow_state.content_object.specific
        reason = " ".join(refusal.messages)
        if refusal.code == wordings.UNLAWFUL:
            sentence = f"{reason} Corrigez-la vous-même, ou renvoyez-la avec un motif."
        else:
            emails.approved_not_published(
                ad, people_of(ad, task_state.workflow_state.requested_by_id), reason, refusal.code
            )
            sentence = (
                f"L’annonce n’est pas encore publiée : {ad.employer.name} n’a pas ce qu’il faut ({reason}) "
                "Elle reste dans la relecture et l’employeur est prévenu par e-mail : approuvez-la de nouveau ensuite."
            )
        raise PlacementRefused(sentence, refusal.code or "refused", ad.pk) from refusal


def last_verdict(ad: JobAd) -> TaskState | None:
    """The latest approval or refusal of the ad, with the reviewer's words in `comment`. One query."""
    decided = TaskState.objects.for_instance(ad).filter(
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED]
    )
    return decided.order_by("-finished_at", "-pk").first()


def reason_of(ad: JobAd) -> str:
    """Why the ad is to be corrected, in the reviewer's words; "" for one that is not. No query without review."""
    if not ad.has_workflow:
        return ""
    state = ad.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    verdict = last_verdict(ad)
    return verdict.comment if verdict else ""
