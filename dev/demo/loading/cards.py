"""Card payments that took another course than "paid": every state that the office and the buyers have to deal with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from billing import declines, invoices, orders, payments, refunds
from billing.models import Order, Payment, PaymentEvent
from billing.payments import Kind

from .backdate import backdate, stamp

if TYPE_CHECKING:
    from .orders import Office
    from .scene import Customer

#: What became of a payment, and the days since.
STORIES = (
    ("cancelled", 3),
    ("twice", 5),
    ("refunded", 12),
    ("credited", 6),
    ("contested", 20),
    ("lost", 34),
    ("won", 28),
    ("mismatch", 9),
    ("bounced", 15),
    ("declined", 2),
    ("lapsed", 4),
    ("waiting", 0),
)


def plan(office: Office) -> None:
    """Put these payments on the timeline."""
    buyers = [customer for customer in office.scene.customers.values() if not customer.row.pays_on_invoice]
    for number, (story, days) in enumerate(STORIES):
        customer = buyers[number % len(buyers)]
        office.timeline.add(office.scene.ago(days), _told(office, customer, story))


def _told(office: Office, customer: Customer, story: str) -> Callable[[datetime], None]:
    def happen(at: datetime) -> None:
        order = office.place(customer, {"web-1": 1}, Order.Method.CARD, at)
        payment = payments.start(order, settings.PAYMENT_CARD_VARIANT)
        backdate(payment, created=at)
        soon = min(at + timedelta(minutes=20), office.scene.now)
        _ACTS[story](office, payment, soon)
        backdate(payment, modified=soon)
        PaymentEvent.objects.filter(payment=payment).update(at=soon)
        stamp(order, soon)

    return happen


def _pay(payment: Payment, at: datetime) -> None:
    payments.confirm(payment.pk, amount=payment.total, currency=payment.currency, at=at)


def _cancelled(office: Office, payment: Payment, at: datetime) -> None:
    """The office gave the order up while its buyer was paying."""
    orders.cancel(payment.order, office.sales, "À la demande du client")
    _pay(payment, at)


def _twice(office: Office, payment: Payment, at: datetime) -> None:
    """A transfer paid the order before the card did."""
    orders.pay(payment.order, by=office.sales, note="Virement", at=at, method=Order.Method.TRANSFER)
    _pay(payment, at)


def _refunded(office: Office, payment: Payment, at: datetime) -> None:
    _cancelled(office, payment, at)
    refunds.refund(payment.pk, by=office.sales)


def _credited(office: Office, payment: Payment, at: datetime) -> None:
    """Taken back by a credit note; the money is still to go back to the card."""
    _pay(payment, at)
    invoices.credit_note(payment.order.invoices.get(), by=office.sales, at=at)


def _contested(office: Office, payment: Payment, at: datetime) -> None:
    _pay(payment, at)
    refunds.contested(payment.pk, Payment.Dispute.OPEN, payment.total, "fraudulent")


def _lost(office: Office, payment: Payment, at: datetime) -> None:
    """The bank gave the money back to the holder of the card."""
    _contested(office, payment, at)
    refunds.contested(payment.pk, Payment.Dispute.LOST, payment.total, "fraudulent")


def _won(office: Office, payment: Payment, at: datetime) -> None:
    _contested(office, payment, at)
    refunds.contested(payment.pk, Payment.Dispute.WON, payment.total, "fraudulent")


def _mismatch(office: Office, payment: Payment, at: datetime) -> None:
    """The provider speaks of another amount than was asked for."""
    payments.confirm(payment.pk, amount=payment.total - 100, currency=payment.currency, at=at)


def _bounced(office: Office, payment: Payment, at: datetime) -> None:
    """The refund came back: the card is closed."""
    _refunded(office, payment, at)
    refunds.came_back(payment.pk, payment.total)


def _declined(office: Office, payment: Payment, at: datetime) -> None:
    payments.decline(payment.pk, declines.sentence("insufficient_funds"))


def _lapsed(office: Office, payment: Payment, at: datetime) -> None:
    payments.refuse(payment.pk, kind=Kind.EXPIRED)


def _waiting(office: Office, payment: Payment, at: datetime) -> None:
    payments.wait_for_bank(payment.pk)


_ACTS = {
    "cancelled": _cancelled,
    "twice": _twice,
    "refunded": _refunded,
    "credited": _credited,
    "contested": _contested,
    "lost": _lost,
    "won": _won,
    "mismatch": _mismatch,
    "bounced": _bounced,
    "declined": _declined,
    "lapsed": _lapsed,
    "waiting": _waiting,
}
