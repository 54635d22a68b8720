"""Dated rights: company page tiers and access to the CV library. Bought again, they prolong from their end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Employer
from reference.dates import months_later, paris_day

from . import tiers
from .models import Entitlement, Offer, OrderLine

Kind = Entitlement.Kind


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


@transaction.atomic
def grant_from_line(line: OrderLine, at: datetime | None = None) -> Entitlement:
    """The right that a paid line gives: from today, or from the day after the same right ends. Twice gives one.

    Locks the employer's row: two orders paid at once prolong one after the other.
    """
    reference = f"order-line:{line.pk}"
    employer = Employer.objects.select_for_update(of=("self",), no_key=True).get(pk=line.order.employer_id)
    existing = Entitlement.objects.filter(reference=reference).first()
    if existing:
        return existing
    kind = Kind.CV_ACCESS if line.kind == Offer.Kind.CV_ACCESS else Kind.COMPANY_PAGE
    today = paris_day(at or timezone.now())
    last = (
        Entitlement.objects.filter(employer=employer, kind=kind, tier=line.tier, ends_on__gte=today)
        .order_by("-ends_on")
        .first()
    )
    starts_on = last.ends_on + timedelta(days=1) if last else today
    return Entitlement.objects.create(
        employer=employer,
        kind=kind,
        tier=line.tier,
        starts_on=starts_on,
        ends_on=months_later(starts_on, line.months * line.quantity) - timedelta(days=1 if last else 0),
        order_line=line,
        reference=reference,
    )
