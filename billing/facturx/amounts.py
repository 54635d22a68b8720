"""Lines, VAT breakdown and totals (BG-25, BG-23, BG-22). EN 16931 adds up as `billing.money` does."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from billing import money
from billing.models import Invoice, InvoiceLine, VatCategory

#: A piece (UN/ECE recommendation 20) and "discount" (UNTDID 5189).
PIECE, DISCOUNT = "C62", "95"
#: Outside its scope there is no rate, not even nought (BR-O-05).
NO_RATE = VatCategory.OUT_OF_SCOPE
WITHOUT_REASON = {VatCategory.STANDARD, VatCategory.ZERO}


def two_decimals(amount: Decimal) -> str:
    """An amount or a rate as the file writes it: "490.00"."""
    return f"{amount:.2f}"


def line_items(lines: Sequence[InvoiceLine]) -> list[dict[str, Any]]:
    """BG-25: each line with its discount (BG-27)."""
    return [_line(number, line) for number, line in enumerate(lines, start=1)]


def vat_breakdown(lines: Sequence[InvoiceLine]) -> list[dict[str, Any]]:
    """BG-23: base and VAT of each rate and category, with the reason where none is owed."""
    return [_group(row, lines) for row in money.totals(lines).by_rate]


def totals(invoice: Invoice) -> dict[str, str]:
    """The sums as frozen on the invoice, and what is still to be paid."""
    incl, nought = two_decimals(invoice.total_incl_vat), "0.00"
    return {
        "BT-106": two_decimals(invoice.total_excl_vat),
        "BT-109": two_decimals(invoice.total_excl_vat),
        "BT-110": two_decimals(invoice.total_vat),
        "BT-112": incl,
        **({"BT-113": incl} if invoice.paid_on else {}),
        "BT-115": nought if invoice.paid_on else incl,
    }


def _line(number: int, line: InvoiceLine) -> dict[str, Any]:
    item: dict[str, Any] = {
        "BT-126": str(number),
        "BT-153": line.label,
        "BT-129": str(line.quantity),
        "BT-130": PIECE,
        "BT-146": two_decimals(line.unit_price),
        "BT-131": two_decimals(line.amount),
        "BT-151": line.vat_category,
    }
    if line.vat_category != NO_RATE:
        item["BT-152"] = two_decimals(line.vat_rate)
    if line.discount:
        item["BG-27"] = [
            {
                "amount": two_decimals(line.discount),
                "base_amount": two_decimals(line.unit_price * line.quantity),
                "reason": line.discount_label or "Remise",
                "reason_code": DISCOUNT,
            }
        ]
    return item


def _group(row: money.RateTotal, lines: Sequence[InvoiceLine]) -> dict[str, Any]:
    group = {
        "BT-116": two_decimals(row.base),
        "BT-117": two_decimals(row.vat),
        "BT-118": row.category,
    }
    if row.category != NO_RATE:
        group["BT-119"] = two_decimals(row.rate)
    if row.category not in WITHOUT_REASON:
        of_group = [line for line in lines if (line.vat_rate, line.vat_category) == (row.rate, row.category)]
        mentions = dict.fromkeys(line.vat_mention for line in of_group if line.vat_mention)
        codes = {line.vat_exemption_code for line in of_group}
        group["BT-120"] = " ".join(mentions) or VatCategory(row.category).label
        # One group holds one code: with two reasons the words alone say it.
        if len(codes) == 1 and (code := codes.pop()):
            group["BT-121"] = code
    return group
