"""Card payments. django-payments takes no row lock of its own: every change of a payment goes through here.

Locking rule: the order's row, then the payment's. A settled payment is never unsettled: a late or repeated event
finds it so and changes nothing. Money that came is never passed over in silence: it pays the order, or the office
is told.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from payments import PaymentError, PaymentStatus
from payments.core import provider_factory

from accounts.models import User

from . import card_mails, orders, stripe_api
from .models import Order, Payment, PaymentEvent
from .money import euros

logger = logging.getLogger(__name__)

CURRENCY = "EUR"
SETTLED = {PaymentStatus.CONFIRMED, PaymentStatus.REFUNDED}
OPEN = {PaymentStatus.WAITING, PaymentStatus.INPUT}
#: Those by which money may still come: their page was opened, or the bank has not answered.
MAY_COME = Q(status=PaymentStatus.INPUT) | (Q(status=PaymentStatus.WAITING) & ~Q(transaction_id=""))
Kind = PaymentEvent.Kind
#: A page cannot be opened for less than half an hour.
_SHORTEST = timedelta(minutes=35)


class PaymentRefused(ValidationError):
    """This order cannot be paid by card now. The message is a French sentence."""


@dataclass(frozen=True)
class Told:
    """What a provider says of a payment: "paid", "pending" (its bank has not answered), "over" or "open"."""

    state: str
    amount: Decimal = Decimal("0.00")
    currency: str = ""
    session: str = ""
    intent: str = ""
    why: str = ""


@transaction.atomic
def start(order: Order, variant: str) -> Payment:
    """The payment by which to pay: the one still open, or a new one. Locks the order. Raises PaymentRefused."""
    order = _lock_order(order.pk)
    if order.state == Order.State.PAID:
        raise PaymentRefused("Cette commande est déjà payée.", code="paid")
    if order.state != Order.State.AWAITING_PAYMENT:
        raise PaymentRefused("Cette commande n’attend pas de paiement par carte.", code="state")
    waiting = order.payments.filter(status__in=OPEN, variant=variant).first()
    if waiting and not _has_lapsed(waiting):
        return waiting
    if waiting:
        refuse(waiting.pk, kind=Kind.EXPIRED)
    return Payment.objects.create(
        order=order,
        variant=variant,
        currency=CURRENCY,
        total=order.total_incl_vat,
        tax=order.total_vat,
        description=f"Commande {order.number}",
        billing_email=order.buyer_email or (order.placed_by.email if order.placed_by else ""),
    )


def resume(order: Order, variant: str) -> Payment:
    """The payment by which to pay, after asking what became of a page left open. Raises PaymentRefused."""
    payment = start(order, variant)
    if payment.transaction_id and ask(payment).status not in OPEN:
        payment = start(order, variant)
    return payment


def _has_lapsed(payment: Payment) -> bool:
    """Whether its page is closed by now, or would have to be opened for less than is allowed."""
    left = stripe_api.closes_at(payment) - timezone.now()
    return left <= (timedelta(0) if payment.transaction_id else _SHORTEST)


def ask(payment: Payment) -> Payment:
    """Ask the provider what became of an open payment, and apply it as an event would. The payment as it is then.

    For whoever comes back before the event does, and for events that never come. Asks before it locks; what it then
    changes locks as `confirm` does. A provider that does not answer changes nothing.
    """
    if payment.status in OPEN:
        try:
            told = provider_factory(payment.variant, payment).look(payment)
        except PaymentError as error:
            logger.warning("Payment %s: %s", payment.pk, error)
        else:
            apply(payment.pk, told)
    return Payment.objects.select_related("order").get(pk=payment.pk)


def apply(payment_pk: int, told: Told, event_id: str = "") -> None:
    """What the provider says of a payment, whether by an event or when asked."""
    if told.state == "paid":
        confirm(
            payment_pk,
            amount=told.amount,
            currency=told.currency,
            transaction_id=told.session,
            intent=told.intent,
            event_id=event_id,
        )
    elif told.state == "pending":
        wait_for_bank(payment_pk, told.session, event_id)
    elif told.state == "over":
        refuse(payment_pk, told.why, kind=Kind.EXPIRED, session=told.session, event_id=event_id)


@transaction.atomic
def confirm(
    payment_pk: int,
    *,
    amount: Decimal,
    currency: str,
    transaction_id: str = "",
    intent: str = "",
    at: datetime | None = None,
    event_id: str = "",
) -> Payment:
    """The provider says that it took the money: the order is paid, delivered and invoiced, once.

    With another amount, currency or session than the payment's it pays nothing, and the office is told, once.
    Money for an order that waits for none (given up, or paid already) is recorded, and the office told.
    Locks the order, the payment, then what `orders.pay` locks.
    """
    payment = lock(payment_pk)
    same = not transaction_id or payment.transaction_id in ("", transaction_id)
    if payment.status in SETTLED and same:
        return payment
    if not same or (amount, currency.upper()) != (payment.total, payment.currency):
        _does_not_match(payment, f"{_in(currency, amount)} {transaction_id}".strip(), event_id)
        return payment
    payment.status = PaymentStatus.CONFIRMED
    payment.captured_amount = payment.total
    payment.transaction_id = payment.transaction_id or transaction_id
    payment.intent = intent or payment.intent
    payment.message = ""
    awaited = Order.State.PAID in Order.MOVES[Order.State(payment.order.state)]
    if not awaited:
        cancelled = payment.order.state == Order.State.CANCELLED
        payment.unexpected = Payment.Unexpected.CANCELLED if cancelled else Payment.Unexpected.PAID
    payment.save()
    note(payment, Kind.PAID, euros(amount), event_id=event_id, amount=amount)
    if awaited:
        orders.pay(payment.order, note="Carte bancaire", at=at, method=Order.Method.CARD)
    else:
        orders.remark(
            payment.order, f"Paiement par carte de {euros(amount)} reçu\u202f: {payment.get_unexpected_display()}", None
        )  # fmt: skip
        card_mails.unexpected_payment(payment)
    return payment


def _in(currency: str, amount: Decimal) -> str:
    """An amount in whatever currency the provider names."""
    return (
        euros(amount) if currency.upper() == "EUR" else f"{amount:.2f} {currency.upper()}".replace(".", ",")
    )


def _does_not_match(payment: Payment, what: str, event_id: str) -> None:
    logger.error("Payment %s: the event does not match (%s)", payment.pk, what)
    if payment.unexpected != Payment.Unexpected.MISMATCH:
        payment.unexpected = Payment.Unexpected.MISMATCH
        payment.handled_at = None
        payment.save(update_fields=["unexpected", "handled_at", "modified"])
        note(payment, Kind.MISMATCH, what, event_id=event_id)
        card_mails.mismatch(payment, what)


@transaction.atomic
def wait_for_bank(payment_pk: int, session: str = "", event_id: str = "") -> Payment:
    """The buyer has done its part, the bank has not answered yet: no second page is opened meanwhile."""
    payment = lock(payment_pk)
    if payment.status == PaymentStatus.WAITING and payment.transaction_id in ("", session):
        payment.status = PaymentStatus.INPUT
        payment.save(update_fields=["status", "modified"])
        note(payment, Kind.PENDING, event_id=event_id)
    return payment


@transaction.atomic
def decline(payment_pk: int, message: str, event_id: str = "") -> Payment:
    """A card was refused on the provider's page, which stays open for another: kept for the buyer and the office."""
    payment = lock(payment_pk)
    if payment.status in OPEN and note(payment, Kind.DECLINED, message, event_id=event_id):
        payment.message = message
        payment.save(update_fields=["message", "modified"])
    return payment


@transaction.atomic
def refuse(
    payment_pk: int, message: str = "", *, kind: str = Kind.FAILED, session: str = "", event_id: str = ""
) -> Payment:
    """The provider refused, or the page closed; the order still waits. Nothing happens to a settled payment.

    The buyer, who has left the page by then, hears of a refusal each time and of an unpaid order once.
    """
    payment = lock(payment_pk)
    if payment.status in OPEN and (not session or payment.transaction_id in ("", session)):
        payment.status = PaymentStatus.REJECTED
        payment.message = message or payment.message
        payment.save(update_fields=["status", "message", "modified"])
        note(payment, kind, message, event_id=event_id)
        if payment.order.state == Order.State.AWAITING_PAYMENT:
            _tell_buyer(payment, kind)
    return payment


def _tell_buyer(payment: Payment, kind: str) -> None:
    gone = kind == Kind.EXPIRED
    told_before = PaymentEvent.objects.filter(payment__order=payment.order_id, kind=Kind.EXPIRED).count() > 1
    if gone and not told_before:
        card_mails.abandoned(payment)
    elif not gone and payment.variant != "dummy":
        # The demonstration's card form refuses before the buyer's eyes.
        card_mails.failed(payment)


def close(payment: Payment) -> None:
    """Its order waits for no card any more: close the page, so that nobody pays on it. Asks before it locks.

    A page that was paid on meanwhile is not closed: the payment is then recorded as unexpected.
    Raises PaymentError: the provider does not answer; to be tried again.
    """
    try:
        provider_factory(payment.variant, payment).cancel(payment)
    except PaymentError as error:
        if error.code != 400:
            raise
        ask(payment)
        return
    with transaction.atomic():
        payment = lock(payment.pk)
        if payment.status in OPEN:
            payment.status = PaymentStatus.CANCELLED
            payment.save(update_fields=["status", "modified"])
            note(payment, Kind.CLOSED)


def note(
    payment: Payment,
    kind: str,
    text: str = "",
    *,
    by: User | None = None,
    event_id: str = "",
    amount: Decimal | None = None,
) -> PaymentEvent | None:
    """A line of the payment's story; None for an event that stands there already. The caller holds its lock.

    `amount`: the money that moved, which accounting books.
    """
    if event_id and PaymentEvent.objects.filter(event_id=event_id).exists():
        return None
    return PaymentEvent.objects.create(
        payment=payment, kind=kind, note=text[:300], by=by, event_id=event_id, amount=amount
    )


def lock(payment_pk: int) -> Payment:
    """The payment as it is now, its order's row and its own locked until the caller's transaction ends."""
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_pk)
    _lock_order(order_id)
    return (
        Payment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("order")
        .get(pk=payment_pk)
    )


def _lock_order(order_pk: int) -> Order:
    return Order.objects.select_for_update(of=("self",), no_key=True).get(pk=order_pk)
