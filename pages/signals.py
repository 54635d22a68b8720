"""What follows in the same transaction from a page being taken offline or moved, whichever road did it.

Saves of ads, company pages and placements are heard by the search application itself. Wagtail takes some pages offline
and moves them through the base class, which saves no ad and no company page: those are told here.
"""

from django.dispatch import receiver
from wagtail.signals import page_unpublished, post_page_move

from outbox.services import record

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
