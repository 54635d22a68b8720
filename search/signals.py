"""What makes a document stale, as rows of the outbox written in the transaction of the change.

The rows name the object only; whether and how it is public is read when they are processed, so one row too many costs
nothing.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

import outbox.services as outbox
from accounts.models import User
from billing.models import Entitlement
from pages.models import CompanyPage, JobAd, Placement
from recruiting.models import Candidate, Cv
from search import indexing, tasks

#: A save of these columns alone concerns the draft: autosave does it all the time.
_DRAFT = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
}


def _public_columns(update_fields: Any) -> bool:
    return update_fields is None or bool(set(update_fields) - _DRAFT)


@receiver(outbox.recorded)
def enqueue(topic: str, **kwargs: Any) -> None:
    """After the commit: let a worker look at the outbox."""
    if topic in indexing.TOPICS:
        tasks.wake()


@receiver(post_save, sender=JobAd)
def ad_saved(instance: JobAd, created: bool, update_fields: Any, raw: bool = False, **kwargs: Any) -> None:
    """A draft that never was public needs no document."""
    if not raw and _public_columns(update_fields) and (instance.live or not created):
        outbox.record("search.ad", instance.pk)


@receiver(post_save, sender=Placement)
def placement_saved(instance: Placement, raw: bool = False, **kwargs: Any) -> None:
    """Opened, prolonged or closed."""
    if not raw and instance.ad_id:
        outbox.record("search.ad", instance.ad_id)


def _company(page: CompanyPage) -> None:
    outbox.record("search.company", page.pk)
    ads = JobAd.objects.filter(employer_id=page.employer_id, live=True)
    outbox.record_all("search.ad", ads.order_by("pk").values_list("pk", flat=True))


@receiver(post_save, sender=CompanyPage)
def company_saved(instance: CompanyPage, update_fields: Any, raw: bool = False, **kwargs: Any) -> None:
    """Its ads bear its name, and are public only while it is."""
    if not raw and _public_columns(update_fields):
        _company(instance)


@receiver(post_save, sender=Entitlement)
@receiver(post_delete, sender=Entitlement)
def entitlement_changed(instance: Entitlement, raw: bool = False, **kwargs: Any) -> None:
    """A paid page lifts itself and its ads; one that was credited lifts nothing any more."""
    if raw or instance.kind != Entitlement.Kind.COMPANY_PAGE:
        return
    page = CompanyPage.objects.filter(employer_id=instance.employer_id).first()
    if page:
        _company(page)


@receiver(post_save, sender=Candidate)
def candidate_saved(instance: Candidate, raw: bool = False, **kwargs: Any) -> None:
    """Profile, consent or freshness changed."""
    if not raw:
        outbox.record("search.cv", instance.pk)


@receiver(post_save, sender=Cv)
@receiver(post_delete, sender=Cv)
def cv_changed(instance: Cv, raw: bool = False, **kwargs: Any) -> None:
    """Another file, or none."""
    if not raw and instance.candidate_id:
        outbox.record("search.cv", instance.candidate_id)


@receiver(post_save, sender=User)
def user_saved(instance: User, created: bool, update_fields: Any, raw: bool = False, **kwargs: Any) -> None:
    """A name to take out of the texts, or an account that was closed."""
    if raw or created or (update_fields is not None and set(update_fields) <= {"last_login", "password"}):
        return
    for pk in Candidate.objects.filter(user=instance).values_list("pk", flat=True):
        outbox.record("search.cv", pk)


@receiver(m2m_changed, sender=Candidate.diplomas.through)
@receiver(m2m_changed, sender=Candidate.contract_types.through)
def candidate_lists_changed(instance: Any, action: str, **kwargs: Any) -> None:
    """Diplomas and contracts are facets."""
    if action.startswith("post_") and isinstance(instance, Candidate):
        outbox.record("search.cv", instance.pk)


def _deleted(kind: str, topic: str, pk: int) -> None:
    indexing.forget(kind, pk)
    outbox.record(topic, pk)


@receiver(post_delete, sender=JobAd)
def ad_deleted(instance: JobAd, **kwargs: Any) -> None:
    _deleted("ads", "search.ad", instance.pk)


@receiver(post_delete, sender=CompanyPage)
def company_deleted(instance: CompanyPage, **kwargs: Any) -> None:
    _deleted("companies", "search.company", instance.pk)


@receiver(post_delete, sender=Candidate)
def candidate_deleted(instance: Candidate, **kwargs: Any) -> None:
    _deleted("cvs", "search.cv", instance.pk)
