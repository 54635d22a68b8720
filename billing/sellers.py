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
        "discount_terms": office.discount_terms,
        "recovery_fee": office.recovery_fee,
        "quote_terms": office.quote_terms,
    }
    rate = PenaltyRate.objects.filter(valid_from__lte=day or paris_day()).first()
    values["late_penalty"] = _penalty(10, rate)
    values["late_penalty_public"] = _penalty(8, rate)
    return values


def _penalty(points: int, rate: PenaltyRate | None) -> str:
    text = f"Pénalités de retard : taux de refinancement de la BCE majoré de {points} points"
    if rate is None:
        return f"{text}."
    return f"{text}, soit {rate.ecb_rate + points:.2f} % l’an.".replace(".", ",", 1)
