"""What the magazine hears of ads and placements."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from pages.models import JobAd
from pages.placements import placement_closed, placement_opened

from . import inserts
from .models import MagazineIssue


@receiver(placement_opened)
def give_the_insert(placement, ad, **kwargs) -> None:
    """In the transaction that opened the placement: who paid for print has an insert."""
    if placement.print_format:
        inserts.give(placement, ad)


@receiver(placement_closed)
def cancel_the_insert(placement, **kwargs) -> None:
    inserts.cancel_of(placement)


@receiver(page_published, sender=JobAd)
def take_over_the_text(instance: JobAd, **kwargs) -> None:
    """A live ad published again; the signal is also sent for an ad that is only scheduled."""
    if instance.live and instance.print_format:
        inserts.sync_from_ad(instance)


@receiver(post_save, sender=MagazineIssue)
def place_what_waits(**kwargs) -> None:
    """A new issue, or one whose closing was put off: the inserts that wait take their place, whichever road made it."""
    inserts.place_waiting()
