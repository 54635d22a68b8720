"""The seller as quotes and invoices print it: what the office set, else the environment; copied on to each document."""

from datetime import date
from typing import Any

from django.conf import settings

from reference.dates import paris_day

from .models import PenaltyRate, SellerSettings

#: Fields of the office's setting that take the place of an environment variable when they are filled in.
_NAMED = (
    "name", "legal_form", "capital", "street", "postcode", "city", "siret", "rcs", "vat_number", "email", "phone",
    "iban", "bic",
)  # fmt: skip


def seller(day: date | None = None) -> dict[str, Any]:
    """The seller's identity and legal mentions on this day (today): plain values, fit for JSON. Two queries.

    `late_penalty` is the text for private customers (C. com. L441-10: ECB + 10 points), `late_penalty_public` for
    public ones (code de la commande publique R2192-31: ECB + 8 points).
    """
    office = SellerSettings.load()
    values: dict[str, Any] = dict(settings.SELLER)
    values |= {name: value for name in _NAMED if (value := getattr(office, name))}
    values["siren"] = values["siret"][:9] if values["siret"] else values["siren"]
    values["address"] = "\n".join(
        line for line in (values["street"], f"{values['postcode']} {values['city']}".strip()) if line
    )
    values |= {
        "vat_on_debits": office.vat_on_debits,
        "discount_terms": office.discount_terms or _law("discount_terms"),
        "recovery_fee": office.recovery_fee or _law("recovery_fee"),
        "quote_terms": office.quote_terms,
    }
    day = day or paris_day()
    rate = PenaltyRate.objects.filter(valid_from__range=(_half_year(day), day)).first()
    values["late_penalty"] = _penalty(10, rate)
    values["late_penalty_public"] = _penalty(8, rate)
    return values


def _law(name: str) -> str:
    """A mention that an invoice must carry (C. com. L441-9), where the office emptied it: its initial words."""
    return SellerSettings._meta.get_field(name).get_default()


def _half_year(day: date) -> date:
    return date(day.year, 1 if day.month < 7 else 7, 1)


def _penalty(points: int, rate: PenaltyRate | None) -> str:
    """The formula, which always holds, and the figure of this half-year. One of an earlier half-year is no figure."""
    text = f"Pénalités de retard : taux de refinancement de la BCE majoré de {points} points"
    if rate is None:
        return f"{text}."
    return f"{text}, soit {rate.ecb_rate + points:.2f} % l’an.".replace(".", ",", 1)
