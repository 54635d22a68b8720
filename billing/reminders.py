"""Reminders of what is waited for, and the end of the waiting. Each order and quote in a transaction of its own.

Every function may run twice, late or at once with a change by hand: the row is locked, and looked at again.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reference.dates import paris_day

from . import delays, money_mails, orders, settlements
from .models import Order, Quote

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


def remind_of_quotes(now: datetime | None = None) -> int:
    """Tell once, some days before a quote lapses, that it does. Returns how many were told."""
    now = now or timezone.now()
    today, days, count = paris_day(now), delays.load().quote_reminder_days, 0
    if not days:
        return 0
    soon = Quote.objects.filter(valid_until__range=(today, today + timedelta(days=days)))
    for pk in soon.filter(order=None, reminded_at=None).exclude(mailed_at=None).values_list("pk", flat=True):
        with transaction.atomic():
            quote = Quote.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
            # One that was never valid for longer than that is not forgotten: it has just come.
            is_new = quote.valid_until - paris_day(quote.issued_at) <= timedelta(days=days)
            if quote.order_id is None and quote.reminded_at is None and not is_new:
                quote.reminded_at = now
                quote.save(update_fields=["reminded_at"])
                money_mails.quote_reminder(quote)
                count += 1
    return count


def _each(state: str, last: date, act: Callable[[Order, date], bool]) -> int:
    """Do this with each order in this state to be paid by this day, its row locked. Returns how often it was done."""
    count = 0
    rows = Order.objects.filter(state=state, pay_by__lte=last).order_by("pay_by", "pk")
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            order = orders.locked(Order(pk=pk))
            # It may have been paid, cancelled or given more time while the others were dealt with.
            if order.state == state and order.pay_by is not None and order.pay_by <= last:
                count += act(order, order.pay_by)
    return count


def _is_next(order: Order, due: int, today: date) -> bool:
    """Note a reminder that is due; what was missed meanwhile comes as one."""
    if due <= order.reminders:
        return False
    order.reminders = due
    order.reminded_on = today
    order.save(update_fields=["reminders", "reminded_on"])
    return True
