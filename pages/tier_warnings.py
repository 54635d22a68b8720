"""Mails before the offer of a company page ends: a month and a week ahead, once each, to those who buy."""

import logging
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django_tasks import task

from accounts import notifications
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
    """Warn of each paid tier that ends soon, a transaction each. Returns how many warnings went out.

    A day that was missed is made up for; an offer that another one carries on is let be. Safe to run twice.
    """
    today = paris_day()
    ending = Entitlement.objects.running(today).filter(
        kind=Entitlement.Kind.COMPANY_PAGE, ends_on__lte=today + timedelta(days=max(WARNINGS))
    )
    sent = 0
    for right in ending.select_related("employer__company_page").order_by("pk"):
        try:
            sent += _warn(right, today)
        except Exception:
            # One employer in trouble must not keep the others from hearing; it is tried again tomorrow.
            logger.exception("The end of entitlement %s could not be told", right.pk)
    return sent


def _warn(right: Entitlement, today: date) -> bool:
    left = (right.ends_on - today).days
    due = min(days for days in WARNINGS if left <= days)
    tier = tiers.tier(right.tier)
    if not tier.is_paid or right.starts_on > right.ends_on - timedelta(days=due) or _carried_on(right, tier):
        return False
    try:
        with transaction.atomic():
            TierWarning.objects.create(entitlement=right, days_before=due)
            _tell(right, tier, left)
    except IntegrityError:
        return False  # told before
    return True


def _tell(right: Entitlement, tier: tiers.Tier, left: int) -> None:
    """A mail to each active member whose role buys."""
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
        deliver(
            member.user.email,
            "pages/email/tier_ends",
            context | {"user": member.user},
            kind=notifications.COMPANY_PAGE,
        )


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
