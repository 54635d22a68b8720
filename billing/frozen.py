"""Copying: what a quote, an order or an invoice keeps of the buyer and the offers at its time."""

from collections.abc import Iterable
from decimal import Decimal

from django_countries import countries

from accounts.models import Employer

from . import vat
from .models import Offer

LINE = (
    "offer_id", "label", "quantity", "unit_price", "discount", "discount_label", "vat_rate", "vat_category",
    "vat_mention", "vat_exemption_code",
)  # fmt: skip
DELIVERED = (*LINE, "kind", "credits", "print_format", "tier", "months", "ad_months")
BUYER = (
    "buyer_name", "buyer_kind", "buyer_address", "buyer_street", "buyer_street_2", "buyer_postcode", "buyer_city",
    "buyer_country", "zone", "buyer_siret", "buyer_vat_number", "buyer_email", "purchase_order_number",
    "chorus_service_code",
)  # fmt: skip
TOTALS = ("total_excl_vat", "total_vat", "total_incl_vat")


def buyer_of(employer: Employer, purchase_order_number: str = "") -> dict[str, str]:
    """The employer's billing identity as it is now."""
    address = [employer.address, employer.address_2, f"{employer.postcode} {employer.city}".strip()]
    if not employer.is_french:
        address.append(countries.name(str(employer.country)).upper())
    return {
        "buyer_name": employer.legal_name,
        "buyer_kind": vat.kind_of(employer),
        "buyer_address": "\n".join(line for line in address if line),
        "buyer_street": employer.address,
        "buyer_street_2": employer.address_2,
        "buyer_postcode": employer.postcode,
        "buyer_city": employer.city,
        "buyer_country": str(employer.country),
        "zone": vat.zone_of(employer),
        "buyer_siret": employer.siret,
        "buyer_vat_number": employer.vat_number,
        "buyer_email": employer.billing_email,
        "purchase_order_number": purchase_order_number[:50],
        "chorus_service_code": employer.chorus_service_code if employer.is_public_body else "",
    }


def line_of(offer: Offer, quantity: int, line_vat: vat.LineVat, discount: Decimal = Decimal("0.00")) -> dict:
    """What an order or quote line keeps of an offer. `discount` is the whole line's, excluding VAT."""
    return {
        "offer_id": offer.pk,
        "label": offer.name,
        "quantity": quantity,
        "unit_price": offer.price,
        "discount": discount,
        "vat_rate": line_vat.vat_rate,
        "vat_category": line_vat.vat_category,
        "vat_mention": line_vat.vat_mention,
        "vat_exemption_code": line_vat.vat_exemption_code,
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
