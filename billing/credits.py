"""Ad credits: lots and movements. The only module that writes them.

Locking rule: a function that takes credits out locks all the lots it might use, in order of (expires_at, pk),
for no longer than its caller's transaction. Putting credits in locks the one lot concerned.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Min, QuerySet, Sum
from django.utils import timezone

from accounts.models import Employer, User
from reference.dates import midnight_after, months_later, paris_day

from . import signals
from .models import CreditLot, CreditMovement, Invoice, Offer, Order, OrderLine, PrintFormat

Kind = CreditMovement.Kind


class CreditError(ValidationError):
    """The ledger does not take this movement. The message is a French sentence."""


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
    already = CreditMovement.objects.filter(kind=Kind.SPENDING, reference=reference).first()
    if already:
        return already
    if not lots:
        raise NoCreditLeft(kind, print_format)
    return _move(lots[0], Kind.SPENDING, -1, reference=reference, label=label, by=by, at=at)


@transaction.atomic
def give_back(
    reference: str, *, label: str = "", by: User | None = None, at: datetime | None = None
) -> CreditMovement:
    """Put the credit spent under this reference back into its lot; what it paid for ends. Twice gives back once.

    Locks the lot. Raises CreditMovement.DoesNotExist when nothing was spent under the reference, CreditError when the
    lot is of no use any more: expired, or paid back by a credit note.
    """
    at = at or timezone.now()
    spending = CreditMovement.objects.get(kind=Kind.SPENDING, reference=reference)
    lot = _locked(spending.lot_id)
    already = CreditMovement.objects.filter(kind=Kind.GIVING_BACK, reference=reference).first()
    if already:
        return already
    _refuse_useless(lot, at)
    movement = _move(
        lot, Kind.GIVING_BACK, -spending.quantity, reference=reference, label=label, by=by, at=at
    )
    signals.credit_given_back.send(sender=CreditMovement, reference=reference)
    return movement


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
        Kind.PURCHASE,
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
    already = CreditMovement.objects.filter(kind=Kind.GRANT, reference=reference).first()
    if already:
        return already.lot
    lot = CreditLot.objects.create(
        employer=employer,
        kind=kind,
        print_format=print_format,
        expires_at=midnight_after(months_later(paris_day(at), months)),
    )
    _move(lot, Kind.GRANT, quantity, reference=reference, label=reason, by=by, at=at)
    return lot


@transaction.atomic
def correct(
    lot: CreditLot,
    quantity: int,
    *,
    reference: str,
    reason: str,
    by: User | None = None,
    at: datetime | None = None,
) -> CreditMovement:
    """Add credits to a lot or take some out, for a reason that stands in the ledger. Twice corrects once.

    Locks the lot. Raises CreditError: more than it holds is not taken out, and nothing is added to what is of no use.
    """
    at = at or timezone.now()
    lot = _locked(lot.pk)
    already = CreditMovement.objects.filter(kind=Kind.CORRECTION, reference=reference).first()
    if already:
        return already
    if not quantity:
        raise CreditError("Indiquez le nombre de crédits à ajouter ou à retirer.")
    if quantity > 0:
        _refuse_useless(lot, at)
    if lot.balance + quantity < 0:
        held = "qu’un crédit" if lot.balance == 1 else f"que {lot.balance} crédits"
        raise CreditError(f"Ce lot ne contient plus {held}." if lot.balance else "Ce lot est épuisé.")
    return _move(lot, Kind.CORRECTION, quantity, reference=reference, label=reason, by=by, at=at)


@dataclass(frozen=True)
class Taken:
    """What a credit note finds of an order's credits: how many are left, and which ones were spent on what."""

    left: int
    spent: list[CreditMovement]

    @property
    def references(self) -> list[str]:
        """What the spent ones paid for."""
        return [movement.reference for movement in self.spent]

    @property
    def summary(self) -> str:
        """In a line of the order's story: "2 crédits retirés, 1 déjà utilisé"; nothing where no credit was sold."""
        if not (self.left or self.spent):
            return ""
        left = f"{self.left} crédit{'s' if self.left > 1 else ''} retiré{'s' if self.left > 1 else ''}"
        used = len(self.spent)
        return f"{left}, {used} déjà utilisé{'s' if used > 1 else ''}"


def use_of(order: Order) -> Taken:
    """What a credit note would take out of the order's lots, and what it would end. Two queries, no lock."""
    left = CreditLot.objects.filter(order_line__order=order).aggregate(sum=Sum("balance"))["sum"] or 0
    return Taken(left, _spent_from(order))


@transaction.atomic
def take_back(order: Order, *, by: User | None = None, at: datetime | None = None) -> Taken:
    """Take what is left of an order's credits out of its lots: they are paid back. What was spent stays spent.

    The caller holds the order's lock. Locks its lots, in the order in which whoever spends locks them, and only then
    looks at what was spent: who is about to spend has done so, or finds nothing left.
    """
    lots = CreditLot.objects.filter(order_line__order=order).order_by("expires_at", "pk")
    left = 0
    for lot in lots.select_for_update(of=("self",), no_key=True):
        if lot.balance:
            left += lot.balance
            reference = _next_reference(lot, Kind.CORRECTION, f"withdrawal:{lot.pk}")
            label = f"Avoir sur la commande {order.number}"
            _move(lot, Kind.CORRECTION, -lot.balance, reference=reference, label=label, by=by, at=at)
    return Taken(left, _spent_from(order))


def expire(now: datetime | None = None) -> int:
    """Write off what is left in expired lots, a transaction a lot. Returns the number of lots. Safe to run twice."""
    now = now or timezone.now()
    count = 0
    for pk in CreditLot.objects.filter(expires_at__lte=now, balance__gt=0).values_list("pk", flat=True):
        with transaction.atomic():
            lot = _locked(pk)
            if lot.balance > 0:
                reference = _next_reference(lot, Kind.EXPIRY, f"lot:{lot.pk}")
                _move(lot, Kind.EXPIRY, -lot.balance, reference=reference, at=now)
                count += 1
    return count


def is_refunded(lot: CreditLot) -> bool:
    """Whether a credit note paid this lot back. One query."""
    notes = Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE)
    return lot.order_line_id is not None and notes.filter(order__lines=lot.order_line_id).exists()


def returnable(lot: CreditLot, at: datetime | None = None) -> list[CreditMovement]:
    """What was spent of a lot and may be given back into it. Three queries at most, no lock."""
    if lot.expires_at <= (at or timezone.now()) or is_refunded(lot):
        return []
    return _unreturned(CreditMovement.objects.filter(lot=lot))


def _refuse_useless(lot: CreditLot, at: datetime) -> None:
    """Nothing comes into a lot that nobody may spend from, or whose money went back."""
    if lot.expires_at <= at:
        raise CreditError("Ce lot a expiré : attribuez un nouveau crédit, avec le même motif.")
    if is_refunded(lot):
        raise CreditError("Ce lot a été remboursé par un avoir : attribuez un nouveau crédit s’il y a lieu.")


def _spent_from(order: Order) -> list[CreditMovement]:
    """What was spent of an order's credits and not given back."""
    return _unreturned(CreditMovement.objects.filter(lot__order_line__order=order))


def _unreturned(moves: QuerySet[CreditMovement]) -> list[CreditMovement]:
    given_back = moves.filter(kind=Kind.GIVING_BACK).order_by().values("reference")
    return list(moves.filter(kind=Kind.SPENDING).exclude(reference__in=given_back).order_by("pk"))


def _locked(pk: int) -> CreditLot:
    return CreditLot.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _next_reference(lot: CreditLot, kind: str, reference: str) -> str:
    """The name of an event that a lot may see again: the first has the plain one. The lot is locked."""
    again = CreditMovement.objects.filter(lot=lot, kind=kind, reference__startswith=reference).count()
    return f"{reference}/{again + 1}" if again else reference


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
