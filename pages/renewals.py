"""Another credit for an ad that had one, and its way back online while what was paid for runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reference.dates import long_date

from . import placements
from .ads import AdError, change_offer, locked
from .models import JobAd, Placement


@transaction.atomic
def renew(
    ad: JobAd,
    kind: str,
    print_format: str = "",
    *,
    by: User | None = None,
    seen_end: datetime | None = None,
    at: datetime | None = None,
) -> Placement:
    """Spend a credit of this kind on an ad that was published: it ends later, or is online again.

    Before its end the new months follow the present last day, and a credit of another kind changes the offer; what was
    paid before stays. After its end the latest version is published and the months begin today. `seen_end` is the end
    that the person read: a second click, which finds a later one, takes no second credit.
    Locks the ad's row, then the employer's lots. Raises AdError, PlacementRefused or another ValidationError (an ad
    that is not complete) and leaves nothing written.
    """
    at = at or timezone.now()
    ad = locked(ad)
    latest = ad.placements.order_by("-ends_at", "-pk").first()
    _refuse(ad, latest, seen_end)
    running = ad.placements.open_at(at).order_by("-ends_at", "-pk").first()
    if running is None:
        return _again(ad, kind, print_format, by)
    if not ad.live:
        raise AdError("Remettez d’abord cette annonce en ligne : cela ne coûte rien.", code="offline")
    if print_format and ad.print_format != print_format:
        # A web credit leaves the offer as it is: the insert already paid for keeps its text in the editor.
        ad.offer_kind, ad.print_format = kind, print_format
        ad.save(clean=False, update_fields=["offer_kind", "print_format"])
    return placements.prolong(ad, running, kind, print_format, by=by, at=at)


def _refuse(ad: JobAd, latest: Placement | None, seen_end: datetime | None) -> None:
    if latest is None:
        raise AdError("Cette annonce n’a pas encore paru : publiez-la depuis l’éditeur.", code="draft")
    if ad.filled_at is not None:
        raise AdError(
            "Le poste est indiqué comme pourvu : indiquez d’abord qu’il est de nouveau à pourvoir.",
            code="filled",
        )
    if seen_end and latest.ends_at != seen_end:
        end = long_date(latest.last_day)
        raise AdError(f"Cette annonce vient d’être renouvelée, jusqu’au {end} inclus.", code="already")


def _again(ad: JobAd, kind: str, print_format: str, by: User | None) -> Placement:
    """Publish an ad whose time is over. Its own save opens the placement."""
    change_offer(ad, kind, print_format)
    ad = JobAd.objects.get(pk=ad.pk)
    if ad.live:
        # Its last day is over and the task that takes it offline has not come by.
        ad.unpublish(user=by, set_expired=True)
    return _publish(ad, by)


@transaction.atomic
def back_online(ad: JobAd, *, by: User | None = None) -> Placement:
    """Publish the latest version of an ad taken offline, without another credit, while its placement runs.

    Locks the ad's row. Raises AdError when nothing runs any more, or what publishing raises.
    """
    ad = locked(ad)
    if not ad.placements.open_at(timezone.now()).exists():
        raise AdError("La parution de cette annonce est terminée : renouvelez-la.", code="ended")
    if ad.filled_at is not None:
        raise AdError("Le poste est indiqué comme pourvu.", code="filled")
    return _publish(ad, by)


def _publish(ad: JobAd, by: User | None) -> Placement:
    # The views ask who may; whether this text may be shown, and at what price, is the guard's to say.
    ad.get_latest_revision().publish(user=by, skip_permission_checks=True)
    running = ad.placements.open_at(timezone.now()).order_by("-ends_at", "-pk").first()
    if running is None:
        raise AdError(
            "Cette annonce porte une date de mise en ligne à venir : publiez-la depuis l’éditeur.",
            code="scheduled",
        )
    return running
