"""Dated rights: company page tiers and access to the CV library. Bought again, they prolong from their end.

One runs at a time of each kind. A higher page tier goes first, from the day it is paid; what is left of the lower one
follows it.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Employer
from reference.dates import months_later, paris_day

from . import tiers
from .models import Entitlement, Offer, Order, OrderLine

Kind = Entitlement.Kind
_DAY = timedelta(days=1)


def running(employer: Employer, kind: str, day: date | None = None) -> Entitlement | None:
    """The right of this kind that holds on a day: the highest tier, then the one that ends last. One query."""
    rows = Entitlement.objects.running(day or paris_day()).filter(employer=employer, kind=kind)
    return max(rows, key=lambda row: (tiers.tier(row.tier).rank, row.ends_on), default=None)


def company_tier(employer: Employer, day: date | None = None) -> str:
    """The tier of the employer's company page on a day: standard unless a paid one runs. One query."""
    right = running(employer, Kind.COMPANY_PAGE, day)
    return right.tier if right else Offer.Tier.STANDARD


def company_tiers(employer_ids: Iterable[int], day: date | None = None) -> dict[int, str]:
    """The paid tiers that run, by employer; who is missing is standard. One query, for lists."""
    rows = Entitlement.objects.running(day or paris_day()).filter(
        employer__in=list(employer_ids), kind=Kind.COMPANY_PAGE
    )
    found: dict[int, str] = {}
    for employer_id, code in rows.values_list("employer_id", "tier"):
        if tiers.tier(code).rank >= tiers.tier(found.get(employer_id, "")).rank:
            found[employer_id] = code
    return found


def has_cv_access(employer: Employer, day: date | None = None) -> bool:
    """Whether the employer may open CVs on a day: by dates, never by credits. One query."""
    return (
        Entitlement.objects.running(day or paris_day())
        .filter(employer=employer, kind=Kind.CV_ACCESS)
        .exists()
    )


def begins_on(employer: Employer, kind: str, tier: str = "", day: date | None = None) -> date:
    """When a right bought on a day begins: after those of its tier or a higher one, else at once. One query."""
    day = day or paris_day()
    rows = Entitlement.objects.filter(employer=employer, kind=kind, ends_on__gte=day)
    ends = [row.ends_on for row in rows if _rank(row.tier) >= _rank(tier)]
    return max(ends) + _DAY if ends else day


@transaction.atomic
def grant_from_line(line: OrderLine, at: datetime | None = None) -> Entitlement:
    """The right that a paid line gives. Twice gives one.

    It begins when those of its tier, or of a higher one, have ended. A lower tier that runs is not lost meanwhile:
    what is left of it follows. Locks the employer's row: two orders paid at once prolong one after the other.
    """
    reference = f"order-line:{line.pk}"
    employer = _locked(line.order.employer_id)
    existing = Entitlement.objects.filter(reference=reference).first()
    if existing:
        return existing
    kind = Kind.CV_ACCESS if line.kind == Offer.Kind.CV_ACCESS else Kind.COMPANY_PAGE
    today = paris_day(at or timezone.now())
    starts_on = begins_on(employer, kind, line.tier, today)
    right = Entitlement.objects.create(
        employer=employer,
        kind=kind,
        tier=line.tier,
        starts_on=starts_on,
        ends_on=_last_day(starts_on, line.months * line.quantity, today),
        order_line=line,
        reference=reference,
    )
    _lay_out(employer, kind, today)
    right.refresh_from_db()
    return right


@transaction.atomic
def take_back(order: Order, at: datetime | None = None) -> None:
    """End yesterday what runs by this order, drop what has not begun, and bring forward what was to follow it.

    The caller holds the order's lock. Locks the employer's row.
    """
    today = paris_day(at or timezone.now())
    employer = _locked(order.employer_id)
    rights = list(Entitlement.objects.filter(order_line__order=order, ends_on__gte=today))
    # Row by row: others are told of each.
    for right in rights:
        if right.starts_on >= today:
            right.delete()
        else:
            right.ends_on = today - _DAY
            right.save(update_fields=["ends_on"])
    for kind in {right.kind for right in rights}:
        _lay_out(employer, kind, today)


def _lay_out(employer: Employer, kind: str, today: date) -> None:
    """Put the rights of a kind that run or are to come one after the other from today: the higher tier, then the older.

    No day that was paid is lost or doubled. What already ran stays as it was. The employer's row is locked.
    """
    rows = Entitlement.objects.filter(employer=employer, kind=kind, ends_on__gte=today)
    free = today
    for right in sorted(rows, key=lambda row: (-_rank(row.tier), row.starts_on, row.pk)):
        if right.starts_on < today < free:
            right = _cut(right, today)
        if right.starts_on != free and right.starts_on >= today:
            _shift(right, free, today)
        free = right.ends_on + _DAY


def _cut(right: Entitlement, today: date) -> Entitlement:
    """End a right yesterday. Returns what is left of it, a row of its own, not laid out nor saved yet."""
    rest = Entitlement(
        employer_id=right.employer_id,
        kind=right.kind,
        tier=right.tier,
        starts_on=today,
        ends_on=right.ends_on,
        order_line_id=right.order_line_id,
        reference=f"{right.reference.partition('/')[0]}/{uuid.uuid4().hex}",
    )
    right.ends_on = today - _DAY
    right.save(update_fields=["ends_on"])
    return rest


def _shift(right: Entitlement, starts_on: date, today: date) -> None:
    """Let a right begin on another day: a whole one lasts its months from there, a rest keeps its days."""
    line = right.order_line
    if line and right.reference == f"order-line:{line.pk}":
        ends_on = _last_day(starts_on, line.months * line.quantity, today)
    else:
        ends_on = starts_on + (right.ends_on - right.starts_on)
    right.starts_on, right.ends_on = starts_on, ends_on
    right.save()


def _last_day(starts_on: date, months: int, today: date) -> date:
    """The last day of so many months. The day of the purchase, of which only a part is left, is given on top."""
    end = months_later(starts_on, months)
    return end if starts_on == today else end - _DAY


def _rank(tier: str) -> int:
    return tiers.tier(tier).rank


def _locked(employer_id: int) -> Employer:
    return Employer.objects.select_for_update(of=("self",), no_key=True).get(pk=employer_id)
