"""What an employer does with its ads beside writing them: begin, take offline, change the offer, mark as filled."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page

from accounts.models import Employer, User
from billing.models import Offer

from .editor.steps import PLACEHOLDER
from .models import JobAd, Placement
from .tree import add_child

#: From how long before its end an ad is said to be ending.
ENDING = timedelta(days=7)


class AdError(ValidationError):
    """The ad does not allow this now. The message is a French sentence."""


class State(models.TextChoices):
    """What an ad is, as its employer sees it in a list."""

    DRAFT = "draft", "Brouillon"
    REVIEW = "review", "En relecture"
    RETURNED = "returned", "À corriger"
    SCHEDULED = "scheduled", "Programmée"
    LIVE = "live", "En ligne"
    ENDING = "ending", "Bientôt terminée"
    ENDED = "ended", "Terminée"
    OFFLINE = "offline", "Hors ligne"
    FILLED = "filled", "Pourvue"


@transaction.atomic
def create_draft(employer: Employer, user: User | None, kind: str, print_format: str = "") -> JobAd:
    """Begin an ad that will spend a credit of this kind when it is published.

    Locks the company page's row.
    Raises AdError when the employer has no company page or the offer is not one of ads.
    """
    _check_offer(kind, print_format)
    company = getattr(employer, "company_page", None)
    if company is None:
        raise AdError("Créez d’abord votre page entreprise.", code="no_company_page")
    ad = JobAd(
        employer=employer,
        offer_kind=kind,
        print_format=print_format,
        title=PLACEHOLDER,
        structure_type=company.structure_type,
        commune=company.commune,
        live=False,
        owner=user,
    )
    add_child(company, ad)
    ad.save_revision(user=user, clean=False)
    return ad


def unpublish(ad: JobAd, user: User | None) -> None:
    """Take the ad offline, and off the schedule. Its placement runs on: back before its end costs nothing.

    Locks the ad's row. Twice changes nothing. Raises AdError for one that was deleted.
    """
    with transaction.atomic():
        ad = locked(ad)
        ad.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        if ad.live:
            ad.unpublish(user=user)


@transaction.atomic
def change_offer(ad: JobAd, kind: str, print_format: str = "") -> JobAd:
    """Choose another kind of credit for an ad that holds none. Locks the ad's row.

    Raises AdError while a placement runs: then `renewals.renew` takes the other credit.
    """
    _check_offer(kind, print_format)
    ad = locked(ad)
    if (ad.offer_kind, ad.print_format) == (kind, print_format):
        return ad
    if Placement.objects.open_at(timezone.now()).filter(ad=ad).exists():
        raise AdError(
            "Cette annonce est déjà payée jusqu’à sa date de fin. Pour une autre offre, renouvelez-la avec un autre "
            "crédit.",
            code="placement_runs",
        )
    ad.offer_kind, ad.print_format = kind, print_format
    ad.save(clean=False, update_fields=["offer_kind", "print_format"])
    return ad


@transaction.atomic
def mark_filled(
    ad: JobAd, user: User | None = None, *, here: bool | None = None, at: datetime | None = None
) -> JobAd:
    """The post is filled, through this site or not: the ad leaves every list at once, and the schedule.

    Locks the ad's row. Twice keeps the first date. Raises AdError for an ad that the public never saw.
    """
    ad = locked(ad)
    if not ad.placements.exists():
        raise AdError("Cette annonce n’a jamais paru : supprimez le brouillon.", code="draft")
    if ad.filled_at is None:
        ad.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        ad.filled_at, ad.filled_here = at or timezone.now(), here
        ad.save(clean=False, update_fields=["filled_at", "filled_here"])
    return ad


@transaction.atomic
def reopen(ad: JobAd, user: User | None = None) -> JobAd:
    """The post is free after all: visible again while its placement runs. Locks the ad's row."""
    ad = locked(ad)
    if ad.filled_at is not None:
        ad.filled_at = ad.filled_here = None
        ad.save(clean=False, update_fields=["filled_at", "filled_here"])
    return ad


@transaction.atomic
def delete_draft(ad: JobAd, user: User | None) -> None:
    """Throw away an ad that the public never saw. Locks its row.

    Raises AdError for one that was published: it is the record of what was bought; and for one in review.
    """
    ad = locked(ad)
    if ad.live or ad.placements.exists():
        raise AdError("Cette annonce a paru : elle reste dans votre liste.", code="was_public")
    if ad.workflow_in_progress:
        raise AdError(
            "Cette annonce est en relecture : retirez-la d’abord de la relecture.", code="in_review"
        )
    DeletePageAction(ad, user=user).execute(skip_permission_checks=True)


@transaction.atomic
def withdraw(ad: JobAd, user: User | None) -> None:
    """Take an ad back from review: it is a draft again. Locks its row. Raises AdError when it is not in review."""
    state = locked(ad).current_workflow_state
    if state is None or state.status != state.STATUS_IN_PROGRESS:
        raise AdError("Cette annonce n’est plus en relecture.", code="not_in_review")
    state.cancel(user=user)


def of_employer(employer: Employer, now: datetime | None = None):
    """The employer's ads with all that their list shows: `state`, `placement_ends_at`, the latest change first."""
    return with_state(JobAd.objects.filter(employer=employer), now).order_by(
        "-latest_revision_created_at", "-pk"
    )


def with_state(ads, now: datetime | None = None):
    """Annotates `state` (a value of State), `placement_ends_at` and `goes_live_at`. One query with the list's."""
    now = now or timezone.now()
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Revision, WorkflowState

    page_type = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    own_id = models.functions.Cast(models.OuterRef("pk"), models.CharField())
    placements = Placement.objects.filter(ad=models.OuterRef("pk")).order_by("-ends_at", "-pk")
    running = placements.open_at(now)
    scheduled = Revision.objects.filter(
        base_content_type=page_type, object_id=own_id, approved_go_live_at__isnull=False
    )
    reviews = WorkflowState.objects.filter(base_content_type=page_type, object_id=own_id).active()
    ads = ads.annotate(
        placement_ends_at=models.Subquery(placements.values("ends_at")[:1]),
        running_until=models.Subquery(running.values("ends_at")[:1]),
        goes_live_at=models.Subquery(scheduled.values("approved_go_live_at")[:1]),
        review_status=models.Subquery(reviews.order_by("-pk").values("status")[:1]),
    )
    live = models.Q(live=True, running_until__isnull=False)
    return ads.annotate(
        state=models.Case(
            models.When(filled_at__isnull=False, then=models.Value(State.FILLED)),
            models.When(live & models.Q(running_until__lte=now + ENDING), then=models.Value(State.ENDING)),
            models.When(live, then=models.Value(State.LIVE)),
            models.When(review_status=WorkflowState.STATUS_IN_PROGRESS, then=models.Value(State.REVIEW)),
            models.When(review_status=WorkflowState.STATUS_NEEDS_CHANGES, then=models.Value(State.RETURNED)),
            models.When(goes_live_at__isnull=False, then=models.Value(State.SCHEDULED)),
            models.When(running_until__isnull=False, then=models.Value(State.OFFLINE)),
            models.When(placement_ends_at__isnull=False, then=models.Value(State.ENDED)),
            default=models.Value(State.DRAFT),
            output_field=models.CharField(),
        )
    )


def state_of(ad: JobAd, now: datetime | None = None) -> State:
    """The state of one ad. One query unless it comes from `with_state`."""
    state = getattr(ad, "state", None) or with_state(JobAd.objects.filter(pk=ad.pk), now).get().state
    return State(state)


def _check_offer(kind: str, print_format: str) -> None:
    if kind not in Offer.CREDIT_KINDS or (kind == Offer.Kind.WEB_PRINT) != bool(print_format):
        raise AdError("Choisissez une offre d’annonce.", code="offer")


def locked(ad: JobAd) -> JobAd:
    """The ad as it is now, its row locked to the end of the transaction. Raises AdError when it is there no more."""
    if not Page.objects.select_for_update().filter(pk=ad.pk).order_by().exists():
        raise AdError("Cette annonce vient d’être supprimée.", code="gone")
    return JobAd.objects.get(pk=ad.pk)
