"""Live means paid for: the rule that `JobAd.save()` applies, and what happens to a placement afterwards.

An ad is public only while it holds an open placement, and opening one spends exactly one credit in the same
transaction, whichever road leads to live.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Page

from billing import credits
from reference.dates import midnight_after, months_later, paris_day

if TYPE_CHECKING:
    from accounts.models import User

    from .models import CompanyPage, JobAd, Placement

#: Sent inside the transaction that opened it, with `placement` and `ad`.
placement_opened = Signal()
#: Sent inside the transaction that closed one before its term, with `placement`.
placement_closed = Signal()


NO_ALIAS = "Une annonce ne peut pas être l’alias d’une autre : dupliquez-la."


class PlacementRefused(ValidationError):
    """An ad may not go live. The message is a French sentence for its author; `code` says which rule."""

    def __init__(self, message: str, code: str, ad_id: int | None = None) -> None:
        super().__init__(message, code=code)
        #: The ad that stays a draft, if it has a row.
        self.ad_id = ad_id


@dataclass(frozen=True)
class StateBefore:
    """What the ad's row said, read under lock, before it was saved."""

    was_live: bool
    live_revision_id: int | None
    last_published_at: datetime | None


#: What the row says of the latest draft. An instance read before somebody else saved one does not know of it.
DRAFT = ("latest_revision_id", "latest_revision_created_at", "draft_title")


def _draft_of(page: Page) -> tuple[bool, datetime | None, int]:
    """In Wagtail's order of versions, by moment: of two saved at once the first to begin may get the higher number."""
    at = page.latest_revision_created_at
    return (at is not None, at, page.latest_revision_id or 0)


def keep_latest_draft(ad: JobAd) -> Page | None:
    """Lock the ad's row and give the ad the row's latest draft when that is newer; the row, None for a new ad.

    An instance read before somebody else saved would lead the editor back to an older draft.
    """
    if ad.pk is None:
        return None
    # The page's own table alone: PostgreSQL, after waiting for a lock, reads only the locked table anew.
    row = Page.objects.select_for_update().filter(pk=ad.pk).order_by().first()
    if row and _draft_of(row) > _draft_of(ad):
        for name in DRAFT:
            setattr(ad, name, getattr(row, name))
        ad.has_unpublished_changes = True
    return row


def state_before(ad: JobAd) -> StateBefore:
    """Lock the ad's row and say what it said. A new ad was not live.

    Sets the ad's offer and its latest draft to the row's: an instance or a revision read earlier may carry an offer
    that was exchanged since.
    """
    row = keep_latest_draft(ad)
    if row is None:
        return StateBefore(was_live=False, live_revision_id=None, last_published_at=None)
    offer = type(ad).objects.filter(pk=ad.pk).order_by().values_list("offer_kind", "print_format").first()
    if offer:
        ad.offer_kind, ad.print_format = offer
    return StateBefore(row.live, row.live_revision_id, row.last_published_at)


def hold(
    ad: JobAd, before: StateBefore, *, by: User | None = None, at: datetime | None = None
) -> Placement | None:
    """See to it that an ad just saved as live holds an open placement; open one if it goes live without.

    Must run in the transaction of the save, after `state_before`. A live ad saved again with the revision it
    already showed is left alone: autosave and housekeeping neither charge nor refuse.
    Locks the employer's lots. Raises PlacementRefused.
    """
    from . import review, wordings
    from .models import Placement

    at = at or timezone.now()
    company = _company_above(ad)
    refuse_strangers(ad, company)
    goes_live = not before.was_live or before.live_revision_id != ad.live_revision_id
    if goes_live:
        review.refuse_unreviewed(ad)
        wordings.hold_to_the_law(ad, by=by)
    running = Placement.objects.open_at(at).filter(ad=ad).first()
    if running or not goes_live:
        return running
    _refuse_unseen(ad, company)
    return _open(ad, (ad.offer_kind, ad.print_format), by=by, at=at)


def _company_above(ad: JobAd) -> CompanyPage | None:
    """The company page that an ad stands under, as it is now, with its employer. One query."""
    from .models import CompanyPage

    company = CompanyPage.objects.filter(pk=ad.get_parent().pk).select_related("employer").order_by().first()
    if company and company.employer_id == ad.employer_id:
        # What follows asks for the ad's employer: it is the same one.
        ad.employer = company.employer
    return company


def refuse_strangers(ad: JobAd, company: Page | None) -> None:
    """An ad stands under its own employer's page. Raises PlacementRefused."""
    if getattr(company, "employer_id", None) != ad.employer_id:
        raise PlacementRefused("Cette annonce appartient à un autre employeur.", "other_employer", ad.pk)


def _refuse_unseen(ad: JobAd, company: CompanyPage | None) -> None:
    """Nobody would see an ad whose company page is offline: its two months are not begun for nothing."""
    if company is None or not company.live:
        raise PlacementRefused(
            "Publiez d’abord votre page entreprise : sans elle, personne ne verrait cette annonce. "
            "Votre annonce reste en brouillon et aucun crédit n’est utilisé.",
            "company_offline",
            ad.pk,
        )


def prolong(
    ad: JobAd,
    running: Placement,
    kind: str,
    print_format: str = "",
    *,
    by: User | None = None,
    at: datetime | None = None,
) -> Placement:
    """Open another placement for an ad that runs, with a credit of this kind: it ends later.

    It begins now, not where the other ends: its insert goes into the next issue, and a credit note on either of the
    two leaves what the other paid for. The caller holds the ad's row. Locks the employer's lots.
    Raises PlacementRefused.
    """
    _refuse_unseen(ad, ad.employer.company_page)
    offer = (kind, print_format)
    return _open(ad, offer, by=by, at=at or timezone.now(), after=running.last_day)


def _open(
    ad: JobAd,
    offer: tuple[str, str],
    *,
    by: User | None,
    at: datetime,
    after: date | None = None,
) -> Placement:
    from .models import Placement

    placement = Placement(
        ad=ad,
        ad_title=ad.title,
        employer_id=ad.employer_id,
        kind=offer[0],
        print_format=offer[1],
        opened_at=at,
    )
    try:
        movement = credits.spend(
            ad.employer,
            *offer,
            reference=placement.reference,
            label=ad.title[:200],
            by=by,
            at=at,
        )
    except credits.NoCreditLeft as error:
        raise PlacementRefused(error.messages[0], "no_credit", ad.pk) from error
    placement.ends_at = midnight_after(months_later(after or paris_day(at), movement.lot.ad_months))
    placement.save()
    placement_opened.send(sender=Placement, placement=placement, ad=ad)
    return placement


@transaction.atomic
def close(placement: Placement, *, at: datetime | None = None) -> Placement:
    """End a placement before its term, because its credit was taken back: the ad leaves the public at once.

    Locks the placement's row. Twice keeps the first moment. Gives no credit back: that is the ledger's.
    """
    from .models import Placement

    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    if placement.closed_at is None:
        placement.closed_at = at or timezone.now()
        placement.save(update_fields=["closed_at"])
        placement_closed.send(sender=Placement, placement=placement)
    return placement


def close_by_reference(reference: str, *, at: datetime | None = None) -> Placement | None:
    """Close the placement that a credit movement names, if it names one. See `close`."""
    from .models import Placement

    kind, _, uuid = reference.partition(":")
    if kind != "placement":
        return None
    placement = Placement.objects.filter(uuid=uuid).first()
    return close(placement, at=at) if placement else None
