"""What a visitor chose before logging in: kept in the session, with the prices seen; no row is written.

At the log-in it goes into the employer's cart. An offer that lies there already is there as often as the larger of the
two says: the same basket merged twice, by two tabs or two log-ins, doubles nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.sessions.backends.base import SessionBase

from accounts.models import Employer

from . import carts
from .models import Offer

#: In the session: offers' codes, each with its quantity and the price seen.
KEY = "basket"


@dataclass(frozen=True)
class Chosen:
    """A line of a basket. Its template is the cart's."""

    offer: Offer
    quantity: int
    seen_price: Decimal

    @property
    def amount(self) -> Decimal:
        """Amount excluding VAT at the offer's present price."""
        return self.offer.price * self.quantity

    @property
    def price_changed(self) -> bool:
        return self.offer.price != self.seen_price


def count(session: SessionBase) -> int:
    """How many offers lie in the basket. No query."""
    return sum(quantity for quantity, _ in session.get(KEY, {}).values())


def lines(session: SessionBase) -> list[Chosen]:
    """The basket in the order of its filling; an offer that is no more is left out. One query, none when empty."""
    kept: Mapping[str, list] = session.get(KEY, {})
    if not kept:
        return []
    offers = Offer.objects.in_bulk(kept, field_name="code")
    return [
        Chosen(offers[code], quantity, Decimal(seen))
        for code, (quantity, seen) in kept.items()
        if code in offers
    ]


def add(session: SessionBase, offer: Offer, quantity: int = 1) -> int:
    """Put an offer into the basket, by the rules of a cart. Returns how many lie there now. Raises CartError."""
    carts.check_sold(offer)
    basket = dict(session.get(KEY, {}))
    there, seen = basket.get(offer.code, [0, str(offer.price)])
    basket[offer.code] = [carts.allowed(offer, there + quantity), seen]
    session[KEY] = basket
    return basket[offer.code][0]


def set_quantity(session: SessionBase, code: str, quantity: int) -> None:
    """Change how many of an offer; nought takes it out. Raises CartError, KeyError (not in the basket)."""
    carts.check_quantity(quantity)
    basket = dict(session.get(KEY, {}))
    _, seen = basket[code]
    if quantity == 0:
        del basket[code]
    else:
        offer = Offer.objects.get(code=code)
        basket[code] = [carts.allowed(offer, quantity), seen]
    session[KEY] = basket


def accept_prices(session: SessionBase) -> None:
    """The visitor has seen the present prices."""
    session[KEY] = {line.offer.code: [line.quantity, str(line.offer.price)] for line in lines(session)}


def merge(session: SessionBase, employer: Employer) -> str:
    """Move the basket into the employer's cart. Returns a sentence that says so, or nothing. Locks the cart."""
    chosen = lines(session)
    session.pop(KEY, None)
    if not chosen:
        return ""
    added = carts.merge(employer, [(line.offer, line.quantity, line.seen_price) for line in chosen])
    if not added:
        return f"Ce que vous aviez choisi avant la connexion était déjà dans le panier de {employer}."
    if len(added) == 1:
        return f"« {added[0]} », choisi avant la connexion, est dans le panier de {employer}."
    return f"Les {len(added)} offres choisies avant la connexion sont dans le panier de {employer}."
