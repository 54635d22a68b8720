"""An employer's cart: one, kept across devices and log-ins.

Every change of what it holds gives it another key: a confirmation carries the key of the cart that its buyer looked at,
so nobody orders what another tab or a colleague put in meanwhile.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

from accounts.models import Employer
from reference.dates import paris_day

from . import discounts, money, pricing
from .models import Cart, CartLine, DiscountCode, Offer

#: No line holds more of one offer than this.
MOST = 99


class CartError(ValidationError):
    """The cart does not take this. The message is a French sentence."""


def cart_count(employer: Employer) -> int:
    """How many offers lie in the employer's cart. One query."""
    return CartLine.objects.filter(cart__employer=employer).aggregate(n=Sum("quantity"))["n"] or 0


def cart_of(employer: Employer) -> Cart:
    """The employer's cart with its lines and their offers; made on first use."""
    Cart.objects.get_or_create(employer=employer)
    return (
        Cart.objects.select_related("employer", "discount_code")
        .prefetch_related("lines__offer")
        .get(employer=employer)
    )


def check_sold(offer: Offer) -> None:
    """Raises CartError unless the offer can be ordered today."""
    if not Offer.objects.on_sale(paris_day()).filter(pk=offer.pk).exists():
        raise CartError("Cette offre n’est plus en vente. Choisissez-en une autre dans « Nos offres ».")
    if offer.price == 0:
        raise CartError("Cette offre est gratuite : elle s’utilise depuis votre espace, sans commande.")


def check_quantity(quantity: int) -> None:
    """Raises CartError unless a line may be set to this quantity; nought takes it out."""
    if not 0 <= quantity <= MOST:
        raise CartError(f"Indiquez une quantité entre 1 et {MOST}.")


def allowed(offer: Offer, quantity: int) -> int:
    """How many of an offer a line holds when so many are wanted: a tier or an access stands there once."""
    return min(max(quantity, 1), MOST) if offer.gives_credits else 1


@transaction.atomic
def add(employer: Employer, offer: Offer, quantity: int = 1) -> CartLine:
    """Put an offer into the employer's cart at its present price; what lies there already counts on, to 99.

    A line that is there keeps the price seen: a colleague's click must not accept another one for the buyer.
    A company page tier or an access to the CV library stands there once; a free offer needs no order.
    Locks the cart. Raises CartError.
    """
    check_sold(offer)
    cart = _locked(employer)
    line = CartLine.objects.filter(cart=cart, offer=offer).first() or CartLine(
        cart=cart, offer=offer, quantity=0, seen_price=offer.price
    )
    line.quantity = allowed(offer, line.quantity + max(quantity, 1))
    line.save()
    _another_key(cart)
    return line


@transaction.atomic
def merge(employer: Employer, chosen: Iterable[tuple[Offer, int, Decimal]]) -> list[Offer]:
    """Take in what was chosen elsewhere: offers, quantities, prices seen. Twice changes nothing. Locks the cart.

    A line has the larger of both quantities. What is not on sale any more comes along: the cart's page says so.
    Returns the offers that were not there, or not as often.
    """
    cart = _locked(employer)
    there = {line.offer_id: line for line in cart.lines.all()}
    added = []
    for offer, wanted, seen_price in chosen:
        line = there.get(offer.pk) or CartLine(cart=cart, offer=offer, quantity=0, seen_price=seen_price)
        quantity = allowed(offer, wanted)
        if quantity > line.quantity:
            line.quantity = quantity
            line.save()
            added.append(offer)
    if added:
        _another_key(cart)
    return added


@transaction.atomic
def set_quantity(employer: Employer, line_pk: int, quantity: int) -> None:
    """Change how many of a line; nought takes it out. Locks the cart. Raises CartError, CartLine.DoesNotExist."""
    cart = _locked(employer)
    line = CartLine.objects.select_related("offer").get(cart=cart, pk=line_pk)
    check_quantity(quantity)
    if quantity == 0:
        line.delete()
    else:
        line.quantity = allowed(line.offer, quantity)
        line.save(update_fields=["quantity"])
    _another_key(cart)


def remove(employer: Employer, line_pk: int) -> None:
    """Take a line out. Locks the cart. Raises CartLine.DoesNotExist."""
    set_quantity(employer, line_pk, 0)


@transaction.atomic
def apply_code(employer: Employer, typed: str) -> DiscountCode:
    """Put a discount code on the cart, in place of another. Locks the cart. Raises DiscountError."""
    cart = _locked(employer)
    offers = [line.offer for line in cart.lines.select_related("offer")]
    code = discounts.find(typed, employer, offers)
    _set_code(cart, code)
    return code


@transaction.atomic
def remove_code(employer: Employer) -> None:
    """Take the discount code off the cart. Locks the cart."""
    _set_code(_locked(employer), None)


def cart_totals(cart: Cart) -> money.Totals:
    """The cart's totals at present prices, its discount taken off, with the VAT of its employer's zone."""
    return pricing.totals_of(pricing.cart_lines(cart))


def problems(cart: Cart, day: date | None = None) -> list[str]:
    """What a buyer must know before ordering: offers withdrawn, prices that changed, a code that holds no more.

    Empty when all is well. One query, with a code three more.
    """
    found = line_problems(cart.lines.all(), day)
    if cart.discount_code:
        try:
            offers = [line.offer for line in cart.lines.all()]
            discounts.check(cart.discount_code, cart.employer, offers, day)
        except discounts.DiscountError as error:
            found.append(f"{error.messages[0]} Retirez-le pour continuer.")
    return found


def line_problems(lines: Iterable, day: date | None = None) -> list[str]:
    """Of lines of a cart or of a basket: offers withdrawn, prices that changed. One query."""
    on_sale = set(Offer.objects.on_sale(day or paris_day()).values_list("pk", flat=True))
    found = []
    for line in lines:
        if line.offer.pk not in on_sale:
            found.append(f"« {line.offer} » n’est plus en vente : retirez cette ligne pour continuer.")
        elif line.price_changed:
            found.append(
                f"Le prix de « {line.offer} » a changé : {money.euros(line.offer.price)} HT "
                f"au lieu de {money.euros(line.seen_price)}."
            )
    return found


@transaction.atomic
def accept_prices(cart: Cart) -> None:
    """The buyer has seen the present prices. Locks the cart."""
    cart = _locked(cart.employer)
    changed = [line for line in cart.lines.select_related("offer") if line.price_changed]
    for line in changed:
        line.seen_price = line.offer.price
        line.save(update_fields=["seen_price"])
    if changed:
        _another_key(cart)


def _locked(employer: Employer) -> Cart:
    Cart.objects.get_or_create(employer=employer)
    return Cart.objects.select_for_update(of=("self",), no_key=True).get(employer=employer)


def _another_key(cart: Cart) -> None:
    cart.key = uuid.uuid4()
    cart.save(update_fields=["key", "updated_at"])


def _set_code(cart: Cart, code: DiscountCode | None) -> None:
    if cart.discount_code == code:
        return
    cart.discount_code = code
    cart.save(update_fields=["discount_code"])
    _another_key(cart)
