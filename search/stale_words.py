"""Documents that bear the words of something else: a label of the reference lists, a logo, a name of a place.

A change of these makes every document stale that bears them. Rows of the outbox say so in the change's own transaction,
as for a change of the object itself; many are written by a few statements. The lists that a command loads in bulk send
no signal: after `load_reference` has changed a label, `rebuild_index` follows.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.images import get_image_model

import outbox.services as outbox
from accounts.models import Establishment
from pages.magazine.models import PrintInsert
from pages.models import CompanyPage, JobAd
from recruiting.models import Candidate
from reference.models import (
    CollectiveAgreement,
    ContractType,
    Diploma,
    Profession,
    Public,
    StructureType,
)
from search import labels

#: Model to the field by which each kind of document refers to it.
_ADS: dict[type, str] = {
    Profession: "profession",
    StructureType: "structure_type",
    ContractType: "contract_type",
    CollectiveAgreement: "agreement",
    Public: "publics",
    Diploma: "diplomas",
    Establishment: "establishment",
}
_COMPANIES: dict[type, str] = {StructureType: "structure_type"}
_CVS: dict[type, str] = {Profession: "profession", Diploma: "diplomas", ContractType: "contract_types"}


def _stale(topic: str, rows: QuerySet) -> None:
    outbox.record_all(topic, rows.order_by().values_list("pk", flat=True))


def reworded(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A label changed, perhaps: what bears it is read again. A new one is in no document yet."""
    if raw:
        return
    transaction.on_commit(labels.forget)
    if created:
        return
    kind = type(instance)
    if kind in _ADS:
        _stale("search.ad", JobAd.objects.filter(**{_ADS[kind]: instance}, live=True))
    if kind in _COMPANIES:
        _stale("search.company", CompanyPage.objects.filter(**{_COMPANIES[kind]: instance}, live=True))
    if kind in _CVS:
        _stale("search.cv", Candidate.objects.filter(**{_CVS[kind]: instance}))


for _model in _ADS:
    post_save.connect(reworded, sender=_model, dispatch_uid=f"search.reworded.{_model.__name__}")


@receiver(post_save, sender=get_image_model())
@receiver(pre_delete, sender=get_image_model())
def logo_changed(instance: Any, created: bool = False, raw: bool = False, **kwargs: Any) -> None:
    """Another file under the same logo, or none any more."""
    if raw or created:
        return
    pages = CompanyPage.objects.filter(logo=instance)
    employers = list(pages.values_list("employer_id", flat=True))
    if employers:
        _stale("search.company", pages)
        _stale("search.ad", JobAd.objects.filter(employer__in=employers, live=True))


@receiver(post_save, sender=PrintInsert)
def insert_printed(instance: PrintInsert, raw: bool = False, **kwargs: Any) -> None:
    """The ad stood in the magazine."""
    if not raw and instance.state == PrintInsert.State.PRINTED and instance.placement.ad_id:
        outbox.record("search.ad", instance.placement.ad_id)
