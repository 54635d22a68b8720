"""Discount codes: what they take off each line."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from . import money
from .models import DiscountCode, Offer

NOUGHT = Decimal("0.00")


def shares(code: DiscountCode | None, items: Sequence[tuple[Offer, int]]) -> list[Decimal]:
    """The discount on each line, excluding VAT, to the cent; never more than the line. One query with a code.

    An amount in euros is spread over the lines by their price; the cents left go to the dearest.
    """
    if code is None:
        return [NOUGHT] * len(items)
    concerned = set(code.offers.values_list("pk", flat=True))
    amounts = [
        offer.price * quantity if not concerned or offer.pk in concerned else NOUGHT
        for offer, quantity in items
    ]
    if code.percent is not None:
        return [money.to_cent(amount * code.percent / 100) for amount in amounts]
    return _spread(min(code.amount or NOUGHT, sum(amounts, NOUGHT)), amounts)


def _spread(total: Decimal, amounts: list[Decimal]) -> list[Decimal]:
    whole = sum(amounts, NOUGHT)
    if not whole:
        return [NOUGHT] * len(amounts)
    parts = [(total * amount / whole).quantize(money.CENT, rounding=ROUND_DOWN) for amount in amounts]
    dearest = max(range(len(amounts)), key=lambda number: amounts[number])
    parts[dearest] += total - sum(parts, NOUGHT)
    return parts
