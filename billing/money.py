"""Amounts in euros: Decimal, excluding VAT, rounded to the cent once per VAT rate."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

CENT = Decimal("0.01")


class Priced(Protocol):
    """What can be added up: a line with its unit price excluding VAT, its quantity, the discount on the whole line,

    and its VAT: rate in percent, category (a nought may be an exemption, a reverse charge…).
    """

    unit_price: Decimal
    vat_rate: Decimal
    vat_category: str
    quantity: int
    discount: Decimal


@dataclass(frozen=True)
class RateTotal:
    """The base and the VAT of one rate and category."""

    rate: Decimal
    base: Decimal
    vat: Decimal
    category: str = "S"


@dataclass(frozen=True)
class Totals:
    excl: Decimal
    vat: Decimal
    incl: Decimal
    by_rate: list[RateTotal]


def to_cent(amount: Decimal) -> Decimal:
    """Rounded to the cent, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def euros(amount: Decimal) -> str:
    """An amount in a sentence: "1 080,00 €", with narrow spaces that do not break."""
    return f"{amount:,.2f}\u202f€".replace(",", "\u202f").replace(".", ",")


def totals(lines: Iterable[Priced]) -> Totals:
    """Add lines up. VAT is rounded once on the sum of each rate, never line by line (EN 16931, BR-CO-17)."""
    bases: dict[tuple[Decimal, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        bases[line.vat_rate, line.vat_category] += line.unit_price * line.quantity - line.discount
    by_rate = [
        RateTotal(rate, to_cent(base), to_cent(base * rate / 100), category)
        for (rate, category), base in sorted(bases.items())
    ]
    excl = sum((row.base for row in by_rate), Decimal("0.00"))
    vat = sum((row.vat for row in by_rate), Decimal("0.00"))
    return Totals(excl, vat, excl + vat, by_rate)
