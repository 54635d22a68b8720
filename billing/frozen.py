"""Copying: what a quote, an order or an invoice keeps of the buyer, the offers and the seller at its time."""

from collections.abc import Iterable

from django.conf import settings

from accounts.models import Employer

from .models import Offer

DELIVERED = (
    "offer_id", "label", "quantity", "unit_price", "vat_rate", "kind", "credits", "print_format", "tier", "months",
    "ad_months",
)  # fmt: skip
BUYER = (
    "buyer_name",
    "buyer_address",
    "buyer_siret",
    "buyer_vat_number",
    "buyer_email",
    "purchase_order_number",
)
TOTALS = ("total_excl_vat", "total_vat", "total_incl_vat")


def buyer_of(employer: Employer, purchase_order_number: str = "") -> dict[str, str]:
    """The employer's billing identity as it is now."""
    address = [employer.address, employer.address_2, f"{employer.postcode} {employer.city}".strip()]
    return {
        "buyer_name": employer.legal_name,
        "buyer_address": "\n".join(line for line in address if line),
        "buyer_siret": employer.siret,
        "buyer_vat_number": employer.vat_number,
        "buyer_email": employer.billing_email,
        "purchase_order_number": purchase_order_number[:50],
    }


def line_of(offer: Offer, quantity: int) -> dict:
    """What an order or quote line keeps of an offer."""
    return {
        "offer_id": offer.pk,
        "label": offer.name,
        "quantity": quantity,
        "unit_price": offer.price,
        "vat_rate": offer.vat_rate,
        "kind": offer.kind,
        "credits": offer.quantity if offer.gives_credits else 0,
        "print_format": offer.print_format,
        "tier": offer.tier,
        "months": offer.months,
        "ad_months": offer.ad_months,
    }


def copied(source: object, names: Iterable[str]) -> dict:
    """These attributes of one document, for another."""
    return {name: getattr(source, name) for name in names}


def seller() -> dict[str, str]:
    """The seller's identity and legal mentions as they are now (settings.SELLER)."""
    return dict(settings.SELLER)
