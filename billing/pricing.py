"""What is sold at what price: the one place that turns offers into the lines of a cart, a quote or an order."""

from collections.abc import Iterable

from accounts.models import Employer

from . import discounts, frozen, money, vat
from .models import Cart, DiscountCode, Offer, OrderLine


def sold_lines(
    employer: Employer, items: Iterable[tuple[Offer, int]], code: DiscountCode | None = None
) -> list[dict]:
    """The lines of these offers and quantities at present prices, with the zone's VAT and the code's discount.

    Values for an OrderLine or a QuoteLine. Whether the code may be used is `discounts.check`'s. Two queries at most.
    """
    items = list(items)
    rule = vat.rule_of(vat.zone_of(employer))
    shares = discounts.shares(code, items)
    return [
        frozen.line_of(offer, quantity, vat.apply_rule(offer, rule), share)
        | ({"discount_label": code.label} if code and share else {})
        for (offer, quantity), share in zip(items, shares, strict=True)
    ]


def cart_lines(cart: Cart) -> list[dict]:
    """The cart's lines as they would be ordered now."""
    return sold_lines(
        cart.employer, [(line.offer, line.quantity) for line in cart.lines.all()], cart.discount_code
    )


def totals_of(lines: Iterable[dict]) -> money.Totals:
    """The totals of such lines."""
    return money.totals(OrderLine(**line) for line in lines)
