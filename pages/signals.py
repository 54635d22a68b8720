"""What follows in the same transaction from a page taken offline or moved, and from a credit taken back.

Saves of ads, company pages and placements are heard by the search application itself. Wagtail takes some pages offline
and moves them through the base class, which saves no ad and no company page: those are told here.
"""

from django.dispatch import receiver
from wagtail.admin.models import EditingSession
from wagtail.signals import page_unpublished, post_page_move, pre_page_move

from accounts.signals import writing_ended
from billing.signals import credit_given_back, order_refunded
from outbox.services import record, record_all

from . import placements
from .models import CompanyPage, JobAd

TOPICS = {JobAd: "search.ad", CompanyPage: "search.company"}


def _tell(page) -> None:
    topic = TOPICS.get(page.specific_class)
    if topic:
        record(topic, page.pk)
    if page.specific_class is CompanyPage:
        ads = JobAd.objects.child_of(page).filter(live=True)
        record_all(TOPICS[JobAd], ads.order_by("pk").values_list("pk", flat=True))


@receiver(page_unpublished)
def taken_offline(instance, **kwargs) -> None:
    _tell(instance)


@receiver(pre_page_move)
def stays_with_its_employer(instance, parent_page_after, **kwargs) -> None:
    """No ad goes under another employer's page, not even by code that asks no permission. Raises PlacementRefused."""
    if instance.specific_class is JobAd:
        placements.refuse_strangers(instance.specific, parent_page_after.specific)


@receiver(post_page_move)
def moved(instance, **kwargs) -> None:
    _tell(instance)


@receiver(writing_ended)
def editors_closed(employer, user, **kwargs) -> None:
    """Nobody is shown as writing in a page that it may not open any more."""
    company = CompanyPage.objects.filter(employer=employer).values_list("pk", flat=True)
    ads = JobAd.objects.filter(employer=employer).values_list("pk", flat=True)
    pages = [str(pk) for pk in (*company, *ads)]
    EditingSession.objects.filter(
        user=user, content_type__app_label="wagtailcore", object_id__in=pages
    ).delete()


@receiver(order_refunded)
def credits_taken_back(references, **kwargs) -> None:
    """A credit note took back what these placements were paid with."""
    for reference in references:
        placements.close_by_reference(reference)


@receiver(credit_given_back)
def credit_is_back(reference, **kwargs) -> None:
    """What the office gives back pays for no ad any more."""
    placements.close_by_reference(reference)
