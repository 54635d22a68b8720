"""Reminders of what is waited for, and the end of the waiting. Each order and quote in a transaction of its own.

Every function may run twice, late or at once with a change by hand: the row is locked, and looked at again. One that
fails is logged, tried again the next time, and keeps no other from its turn.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reference.dates import midnight_after, paris_day

from . import delays, money_mails, orders, payments, settlements
from .models import Order, Quote

logger = logging.getLogger(__name__)

State = Order.State
#: A transfer made on the last day needs some to arrive.
GRACE = timedelta(days=3)


def remind_of_transfers(now: datetime | None = None) -> int:
    """Remind the buyers whose transfer has not come, as often as the office set. Returns how many were."""
    today, office = paris_day(now), delays.load()

    def remind(order: Order, pay_by: date) -> bool:
        due = office.transfer_reminders_due(pay_by, today)
        if pay_by < today or not _is_next(order, due, today):
            return False
        money_mails.transfer_reminder(order)
        return True

    last = today + timedelta(days=max(office.transfer_reminders, default=0))
    return _each(State.AWAITING_TRANSFER, last, remind)


def remind_of_invoices(now: datetime | None = None) -> int:
    """Remind the buyers of orders on invoice whose term is over, never before it. Returns how many were."""
    today, office = paris_day(now), delays.load()

    def remind(order: Order, due_on: date) -> bool:
        if not _is_next(order, office.invoice_reminders_due(due_on, today), today):
            return False
        money_mails.invoice_reminder(order, today)
        return True

    return _each(State.ON_INVOICE, today - timedelta(days=1), remind)


def cancel_unpaid(now: datetime | None = None) -> int:
    """Give up the orders whose transfer was waited for long enough and of which nothing came. Returns how many.

    What was paid in part is left to the office: somebody has to talk to the buyer.
    """

    def cancel(order: Order, pay_by: date) -> bool:
        if settlements.received(order):
            return False
        orders.cancel(order, by=None, note=f"Aucun virement au {pay_by:%d/%m/%Y}")
        return True

    return _each(State.AWAITING_TRANSFER, paris_day(now) - GRACE - timedelta(days=1), cancel)


def cancel_unpaid_by_card(now: datetime | None = None) -> int:
    """Give up the orders by card that nobody has paid for as long as a transfer is waited for. Returns how many.

    Each would hold its discount code and its prices for ever. One whose payment may still come is left for later.
    """
    days = delays.load().transfer_days
    before = midnight_after(paris_day(now) - timedelta(days=days + 1))

    def cancel(order: Order) -> bool:
        if order.state != State.AWAITING_PAYMENT or order.payments.filter(payments.MAY_COME).exists():
            return False
        orders.cancel(order, by=None, note=f"Aucun paiement par carte en {days} jours")
        return True

    rows = Order.objects.filter(state=State.AWAITING_PAYMENT, placed_at__lt=before)
    return _one_by_one(rows.order_by("placed_at", "pk"), cancel)


def remind_of_quotes(now: datetime | None = None) -> int:
    """Tell once, some days before a quote lapses, that it does. Returns how many were told."""
    now = now or timezone.now()
    today, days, count = paris_day(now), delays.load().quote_reminder_days, 0
    if not days:
        return 0
    soon = Quote.objects.filter(valid_until__range=(today, today + timedelta(days=days)))
    for pk in soon.filter(order=None, reminded_at=None).exclude(mailed_at=None).values_list("pk", flat=True):
        try:
            count += _remind_of_quote(pk, days, now)
        except Exception:
            logger.exception("The buyer of quote %s could not be reminded", pk)
    return count


@transaction.atomic
def _remind_of_quote(pk: int, days: int, now: datetime) -> bool:
    quote = Quote.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    # One that was never valid for longer than that is not forgotten: it has just come.
    is_new = quote.valid_until - paris_day(quote.issued_at) <= timedelta(days=days)
    if quote.order_id is not None or quote.reminded_at is not None or is_new:
        return False
    quote.reminded_at = now
    quote.save(update_fields=["reminded_at"])
    money_mails.quote_reminder(quote)
    return True


def _each(state: str, last: date, act: Callable[[Order, date], bool]) -> int:
    """Do this with each order in this state to be paid by this day, its row locked. Returns how often it was done."""

    def act_on(order: Order) -> bool:
        # It may have been paid, cancelled or given more time while the others were dealt with.
        if order.state != state or order.pay_by is None or order.pay_by > last:
            return False
        return act(order, order.pay_by)

    rows = Order.objects.filter(state=state, pay_by__lte=last)
    return _one_by_one(rows.order_by("pay_by", "pk"), act_on)


def _one_by_one(rows: QuerySet[Order], act: Callable[[Order], bool]) -> int:
    """Do this with each of these orders, its row locked and read again. Returns how often it was done."""
    count = 0
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                count += act(orders.locked(Order(pk=pk)))
        except Exception:
            logger.exception("What was due for order %s could not be done", pk)
    return count


def _is_next(order: Order, due: int, today: date) -> bool:
    """Note a reminder that is due; what was missed meanwhile comes as one."""
    if due <= order.reminders:
        return False
    order.reminders = due
    order.reminded_on = today
    order.save(update_fields=["reminders", "reminded_on"])
    return True
