"""From the cart to the order: one order per confirmed cart, whatever is clicked."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Employer, User
from reference.dates import paris_day

from . import carts, frozen, orders, pricing
from .models import Cart, Order


class CheckoutError(ValidationError):
    """The cart cannot be ordered as it stands. The message says what to do."""


@transaction.atomic
def confirm(
    employer: Employer,
    key: uuid.UUID,
    method: str,
    user: User,
    purchase_order_number: str = "",
    at: datetime | None = None,
) -> Order:
    """Order what lies in the cart whose key the buyer confirmed, and empty it. The same key again: the same order.

    Locks the cart. Raises CheckoutError: empty or changed cart, withdrawn offer, incomplete billing identity.
    """
    if method not in (Order.Method.CARD, Order.Method.TRANSFER):
        raise CheckoutError("Choisissez un mode de paiement.")
    cart = lock(employer)
    existing = Order.objects.filter(key=key, employer=employer).first()
    if existing:
        return existing
    check(cart, employer, key, at)
    buyer = frozen.buyer_of(employer, purchase_order_number or cart.purchase_order_number)
    lines = pricing.cart_lines(cart)
    order = orders.create(employer, key, method, lines, buyer=buyer, by=user, at=at)
    empty(cart)
    return order


def lock(employer: Employer) -> Cart:
    """The employer's cart, its row locked: confirmations of one cart come one after the other."""
    Cart.objects.get_or_create(employer=employer)
    Cart.objects.select_for_update(of=("self",), no_key=True).get(employer=employer)
    return carts.cart_of(employer)


def check(cart: Cart, employer: Employer, key: uuid.UUID, at: datetime | None = None) -> None:
    """Raises CheckoutError unless this very cart can be ordered now."""
    if not cart.lines.all():
        raise CheckoutError("Votre panier est vide : choisissez une offre.", code="empty")
    if cart.key != key:
        raise CheckoutError(
            "Votre panier a changé depuis cette page : vérifiez-le, puis confirmez à nouveau.", code="changed"
        )
    found = carts.problems(cart, paris_day(at) if at else None)
    if found:
        raise CheckoutError(found, code="offers")
    if not employer.billing_is_complete:
        raise CheckoutError("Complétez vos informations de facturation avant de commander.", code="identity")


def empty(cart: Cart) -> None:
    """Take everything out; what comes next is another order, so it gets another key."""
    cart.lines.all().delete()
    cart.key = uuid.uuid4()
    cart.purchase_order_number = ""
    cart.save(update_fields=["key", "purchase_order_number", "updated_at"])
