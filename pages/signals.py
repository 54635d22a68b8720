"""What follows in the same transaction from a page taken offline or moved, and from a credit taken back.

Saves of ads, company pages and placements are heard by the search application itself. Wagtail takes some pages offline
and moves them through the base class, which saves no ad and no company page: those are told here.
"""

from django.dispatch import receiver
from wagtail.signals import page_unpublished, post_page_move

from billing.signals import order_refunded
from outbox.services import record

from . import placements
from .models import CompanyPage, JobAd

TOPICS = {JobAd: "search.ad", CompanyPage: "search.company"}


def _tell(page) -> None:
    topic = TOPICS.get(page.specific_class)
    if topic:
        record(topic, page.pk)
    if page.specific_class is CompanyPage:
        for pk in JobAd.objects.child_of(page).filter(live=True).values_list("pk", flat=True):
            record(TOPICS[JobAd], pk)


@receiver(page_unpublished)
def taken_offline(instance, **kwargs) -> None:
    _tell(instance)


@receiver(post_page_move)
def moved(instance, **kwargs) -> None:
    _tell(instance)


@receiver(order_refunded)
def credits_taken_back(references, **kwargs) -> None:
    """A credit note took back what these placements were paid with."""
    for reference in references:
        placements.close_by_reference(reference)
