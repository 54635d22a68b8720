"""Discount codes in every state: for all, for one offer, lapsed, to come, used up, and one in a cart."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from billing import carts, checkout
from billing.models import DiscountCode, Offer, Order

from .scene import Scene


def make_codes(scene: Scene) -> None:
    """Write the codes; one uses the one that serves once, another has one in its cart, a third has nothing to pay."""
    day = timedelta(days=1)
    for code, label, values in (
        ("BIENVENUE", "Remise de bienvenue", {"percent": Decimal("10")}),
        ("CVTHEQUE50", "50 € sur la CVthèque", {"amount": Decimal("50")}),
        ("RENTREE", "Remise de rentrée", {"percent": Decimal("15"), "valid_until": scene.today - 40 * day}),
        (
            "PRINTEMPS",
            "Remise de printemps",
            {"percent": Decimal("12"), "valid_from": scene.today + 60 * day},
        ),
        ("PREMIER", "Au premier arrivé", {"amount": Decimal("100"), "most_orders": 1}),
        ("OFFERT", "Parution offerte", {"percent": Decimal("100"), "once_an_employer": True}),
    ):
        DiscountCode.objects.create(code=code, label=label, **values)
    library = Offer.objects.filter(kind=Offer.Kind.CV_ACCESS)
    DiscountCode.objects.get(code="CVTHEQUE50").offers.set(library)
    buyers = [customer for customer in scene.customers.values() if not customer.row.pays_on_invoice]
    first, second, third = buyers[-3:]
    carts.add(first.row, Offer.objects.get(code="web-3"))
    carts.apply_code(first.row, "PREMIER")
    checkout.confirm(first.row, carts.cart_of(first.row).key, Order.Method.TRANSFER, first.recruiter)
    carts.add(second.row, Offer.objects.get(code="print-1-2"))
    carts.apply_code(second.row, "BIENVENUE")
    carts.add(third.row, Offer.objects.get(code="web-1"))
    carts.apply_code(third.row, "OFFERT")
    checkout.confirm(third.row, carts.cart_of(third.row).key, Order.Method.CARD, third.recruiter)
