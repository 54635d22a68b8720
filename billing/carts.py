"""An employer's cart: one, kept across devices and log-ins.

Every change of what it holds gives it another key: a confirmation carries the key of the cart that its buyer looked at,
so nobody orders what another tab or a colleague put in meanwhile.
"""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

from accounts.models import Employer
from reference.dates import paris_day

from . import money, pricing
from .models import Cart, CartLine, Offer

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


@transaction.atomic
def add(employer: Employer, offer: Offer, quantity: int = 1) -> CartLine:
    """Put an offer into the employer's cart at its present price; what lies there already counts on, to 99.

    A company page tier or an access to the CV library stands there once; a free offer needs no order.
    Locks the cart. Raises CartError.
    """
    if not Offer.objects.on_sale(paris_day()).filter(pk=offer.pk).exists():
        raise CartError("Cette offre n’est plus en vente. Choisissez-en une autre dans « Nos offres ».")
    if offer.price == 0:
        raise CartError("Cette offre est gratuite : elle s’utilise depuis votre espace, sans commande.")
    cart = _locked(employer)
    line = CartLine.objects.filter(cart=cart, offer=offer).first() or CartLine(
        cart=cart, offer=offer, quantity=0
    )
    line.quantity = min(line.quantity + max(quantity, 1), MOST) if offer.gives_credits else 1
    line.seen_price = offer.price
    line.save()
    _another_key(cart)
    return line


@transaction.atomic
def set_quantity(employer: Employer, line_pk: int, quantity: int) -> None:
    """Change how many of a line; nought takes it out. Locks the cart. Raises CartError, CartLine.DoesNotExist."""
    cart = _locked(employer)
    line = CartLine.objects.select_related("offer").get(cart=cart, pk=line_pk)
    if not 0 <= quantity <= MOST:
        raise CartError(f"Indiquez une quantité entre 1 et {MOST}.")
    if quantity == 0:
        line.delete()
    else:
        line.quantity = quantity if line.offer.gives_credits else 1
        line.save(update_fields=["quantity"])
    _another_key(cart)


def remove(employer: Employer, line_pk: int) -> None:
    """Take a line out. Locks the cart. Raises CartLine.DoesNotExist."""
    set_quantity(employer, line_pk, 0)


def cart_totals(cart: Cart) -> money.Totals:
    """The cart's totals at present prices, its discount taken off, with the VAT of its employer's zone."""
    return pricing.totals_of(pricing.cart_lines(cart))


def problems(cart: Cart, day: date | None = None) -> list[str]:
    """What a buyer must know before ordering: offers withdrawn, prices that changed. Empty when all is well."""
    on_sale = set(Offer.objects.on_sale(day or paris_day()).values_list("pk", flat=True))
    found = []
    for line in cart.lines.all():
        if line.offer_id not in on_sale:
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
