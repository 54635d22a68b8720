"""Money of card payments that goes back, or is contested. Locks the order's row, then the payment's."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from payments import PaymentError, PaymentStatus
from payments.core import provider_factory

from accounts.models import User

from . import card_mails, orders, payments
from .models import Invoice, Order, Payment
from .money import euros
from .payments import Kind

Unexpected, Dispute = Payment.Unexpected, Payment.Dispute
NOUGHT = Decimal("0.00")
_NOT_OURS = (Unexpected.PAID, Unexpected.CANCELLED)
#: The money is with the bank of the card's holder, or will be if it wins: a refund would give it twice.
_AT_THE_BANK = (Dispute.OPEN, Dispute.LOST)


class RefundError(ValidationError):
    """This payment is not to be refunded, or the provider refuses. The message is a French sentence."""


def _credited() -> Exists:
    notes = Invoice.objects.filter(order=OuterRef("order"), kind=Invoice.Kind.CREDIT_NOTE)
    return Exists(notes)


def _is_due() -> Q:
    """What a refund is owed for: money that nobody waited for, and that of an order taken back by a credit note.

    Not what the card's holder contests, or has got back by its bank.
    """
    credited = Q(unexpected="", order__method=Order.Method.CARD) & Q(_credited())
    ours = Q(status=PaymentStatus.CONFIRMED, captured_amount__gt=0) & ~Q(dispute__in=_AT_THE_BANK)
    return ours & (Q(unexpected__in=_NOT_OURS) | credited)


def due(rows: QuerySet[Payment]) -> QuerySet[Payment]:
    """The payments that the office is to refund, those it has put aside left out."""
    return rows.filter(_is_due(), handled_at=None)


def with_credit(rows: QuerySet[Payment]) -> QuerySet[Payment]:
    """With `is_credited`: whether the order was taken back by a credit note, for lists."""
    return rows.annotate(is_credited=_credited())


def to_look_at(rows: QuerySet[Payment]) -> QuerySet[Payment]:
    """The payments that want the office: to refund, contested or lost so, or not understood."""
    strange = Q(unexpected__in=(Unexpected.MISMATCH, Unexpected.REFUND_FAILED))
    doubtful = strange | Q(dispute__in=_AT_THE_BANK)
    return rows.filter(_is_due() | doubtful, handled_at=None)


@dataclass(frozen=True)
class ToCard:
    """What was taken from cards and goes back to them: still to be given back, and given back."""

    due: Decimal
    returned: Decimal


def of(order: Order) -> ToCard:
    """What goes back of an order's card payments; a refund that the bank sent back is neither. Two queries."""
    rows = order.payments.all()
    arrived = [payment.returned for payment in rows if payment.unexpected != Unexpected.REFUND_FAILED]
    return ToCard(
        due=sum((payment.captured_amount for payment in due(rows)), NOUGHT), returned=sum(arrived, NOUGHT)
    )


def is_due(payment: Payment) -> bool:
    """Whether the office may refund this one. One query."""
    return Payment.objects.filter(_is_due(), pk=payment.pk).exists()


@transaction.atomic
def refund(payment_pk: int, by: User) -> Payment:
    """Give the money of a payment back through the provider, once; its buyer hears of it. Twice refunds once.

    The provider is asked while the rows are locked: two clicks ask one after the other, and with one key.
    Locks the order, the payment. Raises RefundError.
    """
    payment = payments.lock(payment_pk)
    if payment.status == PaymentStatus.REFUNDED:
        return payment
    if payment.dispute in _AT_THE_BANK:
        raise RefundError(
            f"Ce paiement est {payment.get_dispute_display()}\u202f: sa banque lui rend la somme si la contestation "
            "aboutit. Ne la remboursez pas une seconde fois."
            if payment.dispute == Dispute.OPEN
            else "La contestation de ce paiement est perdue\u202f: la banque a déjà rendu la somme au porteur de la "
            "carte. Ne la remboursez pas une seconde fois.",
            code="dispute",
        )
    if not is_due(payment):
        raise RefundError(
            "Ce paiement est celui de sa commande\u202f: établissez d’abord un avoir, puis remboursez.", code="state"
        )  # fmt: skip
    amount = payment.captured_amount
    try:
        provider_factory(payment.variant, payment).refund(payment, amount)
    except PaymentError as error:
        raise RefundError(
            "Le prestataire de paiement n’a pas accepté le remboursement ou ne répond pas. Réessayez\u202f; s’il "
            "refuse encore, remboursez depuis son tableau de bord.",
            code="provider",
        ) from error
    _give_back(payment, payment.total, by=by)
    return payment


@transaction.atomic
def returned(payment_pk: int, returned: Decimal, event_id: str = "") -> Payment:
    """The provider says how much it has given back in all: by our own asking no news, else the office is told."""
    payment = payments.lock(payment_pk)
    came = payment.status in payments.SETTLED
    if returned <= payment.returned or (event_id and payment.events.filter(event_id=event_id).exists()):
        return payment
    if not came and returned < payment.total:
        # The news of the payment itself is still on its way: the refund is told, and leaves it its turn.
        payments.note(payment, Kind.REFUNDED, euros(returned), event_id=event_id)
        card_mails.refund_seen(payment, returned)
        return payment
    was_due = is_due(payment)
    _give_back(payment, returned, event_id=event_id)
    if not was_due:
        card_mails.refund_seen(payment, returned)
    return payment


def _give_back(payment: Payment, returned: Decimal, by: User | None = None, event_id: str = "") -> None:
    back = returned - payment.returned
    payment.captured_amount = max(payment.total - returned, NOUGHT)
    if not payment.captured_amount:
        payment.status = PaymentStatus.REFUNDED
    payment.save()
    payments.note(payment, Kind.REFUNDED, euros(back), by=by, event_id=event_id, amount=back)
    orders.remark(payment.order, f"Paiement par carte\u202f: {euros(back)} remboursés", by)
    card_mails.refunded(payment, back)


@transaction.atomic
def came_back(payment_pk: int, amount: Decimal, event_id: str = "") -> Payment:
    """The buyer's bank did not take the refund: the money is with us again, and the office has to find another way."""
    payment = payments.lock(payment_pk)
    if payments.note(payment, Kind.REFUND_FAILED, euros(amount), event_id=event_id, amount=amount):
        payment.unexpected = Unexpected.REFUND_FAILED
        payment.handled_at = None
        payment.save()
        orders.remark(
            payment.order, f"Remboursement de {euros(amount)} revenu\u202f: carte injoignable", None
        )
        card_mails.refund_failed(payment, amount)
    return payment


@transaction.atomic
def contested(payment_pk: int, state: str, amount: Decimal, why: str, event_id: str = "") -> Payment:
    """The holder of the card contests the payment, or the contest has ended: the office is told of each change.

    What a lost one costs is noted with its event, once: the provider took it, and accounting books it.
    """
    payment = payments.lock(payment_pk)
    ended = payment.dispute in (Dispute.WON, Dispute.LOST)
    if payment.dispute == state or (ended and state == Dispute.OPEN):
        return payment
    payment.dispute = state
    payment.handled_at = None
    payment.save()
    booked = payment.events.filter(kind=Kind.DISPUTE, amount__gt=0).exists()
    lost = amount if state == Dispute.LOST and not booked else None
    payments.note(
        payment, Kind.DISPUTE, f"{payment.get_dispute_display()} ({why})", event_id=event_id, amount=lost
    )
    orders.remark(
        payment.order, f"Paiement par carte de {euros(amount)}\u202f: {payment.get_dispute_display()}", None
    )
    card_mails.disputed(payment, amount)
    return payment


@transaction.atomic
def put_aside(payment_pk: int, by: User, reason: str) -> Payment:
    """The office has dealt with it by another road, and says how. Raises RefundError: no reason, nothing to do."""
    payment = payments.lock(payment_pk)
    if not reason.strip():
        raise RefundError("Indiquez ce qui a été fait.", code="reason")
    if not to_look_at(Payment.objects.filter(pk=payment.pk)).exists():
        raise RefundError("Ce paiement n’attend plus rien.", code="state")
    payment.handled_at = timezone.now()
    payment.save(update_fields=["handled_at", "modified"])
    payments.note(payment, Kind.HANDLED, reason, by=by)
    return payment
