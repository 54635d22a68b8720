"""What a paid order gives: credits, a company page tier, access to the CV library. Each line once."""

from datetime import datetime

from django.utils import timezone

from . import credits, entitlements
from .models import Offer, Order


def deliver(order: Order, at: datetime | None = None) -> None:
    """Give what each line of the order is for; a line already delivered gives nothing more.

    The caller holds the order's lock. Locks the employer's row where an entitlement prolongs another.
    """
    at = at or timezone.now()
    for line in order.lines.select_related("order__employer"):
        if line.kind in Offer.CREDIT_KINDS:
            credits.deposit_purchase(line, at=at)
        else:
            entitlements.grant_from_line(line, at=at)
