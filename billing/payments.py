"""Card payments. django-payments takes no row lock of its own: every change of a payment goes through here.

Locking rule: the order's row, then the payment's. A settled payment is never unsettled: a late or repeated event
finds it so and changes nothing.
"""

import logging
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from payments import PaymentStatus

from . import emails, orders
from .models import Order, Payment

logger = logging.getLogger(__name__)

CURRENCY = "EUR"
SETTLED = {PaymentStatus.CONFIRMED, PaymentStatus.REFUNDED}
OPEN = {PaymentStatus.WAITING, PaymentStatus.INPUT}


class PaymentRefused(ValidationError):
    """This order cannot be paid by card now. The message is a French sentence."""


@transaction.atomic
def start(order: Order, variant: str) -> Payment:
    """The payment by which to pay: the one still open, or a new one. Locks the order. Raises PaymentRefused."""
    order = _lock_order(order.pk)
    if order.state == Order.State.PAID:
        raise PaymentRefused("Cette commande est déjà payée.", code="paid")
    if order.state != Order.State.AWAITING_PAYMENT:
        raise PaymentRefused("Cette commande n’attend pas de paiement par carte.", code="state")
    waiting = order.payments.filter(status__in=OPEN, variant=variant).first()
    if waiting:
        return waiting
    return Payment.objects.create(
        order=order,
        variant=variant,
        currency=CURRENCY,
        total=order.total_incl_vat,
        tax=order.total_vat,
        description=f"Commande {order.number}",
        billing_email=order.buyer_email or (order.placed_by.email if order.placed_by else ""),
    )


@transaction.atomic
def confirm(
    payment_pk: int,
    *,
    amount: Decimal,
    currency: str,
    transaction_id: str = "",
    at: datetime | None = None,
) -> Payment:
    """The provider says that it took the money: the order is paid, delivered and invoiced, once.

    An event with another amount, currency or transaction than the payment's is logged and changes nothing.
    Money for an order that waits for none (given up, or paid already) is recorded, and the office told.
    Locks the order, the payment, then what `orders.pay` locks.
    """
    payment = lock(payment_pk)
    if payment.status in SETTLED:
        return payment
    if (amount, currency.upper()) != (payment.total, payment.currency) or (
        payment.transaction_id and transaction_id and payment.transaction_id != transaction_id
    ):
        logger.error("Payment %s: the event does not match (%s %s)", payment.pk, amount, currency)
        return payment
    payment.status = PaymentStatus.CONFIRMED
    payment.captured_amount = payment.total
    payment.transaction_id = payment.transaction_id or transaction_id
    payment.message = ""
    payment.save(update_fields=["status", "captured_amount", "transaction_id", "message", "modified"])
    if Order.State.PAID in Order.MOVES[Order.State(payment.order.state)]:
        orders.pay(payment.order, note="Carte bancaire", at=at, method=Order.Method.CARD)
    else:
        emails.unexpected_payment(payment)
    return payment


@transaction.atomic
def refuse(payment_pk: int, message: str = "") -> Payment:
    """The provider refused or the buyer gave up; the order still waits. Nothing happens to a settled payment."""
    payment = lock(payment_pk)
    if payment.status in OPEN:
        payment.status = PaymentStatus.REJECTED
        payment.message = message
        payment.save(update_fields=["status", "message", "modified"])
    return payment


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
