"""Bank transfers: received whole, in part or too much, given back, for an order that was given up.

Locking rule: the order's row first, then what hangs on it. What came in is always kept; the order moves only when it is
paid whole.
"""

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from reference.dates import paris_day

from . import discounts, money_mails, orders, settlements
from .models import Order, Transfer, TransferReturn
from .money import euros

State = Order.State
#: The same amount for the same order within this time is perhaps the same money, typed twice.
TWICE = timedelta(days=7)


class TransferError(ValidationError):
    """The transfer cannot be booked so. The message is a French sentence."""


class Doubt(TransferError):
    """Nothing forbids it, but it is unusual: whoever is sure says so. The message is a French sentence."""


@transaction.atomic
def receive(
    order: Order,
    amount: Decimal,
    received_on: date,
    by: User,
    bank_reference: str = "",
    at: datetime | None = None,
    sure: bool = False,
    key: uuid.UUID | None = None,
) -> Transfer:
    """Keep a transfer; once the order is paid whole, it is delivered and invoiced, its excess kept to be given back.

    Less than the whole leaves the order waiting, and its buyer is told what is left. Money for an order that is paid
    or given up is kept too. All that is out of the ordinary, and what looks like the same transfer typed twice, needs
    `sure`. The same key again: the same transfer. Locks the order. Raises TransferError, and Doubt without `sure`.
    """
    order = orders.locked(order)
    existing = Transfer.objects.filter(key=key, order=order).first() if key else None
    if existing:
        return existing
    if amount <= 0:
        raise TransferError("Indiquez un montant supérieur à zéro.", code="amount")
    if received_on > paris_day():
        raise TransferError("La date de réception ne peut pas être dans l’avenir.", code="future")
    if not sure:
        _raise_doubts(order, amount, received_on)
    transfer = Transfer.objects.create(
        order=order,
        amount=amount,
        received_on=received_on,
        bank_reference=bank_reference[:80],
        recorded_by=by,
        key=key,
    )
    _settle(order, transfer, by, at)
    return transfer


@transaction.atomic
def give_back(
    order: Order,
    amount: Decimal,
    returned_on: date,
    by: User,
    bank_reference: str = "",
    key: uuid.UUID | None = None,
) -> TransferReturn:
    """Money was sent back to its payer: an excess, or what came for an order given up. The same key again: the same.

    Locks the order. Raises TransferError: more than there is to give back.
    """
    order = orders.locked(order)
    existing = TransferReturn.objects.filter(key=key, order=order).first() if key else None
    if existing:
        return existing
    most = settlements.returnable(order)
    if not most:
        raise TransferError(f"Il n’y a rien à rendre pour la commande {order.number}.", code="nothing")
    if not 0 < amount <= most:
        raise TransferError(f"Indiquez un montant entre 0,01\u202f€ et {euros(most)}.", code="amount")
    if returned_on > paris_day():
        raise TransferError("La date du remboursement ne peut pas être dans l’avenir.", code="future")
    back = TransferReturn.objects.create(
        order=order,
        amount=amount,
        returned_on=returned_on,
        bank_reference=bank_reference[:80],
        recorded_by=by,
        key=key,
    )
    orders.remark(order, f"{euros(amount)} rendus le {returned_on:%d/%m/%Y}", by)
    money_mails.returned(order, back)
    return back


@transaction.atomic
def reopen(order: Order, by: User, reason: str, at: datetime | None = None) -> Order:
    """Take an order up again that was given up, for a reason; what has come in for it counts, and may pay it at once.

    Locks the order, its discount code. Raises TransferError: not given up, or invoiced and taken back by a credit note,
    or its code has served elsewhere meanwhile.
    """
    order = orders.locked(order)
    if order.state != State.CANCELLED:
        raise TransferError(
            f"La commande {order.number} n’est pas annulée\u202f: elle n’a pas à être rouverte.", code="state"
        )
    if order.invoices.exists():
        raise TransferError(
            "Cette commande a été facturée puis annulée par un avoir\u202f: passez-en une nouvelle.",
            code="invoiced",
        )
    if not reason.strip():
        raise TransferError("Indiquez pourquoi cette commande est rouverte.", code="reason")
    _hold_code(order)
    order = orders.wait_for_transfer(order, by, note=f"Rouverte : {reason}", at=at)
    last = order.transfers.order_by("-pk").first()
    if last is not None and settlements.received(order) > 0:
        _settle(order, last, by, at, new=False)
    else:
        money_mails.reopened(order)
    return order


def _hold_code(order: Order) -> None:
    """A cancelled order gave its code back: it may have served since. Its last day was kept when it was ordered."""
    if order.discount_code is None:
        return
    code = discounts.lock(order.discount_code)
    other = discounts.uses(code).filter(employer=order.employer).first() if code.once_an_employer else None
    if other or discounts.is_used_up(code):
        where = f" dans la commande {other.number}" if other else " autant de fois qu’il le pouvait"
        raise TransferError(
            f"Le code «\u00a0{code}\u00a0» de cette commande a servi depuis{where}\u202f: étendez ce code, ou "
            "passez une nouvelle commande, sans remise.",
            code="code_used",
        )


def _settle(order: Order, transfer: Transfer, by: User, at: datetime | None, new: bool = True) -> None:
    """What this money does to its order, whose row is locked."""
    if order.state in (State.PAID, State.CANCELLED):
        after = "après l’annulation" if order.state == State.CANCELLED else "en plus du paiement"
        orders.remark(order, f"Virement de {euros(transfer.amount)} reçu {after}, à rendre", by)
        money_mails.excess(order, transfer)
        return
    missing = order.total_incl_vat - settlements.received(order)
    came = f"reçu le {transfer.received_on:%d/%m/%Y}"
    if missing > 0:
        if order.state == State.AWAITING_PAYMENT:
            order = orders.wait_for_transfer(order, by, at=at)
        if new:
            orders.remark(
                order, f"Virement partiel de {euros(transfer.amount)} {came}, il reste {euros(missing)}", by
            )
        money_mails.partial(order, transfer)
        return
    invoiced_before = order.state == State.ON_INVOICE
    order = orders.pay(order, by=by, note=f"Virement {came}", at=at, method=Order.Method.TRANSFER)
    if invoiced_before:
        money_mails.settled(order, transfer)
    if missing < 0:
        money_mails.excess(order, transfer)


def _raise_doubts(order: Order, amount: Decimal, received_on: date) -> None:
    alike = order.transfers.filter(
        amount=amount, received_on__range=(received_on - TWICE, received_on + TWICE)
    ).first()
    if alike:
        raise Doubt(
            f"Un virement de {euros(amount)} reçu le {alike.received_on:%d/%m/%Y} est déjà saisi pour cette commande.",
            code="twice",
        )
    if order.state == State.PAID:
        raise Doubt(
            f"La commande {order.number} est déjà payée\u202f: ce virement serait à rendre.", code="paid"
        )
    if order.state == State.CANCELLED:
        raise Doubt(
            f"La commande {order.number} est annulée\u202f: ce virement serait à rendre, à moins de la rouvrir.",
            code="cancelled",
        )
    left = settlements.left(order)
    if amount < left:
        raise Doubt(
            f"Il manque {euros(left - amount)} sur {euros(left)}\u202f: la commande resterait en attente, et le client "
            "serait prévenu de ce qui reste à payer.",
            code="partial",
        )
    if amount > left:
        raise Doubt(
            f"C’est {euros(amount - left)} de plus que les {euros(left)} attendus\u202f: la commande serait payée, le "
            "trop-perçu à rendre.",
            code="excess",
        )
