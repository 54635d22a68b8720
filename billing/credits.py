"""Ad credits: lots and movements. The only module that writes them.

Locking rule: a function that takes credits out locks all the lots it might use, in order of (expires_at, pk),
for no longer than its caller's transaction. Putting credits in locks the one lot concerned.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Min, Sum
from django.utils import timezone

from accounts.models import Employer, User
from reference.dates import midnight_after, months_later, paris_day

from .models import CreditLot, CreditMovement, Offer, OrderLine, PrintFormat


class NoCreditLeft(ValidationError):
    """The employer holds no usable credit of the kind asked for."""

    def __init__(self, kind: str, print_format: str = "") -> None:
        self.kind = kind
        self.print_format = print_format
        super().__init__(
            f"Vous n’avez plus de crédit « {describe(kind, print_format)} ». "
            "Votre annonce reste en brouillon : achetez un crédit dans « Voir nos offres », puis publiez-la.",
            code="no_credit",
        )


@dataclass(frozen=True)
class Balance:
    """What an employer may still publish of one kind and print format."""

    kind: str
    print_format: str
    quantity: int
    first_expiry: datetime

    @property
    def label(self) -> str:
        return describe(self.kind, self.print_format)

    @property
    def left(self) -> str:
        """What is left, after its number: "annonces web restantes"."""
        if self.quantity < 2:
            return f"{self.label} restante"
        return f"{self.label.replace('annonce', 'annonces', 1)} restantes"

    @property
    def last_day(self) -> date:
        """The last day on which the first of them may be spent."""
        return paris_day(self.first_expiry - timedelta(microseconds=1))

    @property
    def key(self) -> str:
        """One word that names the kind and format in a URL: "web", "web_print-1-4"."""
        return key_of(self.kind, self.print_format)


def key_of(kind: str, print_format: str = "") -> str:
    """One word that names a kind of credit and its format in a form: "web", "web_print-1-4"."""
    return f"{kind}-{print_format}" if print_format else kind


def describe(kind: str, print_format: str = "") -> str:
    """The French name of a kind of credit: "annonce web", "annonce web + print (1/4 de page)"."""
    if kind == Offer.Kind.WEB_PRINT:
        return f"annonce web + print ({PrintFormat(print_format).label})"
    return "annonce web"


def balances(employer: Employer, now: datetime | None = None) -> list[Balance]:
    """Usable credits by kind and print format, soonest expiry first. One query, no lock."""
    rows = (
        CreditLot.objects.usable(now or timezone.now())
        .filter(employer=employer)
        .order_by()
        .values("kind", "print_format")
        .annotate(quantity=Sum("balance"), first_expiry=Min("expires_at"))
        .order_by("kind", "print_format")
    )
    return [Balance(**row) for row in rows]


def has_credit(employer: Employer, kind: str, print_format: str = "", now: datetime | None = None) -> bool:
    """Whether a credit of this kind could be spent now. A friendly check: only `spend` decides."""
    lots = CreditLot.objects.usable(now or timezone.now())
    return lots.filter(employer=employer, kind=kind, print_format=print_format).exists()


@transaction.atomic
def spend(
    employer: Employer,
    kind: str,
    print_format: str = "",
    *,
    reference: str,
    label: str = "",
    by: User | None = None,
    at: datetime | None = None,
) -> CreditMovement:
    """Take one credit from the lot that expires first. The same reference twice returns the first movement.

    Locks the employer's usable lots of this kind. Raises NoCreditLeft.
    """
    at = at or timezone.now()
    # All usable lots, not the first: after waiting for a lock PostgreSQL looks at the row again, and a LIMIT 1
    # would come back empty although the next lot still has credits.
    lots = list(
        CreditLot.objects.usable(at)
        .filter(employer=employer, kind=kind, print_format=print_format)
        .select_for_update(of=("self",), no_key=True)
    )
    already = CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING, reference=reference).first()
    if already:
        return already
    if not lots:
        raise NoCreditLeft(kind, print_format)
    return _move(lots[0], CreditMovement.Kind.SPENDING, -1, reference=reference, label=label, by=by, at=at)


@transaction.atomic
def give_back(
    reference: str, *, label: str = "", by: User | None = None, at: datetime | None = None
) -> CreditMovement:
    """Put the credit spent under this reference back into its lot. Twice gives back once.

    Locks the lot. Raises CreditMovement.DoesNotExist when nothing was spent under the reference.
    """
    spending = CreditMovement.objects.select_related("lot").get(
        kind=CreditMovement.Kind.SPENDING, reference=reference
    )
    lot = CreditLot.objects.select_for_update(of=("self",), no_key=True).get(pk=spending.lot_id)
    already = CreditMovement.objects.filter(kind=CreditMovement.Kind.GIVING_BACK, reference=reference).first()
    if already:
        return already
    return _move(
        lot,
        CreditMovement.Kind.GIVING_BACK,
        -spending.quantity,
        reference=reference,
        label=label,
        by=by,
        at=at,
    )


@transaction.atomic
def deposit_purchase(line: OrderLine, at: datetime | None = None) -> CreditLot:
    """Make the lot that a paid (or delivered on invoice) order line gives. Twice makes one.

    The caller holds the order's lock.
    """
    at = at or timezone.now()
    existing = line.lots.first()
    if existing:
        return existing
    lot = CreditLot.objects.create(
        employer=line.order.employer,
        kind=line.kind,
        print_format=line.print_format,
        ad_months=line.ad_months,
        order_line=line,
        expires_at=midnight_after(months_later(paris_day(at), line.months)),
    )
    _move(
        lot,
        CreditMovement.Kind.PURCHASE,
        line.credits * line.quantity,
        reference=f"order-line:{line.pk}",
        label=f"{line.label}, commande {line.order.number}",
        at=at,
    )
    return lot


@transaction.atomic
def grant(
    employer: Employer,
    kind: str,
    quantity: int,
    *,
    reference: str,
    reason: str,
    print_format: str = "",
    months: int = 12,
    by: User | None = None,
    at: datetime | None = None,
) -> CreditLot:
    """Give an employer credits outside any order, for a reason that stands in the ledger. Twice grants once.

    Locks the employer's row: a double click waits there for the first.
    """
    at = at or timezone.now()
    Employer.objects.select_for_update(of=("self",), no_key=True).get(pk=employer.pk)
    already = CreditMovement.objects.filter(kind=CreditMovement.Kind.GRANT, reference=reference).first()
    if already:
        return already.lot
    lot = CreditLot.objects.create(
        employer=employer,
        kind=kind,
        print_format=print_format,
        expires_at=midnight_after(months_later(paris_day(at), months)),
    )
    _move(lot, CreditMovement.Kind.GRANT, quantity, reference=reference, label=reason, by=by, at=at)
    return lot


@transaction.atomic
def withdraw(lot: CreditLot, *, reason: str, by: User | None = None, at: datetime | None = None) -> int:
    """Take what is left of a lot out of it, for a reason that stands in the ledger. Returns how many. Locks the lot."""
    lot = CreditLot.objects.select_for_update(of=("self",), no_key=True).get(pk=lot.pk)
    left = lot.balance
    if left:
        _move(
            lot,
            CreditMovement.Kind.CORRECTION,
            -left,
            reference=f"withdrawal:{lot.pk}",
            label=reason,
            by=by,
            at=at,
        )
    return left


def expire(now: datetime | None = None) -> int:
    """Write off what is left in expired lots, a transaction a lot. Returns the number of lots. Safe to run twice."""
    now = now or timezone.now()
    count = 0
    for pk in CreditLot.objects.filter(expires_at__lte=now, balance__gt=0).values_list("pk", flat=True):
        with transaction.atomic():
            lot = CreditLot.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
            if lot.balance > 0:
                _move(lot, CreditMovement.Kind.EXPIRY, -lot.balance, reference=f"lot:{lot.pk}", at=now)
                count += 1
    return count


def _move(
    lot: CreditLot,
    kind: str,
    quantity: int,
    *,
    reference: str,
    label: str = "",
    by: User | None = None,
    at: datetime | None = None,
) -> CreditMovement:
    """Write a movement and its lot's balance together; the lot's row is locked or new."""
    movement = CreditMovement.objects.create(
        lot=lot,
        kind=kind,
        quantity=quantity,
        reference=reference,
        label=label,
        by=by,
        at=at or timezone.now(),
    )
    CreditLot.objects.filter(pk=lot.pk).update(balance=F("balance") + quantity)
    lot.balance += quantity
    return movement
