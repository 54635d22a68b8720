"""Mails before credits end: sixty, thirty and seven days ahead, once each, to those who write or buy."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import BUYERS
from accounts.emails import absolute, deliver
from accounts.models import Employer
from reference.dates import midnight_after, paris_day

from .credits import describe
from .models import CreditLot, CreditWarning

logger = logging.getLogger(__name__)

#: How many days ahead, the soonest last.
DAYS = (60, 30, 7)


def warn() -> int:
    """Tell every employer whose credits end soon: one mail a day at most, which lists them. Returns how many were told.

    A day that was missed is made up for. Each employer in a transaction of its own; safe to run twice.
    """
    now, told = timezone.now(), 0
    for pk in _ending(now).order_by("employer").values_list("employer", flat=True).distinct():
        try:
            told += _warn(pk, now)
        except Exception:
            # One employer in trouble must not keep the others from hearing; it is tried again tomorrow.
            logger.exception("The end of the credits of employer %s could not be told", pk)
    return told


@transaction.atomic
def _warn(employer_id: int, now: datetime) -> bool:
    """Tell an employer of its credits that end soon, unless it knows. Locks the employer's row."""
    employer = Employer.objects.select_for_update(of=("self",), no_key=True).get(pk=employer_id)
    today = paris_day(now)
    known = CreditWarning.objects.filter(lot__employer=employer)
    if known.filter(at__gte=midnight_after(today - timedelta(days=1))).exists():
        return False
    lots = list(_ending(now).filter(employer=employer))
    told = dict(known.filter(lot__in=lots).order_by("-days").values_list("lot", "days"))
    due = [(lot, days) for lot in lots if (days := _due(lot, today)) and days < told.get(lot.pk, days + 1)]
    if not due:
        return False
    CreditWarning.objects.bulk_create(CreditWarning(lot=lot, days=days) for lot, days in due)
    _tell(employer, lots, today)
    return True


def _ending(now: datetime):
    """The lots that hold credits and end within the longest of the delays."""
    return CreditLot.objects.usable(now).filter(
        expires_at__lte=midnight_after(paris_day(now) + timedelta(days=max(DAYS)))
    )


def _due(lot: CreditLot, today: date) -> int | None:
    """The shortest delay that has begun; none for a lot that was never good for longer than that."""
    left = (_last_day(lot) - today).days
    life = (_last_day(lot) - paris_day(lot.created_at)).days
    return next((days for days in reversed(DAYS) if left <= days < life), None)


def _tell(employer: Employer, lots: list[CreditLot], today: date) -> None:
    """A mail to each active member whose role writes or buys. Contractual: it tells of what was bought."""
    ending = [
        {
            "quantity": lot.balance,
            "label": describe(lot.kind, lot.print_format),
            "last_day": _last_day(lot),
            "left": (_last_day(lot) - today).days,
        }
        for lot in lots
    ]
    context = {
        "employer": employer,
        "ending": ending,
        "total": sum(lot.balance for lot in lots),
        "url": absolute(reverse("recruiting:ad_new")),
        "account_url": absolute(reverse("billing:ledger")),
    }
    people = employer.memberships.filter(role__in=BUYERS, user__is_active=True).select_related("user")
    for member in people.order_by("pk"):
        deliver(member.user.email, "billing/email/credits_end", context)


def _last_day(lot: CreditLot) -> date:
    return paris_day(lot.expires_at - timedelta(microseconds=1))
