"""From the cart to the order: one order per confirmed cart, whatever is clicked."""

import uuid
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Employer, User
from reference.dates import paris_day

from . import carts, discounts, frozen, identity, money, orders, pricing
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
    seen_total: Decimal | None = None,
) -> Order:
    """Order what lies in the cart whose key the buyer confirmed, and empty it. The same key again: the same order.

    The caller has asked the buyer to accept the terms of sale. `seen_total`: the total including VAT that the buyer
    saw; nothing is ordered at another. An order of nothing to pay is paid.
    Locks the cart, its discount code. Raises CheckoutError: empty or changed cart, withdrawn offer, a code that is used
    up, incomplete billing identity, another total.
    """
    if method not in (Order.Method.CARD, Order.Method.TRANSFER):
        raise CheckoutError("Choisissez un mode de paiement.")
    at = at or timezone.now()
    cart = lock(employer)
    existing = Order.objects.filter(key=key, employer=employer).first()
    if existing:
        return existing
    check(cart, employer, key, at)
    hold_code(cart, at)
    lines = pricing.cart_lines(cart)
    total = pricing.totals_of(lines).incl
    if seen_total is not None and seen_total != total:
        raise CheckoutError(
            f"Le total a changé depuis cette page : il est maintenant de {money.euros(total)} TTC. "
            "Vérifiez votre commande, puis confirmez à nouveau.",
            code="total",
        )
    order = orders.create(
        employer,
        key,
        method if total else Order.Method.CARD,
        lines,
        buyer=frozen.buyer_of(employer, purchase_order_number or cart.purchase_order_number),
        by=user,
        at=at,
        agreed={
            "terms_accepted_at": at,
            "discount_code": cart.discount_code,
            "proof_address": proof_address(cart),
        },
    )
    empty(cart)
    return order if total else orders.pay(order, by=user, note="Rien à payer", at=at)


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
    if identity.faults(employer):
        raise CheckoutError("Complétez vos informations de facturation avant de commander.", code="identity")


def hold_code(cart: Cart, at: datetime | None = None) -> None:
    """Hold the cart's discount code, if it has one, for the order that the caller is about to write.

    Locks the code. Raises CheckoutError.
    """
    if cart.discount_code is None:
        return
    offers = [line.offer for line in cart.lines.all()]
    try:
        cart.discount_code = discounts.hold(
            cart.discount_code, cart.employer, offers, paris_day(at) if at else None
        )
    except discounts.DiscountError as error:
        raise CheckoutError(f"{error.messages[0]} Retirez-le pour continuer.", code="discount") from error


def prints(cart: Cart) -> bool:
    """Whether something in the cart is printed, so that a copy can be sent."""
    return any(line.offer.print_format for line in cart.lines.all())


def proof_address(cart: Cart) -> str:
    """Where a copy of the printed insert goes; nothing when none is printed or wanted."""
    return cart.proof_address if prints(cart) else ""


def empty(cart: Cart) -> None:
    """Take everything out; what comes next is another order, so it gets another key."""
    cart.lines.all().delete()
    Cart.objects.filter(pk=cart.pk).update(
        key=uuid.uuid4(),
        purchase_order_number="",
        discount_code=None,
        proof_address="",
        proof_asked=False,
        updated_at=timezone.now(),
    )
