"""VAT invoiced, by month, zone, category and rate: credit notes taken off, the cents those of the invoices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Sum

from billing.models import Invoice, InvoiceLine, VatCategory, Zone
from billing.money import to_cent

from .flows import CHUNK
from .months import Month

NOUGHT = Decimal("0.00")
_MONEY = DecimalField(max_digits=14, decimal_places=2)
#: A line's amount excluding VAT, its discount taken off.
AMOUNT = ExpressionWrapper(F("unit_price") * F("quantity") - F("discount"), output_field=_MONEY)


@dataclass(frozen=True)
class VatRow:
    """Base and VAT of one month, zone, category and rate."""

    month: Month
    zone: str
    category: str
    rate: Decimal
    base: Decimal
    vat: Decimal

    @property
    def zone_label(self) -> str:
        return str(Zone(self.zone).label)

    @property
    def category_label(self) -> str:
        return str(VatCategory(self.category).label)

    @property
    def incl(self) -> Decimal:
        return self.base + self.vat


def vat_rows(first: Month, last: Month) -> list[VatRow]:
    """The rows of these months, in order. One query; it is added up a row an invoice and rate, streamed.

    VAT is rounded once an invoice, rate and category, as on the invoice itself: the sums are those of the invoices.
    """
    groups = (
        InvoiceLine.objects.filter(invoice__issued_on__range=(first.first, last.last))
        .order_by()
        .values_list(
            "invoice_id", "invoice__issued_on", "invoice__kind", "invoice__zone", "vat_category", "vat_rate"
        )
        .annotate(base=Sum(AMOUNT))
    )
    sums: dict[tuple, list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    for _, day, kind, zone, category, rate, amount in groups.iterator(CHUNK):
        base = to_cent(amount)
        sign = -1 if kind == Invoice.Kind.CREDIT_NOTE else 1
        total = sums[Month.of(day), zone, category, rate]
        total[0] += sign * base
        total[1] += sign * to_cent(base * rate / 100)
    rows = [VatRow(*key, *total) for key, total in sums.items()]
    zones = list(Zone.values)
    return sorted(rows, key=lambda row: (row.month, zones.index(row.zone), row.category, row.rate))


def totals_of(rows: Iterable[VatRow]) -> tuple[Decimal, Decimal]:
    """Base and VAT of all the rows."""
    rows = list(rows)
    return sum((row.base for row in rows), NOUGHT), sum((row.vat for row in rows), NOUGHT)
