"""An employer's cart."""

from django.db import transaction
from django.db.models import Sum

from accounts.models import Employer

from .models import Cart, CartLine, Offer

#: No line holds more of one offer than this.
MOST = 99


def cart_count(employer: Employer) -> int:
    """How many offers lie in the employer's cart. One query."""
    return CartLine.objects.filter(cart__employer=employer).aggregate(n=Sum("quantity"))["n"] or 0


@transaction.atomic
def add(employer: Employer, offer: Offer, quantity: int = 1) -> CartLine:
    """Put an offer into the employer's cart at its present price; what lies there already counts on, to 99.

    A company page tier or an access to the CV library stands there once. Locks the cart.
    """
    Cart.objects.get_or_create(employer=employer)
    cart = Cart.objects.select_for_update().get(employer=employer)
    line = CartLine.objects.filter(cart=cart, offer=offer).first() or CartLine(cart=cart, offer=offer, quantity=0)
    line.quantity = min(line.quantity + quantity, MOST) if offer.gives_credits else 1
    line.seen_price = offer.price
    line.save()
    return line
