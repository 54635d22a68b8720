"""Bank transfers that the office marks as received."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from reference.dates import paris_day

from . import orders
from .models import Order, Transfer


class TransferError(ValidationError):
    """The transfer cannot be booked so. The message is a French sentence."""


@transaction.atomic
def receive(
    order: Order,
    amount: Decimal,
    received_on: date,
    by: User,
    bank_reference: str = "",
    at: datetime | None = None,
) -> Transfer:
    """Book a transfer and, since it pays the order whole, deliver it. A second booking of a paid order is refused.

    Locks the order. Raises TransferError, orders.ForbiddenMove.
    """
    order = Order.objects.select_for_update(of=("self",), no_key=True).get(pk=order.pk)
    if order.state == Order.State.PAID:
        raise TransferError(f"La commande {order.number} est déjà payée.", code="paid")
    if received_on > paris_day():
        raise TransferError("La date de réception ne peut pas être dans l’avenir.", code="future")
    if amount != order.total_incl_vat:
        raise TransferError(
            f"Le montant reçu ({amount} €) n’est pas celui de la commande ({order.total_incl_vat} €) : "
            "vérifiez le relevé, puis voyez avec le client.",
            code="amount",
        )
    transfer = Transfer.objects.create(
        order=order,
        amount=amount,
        received_on=received_on,
        bank_reference=bank_reference[:80],
        recorded_by=by,
    )
    note = f"Virement reçu le {received_on:%d/%m/%Y}"
    orders.pay(order, by=by, note=note, at=at, method=Order.Method.TRANSFER)
    return transfer
