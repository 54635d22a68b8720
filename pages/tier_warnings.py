"""Mails before the offer of a company page ends: a month and a week ahead, once each, to those who buy."""

import logging
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django_tasks import task

from accounts.access import BUYERS
from accounts.emails import absolute, deliver
from billing import tiers
from billing.models import Entitlement
from reference.dates import paris_day

from .models import TierWarning

logger = logging.getLogger(__name__)

#: How many days ahead, the soonest last.
WARNINGS = (30, 7)
OFFERS = "/espace-recruteur/page-entreprise/#offres"


@task()
def warn_of_ends() -> int:
    """Warn of paid tiers that end soon, a transaction for each employer and last day. Returns how many were told.

    A day that was missed is made up for; an offer that another one carries on is let be; two that end on the same day
    are told in one mail, by the name of the higher. Safe to run twice.
    """
    today = paris_day()
    ending = Entitlement.objects.running(today).filter(
        kind=Entitlement.Kind.COMPANY_PAGE, ends_on__lte=today + timedelta(days=max(WARNINGS))
    )
    together: dict[tuple, list[Entitlement]] = {}
    for right in ending.select_related("employer__company_page").order_by("pk"):
        together.setdefault((right.employer_id, right.ends_on), []).append(right)
    sent = 0
    for rights in together.values():
        try:
            sent += _warn(rights, today)
        except Exception:
            # One employer in trouble must not keep the others from hearing; it is tried again tomorrow.
            logger.exception("The end of entitlement %s could not be told", rights[0].pk)
    return sent


def _warn(rights: list[Entitlement], today: date) -> bool:
    """Tell of an employer's rights that end on the same day, unless one of them was told of so many days ahead."""
    left = (rights[0].ends_on - today).days
    due = min(days for days in WARNINGS if left <= days)
    rights = [right for right in rights if _is_to_be_told(right, due)]
    if not rights or TierWarning.objects.filter(entitlement__in=rights, days_before=due).exists():
        return False
    highest = max(rights, key=lambda right: tiers.tier(right.tier).rank)
    try:
        with transaction.atomic():
            for right in rights:
                TierWarning.objects.create(entitlement=right, days_before=due)
            _tell(highest, tiers.tier(highest.tier), left)
    except IntegrityError:
        return False  # told by another process meanwhile
    return True


def _is_to_be_told(right: Entitlement, due: int) -> bool:
    """Whether the right is one that was bought, long enough to be warned of, and that nothing carries on."""
    tier = tiers.tier(right.tier)
    is_long = right.starts_on <= right.ends_on - timedelta(days=due)
    return tier.is_paid and is_long and not _carried_on(right, tier)


def _tell(right: Entitlement, tier: tiers.Tier, left: int) -> None:
    """A mail to each active member whose role buys. Contractual: it tells of what was bought, whatever they chose."""
    after = _after(right)
    context = {
        "employer": right.employer,
        "tier": tier,
        "ends_on": right.ends_on,
        "days_left": left,
        "after": after,
        "lost": [part.label for part in tier.parts if not after.gives(part)],
        "offers_url": absolute(OFFERS),
    }
    people = right.employer.memberships.filter(role__in=BUYERS, user__is_active=True).select_related("user")
    for member in people.order_by("pk"):
        deliver(member.user.email, "pages/email/tier_ends", context | {"user": member.user})


def _rights_at_end(right: Entitlement):
    """The employer's other page rights that hold on the day after this one ends."""
    return Entitlement.objects.running(right.ends_on + timedelta(days=1)).filter(
        employer=right.employer_id, kind=right.kind
    )


def _carried_on(right: Entitlement, tier: tiers.Tier) -> bool:
    """Whether nothing changes on that day: the same offer goes on, or a higher one runs."""
    return any(tiers.tier(other.tier).rank >= tier.rank for other in _rights_at_end(right))


def _after(right: Entitlement) -> tiers.Tier:
    """The tier that the page falls back to."""
    return max(
        (tiers.tier(other.tier) for other in _rights_at_end(right)),
        key=lambda tier: tier.rank, default=tiers.STANDARD,
    )  # fmt: skip
