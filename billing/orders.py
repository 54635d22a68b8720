"""Orders: made once for a key, moved along Order.MOVES, delivered exactly once.

Locking rule: an order's row is locked before anything that hangs on it (payments, lots, the employer), a series of
numbers last. Rows are locked with `no_key`: whoever inserts a row that refers to a locked one does not wait for it.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Employer, User
from reference.dates import paris_day

from . import (
    delays,
    delivery,
    discounts,
    frozen,
    identity,
    invoices,
    money,
    money_mails,
    numbers,
    pricing,
    signals,
    terms,
)
from .models import DiscountCode, Offer, Order, OrderLine, OrderMove

State, Method = Order.State, Order.Method
FIRST_STATE = {
    Method.CARD: State.AWAITING_PAYMENT,
    Method.TRANSFER: State.AWAITING_TRANSFER,
    Method.INVOICE: State.ON_INVOICE,
}


class ForbiddenMove(ValidationError):
    """This order cannot go there from where it is. The message is a French sentence."""


class OrderError(ValidationError):
    """The order cannot be made. The message is a French sentence."""


@transaction.atomic
def create(
    employer: Employer,
    key: uuid.UUID,
    method: str,
    lines: Iterable[dict],
    *,
    buyer: dict[str, str],
    by: User | None,
    at: datetime | None = None,
    agreed: dict[str, Any] | None = None,
) -> Order:
    """Make an order of frozen lines (`frozen.line_of`), or return the one already made for this key.

    `agreed`: what else was agreed on, `discount_code` (held by `discounts.hold`), `proof_address`, `terms_accepted_at`.
    The caller holds a lock that two confirmations share (the cart's or the quote's). Locks the order series.
    """
    existing = Order.objects.filter(key=key, employer=employer).first()
    if existing:
        return existing
    at = at or timezone.now()
    rows = [OrderLine(**line) for line in lines]
    sums = money.totals(rows)
    order = Order(
        employer=employer,
        key=key,
        method=method,
        state=FIRST_STATE[Method(method)],
        placed_by=by,
        placed_at=at,
        pay_by=delays.load().pay_by(paris_day(at)) if method == Method.TRANSFER else None,
        total_excl_vat=sums.excl,
        total_vat=sums.vat,
        total_incl_vat=sums.incl,
        **buyer,
        **(agreed or {}),
    )
    order.number = numbers.next_number(numbers.ORDER, paris_day(at).year)
    order.save()
    for row in rows:
        row.order = order
    OrderLine.objects.bulk_create(rows)
    OrderMove.objects.create(order=order, to_state=order.state, by=by)
    if order.method == Method.TRANSFER:
        money_mails.transfer_details(order)
    return order


@transaction.atomic
def order_on_invoice(
    employer: Employer,
    items: Iterable[tuple[Offer, int]],
    by: User,
    purchase_order_number: str = "",
    key: uuid.UUID | None = None,
    at: datetime | None = None,
    discount_code: DiscountCode | None = None,
) -> Order:
    """The office's order for a customer who pays on invoice (G18): credits at once, the invoice with its due date.

    Within what the customer may owe: two orders at once wait for each other. The same key again: the same order.
    Locks the employer's row, the code, the series. Raises OrderError, terms.LimitReached, discounts.DiscountError.
    """
    lock_employer(employer)
    existing = Order.objects.filter(key=key, employer=employer).first() if key else None
    if existing:
        return existing
    items = list(items)
    at = at or timezone.now()
    if discount_code:
        discount_code = discounts.hold(discount_code, employer, [offer for offer, _ in items], paris_day(at))
    lines = pricing.sold_lines(employer, items, discount_code)
    if not lines or any(line["quantity"] < 1 for line in lines):
        raise OrderError("Choisissez au moins une offre, en quantité d’au moins un.")
    if faults := identity.faults(employer):
        raise OrderError(f"Complétez d’abord la fiche de ce client. {' '.join(faults.values())}")
    terms.check_limit(employer, pricing.totals_of(lines).incl)
    buyer = frozen.buyer_of(employer, purchase_order_number)
    agreed = {"discount_code": discount_code}
    order = create(
        employer, key or uuid.uuid4(), Method.INVOICE, lines, buyer=buyer, by=by, at=at, agreed=agreed
    )
    delivery.deliver(order, at=at)
    signals.order_delivered.send(sender=Order, order=order)
    order.pay_by = invoices.issue(order, at=at).due_on
    order.save(update_fields=["pay_by"])
    return order


def lock_employer(employer: Employer) -> None:
    """Hold the employer's row until the caller's transaction ends."""
    Employer.objects.select_for_update(of=("self",), no_key=True).get(pk=employer.pk)


@transaction.atomic
def move(order: Order, to: str, by: User | None = None, note: str = "", at: datetime | None = None) -> Order:
    """Move an order and log it. The same move again changes nothing. Locks the order. Raises ForbiddenMove."""
    order = locked(order)
    if order.state == to:
        return order
    if State(to) not in Order.MOVES[State(order.state)]:
        raise ForbiddenMove(
            f"La commande {order.number} est « {order.get_state_display()} » : elle ne peut plus devenir "
            f"« {State(to).label} ».",
            code="forbidden_move",
        )
    from_state = order.state
    OrderMove.objects.create(order=order, from_state=from_state, to_state=to, by=by, note=note[:200])
    order.state = to
    if to == State.PAID:
        order.paid_at = at or timezone.now()
    order.save(update_fields=["state", "paid_at"])
    signals.order_moved.send(sender=Order, order=order, from_state=from_state)
    return order


@transaction.atomic
def pay(
    order: Order, by: User | None = None, note: str = "", at: datetime | None = None, method: str = ""
) -> Order:
    """The money is there: paid, delivered, invoiced, mails queued; all of it once, whatever the repetition.

    `method` is how the money came, where that is not how the buyer meant to pay. Locks the order, the employer, the
    invoice series. Raises ForbiddenMove (a cancelled order).
    """
    order = locked(order)
    if order.state == State.PAID:
        return order
    invoiced_before = order.state == State.ON_INVOICE
    order = move(order, State.PAID, by=by, note=note, at=at)
    if not invoiced_before:
        if method and method != order.method:
            order.method = method
            order.save(update_fields=["method"])
        delivery.deliver(order, at=at)
        signals.order_delivered.send(sender=Order, order=order)
    signals.order_paid.send(sender=Order, order=order)
    if not invoiced_before:
        invoices.issue(order, at=at)
    return order


@transaction.atomic
def cancel(order: Order, by: User | None, note: str = "") -> Order:
    """Give up an order that nobody has paid. What was delivered on invoice is taken back by a credit note.

    Its buyer hears of it, unless it was the buyer. Locks the order. Raises ForbiddenMove.
    """
    order = locked(order)
    if order.state == State.CANCELLED:
        return order
    if order.state == State.ON_INVOICE:
        raise ForbiddenMove("Cette commande est facturée : annulez-la par un avoir.", code="forbidden_move")
    order = move(order, State.CANCELLED, by=by, note=note)
    if by is None or by.is_office:
        money_mails.cancelled(order, lapsed=by is None)
    return order


def wait_for_transfer(order: Order, by: User | None, note: str = "", at: datetime | None = None) -> Order:
    """Wait for a transfer from today on, with all its reminders to come. The caller holds the order's lock."""
    order = move(order, State.AWAITING_TRANSFER, by=by, note=note)
    order.method = Method.TRANSFER
    order.pay_by = delays.load().pay_by(paris_day(at))
    order.reminders = 0
    order.reminded_on = None
    order.save(update_fields=["method", "pay_by", "reminders", "reminded_on"])
    return order


@transaction.atomic
def change_method(order: Order, method: str, by: User | None) -> Order:
    """Pay by transfer rather than by card. Locks the order. Raises ForbiddenMove once money is on its way."""
    order = locked(order)
    if order.method == method:
        return order
    if (order.state, method) != (State.AWAITING_PAYMENT, Method.TRANSFER):
        raise ForbiddenMove(
            "Le mode de paiement de cette commande ne se change plus. Écrivez-nous si besoin.",
            code="forbidden_move",
        )
    order = wait_for_transfer(order, by)
    money_mails.transfer_details(order)
    return order


def remark(order: Order, text: str, by: User | None) -> None:
    """A line of the order's story that moves it nowhere: money that came in or went back. The caller holds its lock."""
    OrderMove.objects.create(
        order=order, from_state=order.state, to_state=order.state, by=by, note=text[:200]
    )


def locked(order: Order) -> Order:
    """The order as it is now, its row locked until the caller's transaction ends."""
    return Order.objects.select_for_update(of=("self",), no_key=True).get(pk=order.pk)
