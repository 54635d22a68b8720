"""Balanced entries of a month: invoices and credit notes in the sales journal, money in the bank's.

| event | debit | credit |
|---|---|---|
| invoice | customer | revenue by kind of offer; VAT by rate |
| credit note | the same, the other way round | |
| transfer, card payment | bank, card | customer, up to what its order costs; the rest: received too much |
| money sent back | received too much, as far as there is any; then the customer | bank |

What an order has taken in before decides how an amount is split. "Before" is the order in which the events were
recorded, which only grows: a month exported again splits them as it did. One query an event kind and month, streamed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from billing.models import (
    AccountingSettings,
    Invoice,
    InvoiceLine,
    Offer,
    OrderLine,
    Payment,
    Transfer,
    TransferReturn,
)
from billing.money import to_cent
from billing.payments import SETTLED
from reference.dates import paris_day

from .months import Month

NOUGHT = Decimal("0.00")
#: Rows read at a time.
CHUNK = 1000
_MONEY = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Row:
    """One line of an entry. `customer`: the id and name of the customer, on its account only."""

    account: str
    label: str
    debit: Decimal = NOUGHT
    credit: Decimal = NOUGHT
    customer: tuple[int, str] | None = None


@dataclass(frozen=True)
class Entry:
    """What happened, once, with rows that balance."""

    journal: str
    journal_label: str
    number: str
    day: date
    piece: str
    piece_day: date
    label: str
    recorded_on: date
    rows: list[Row] = field(default_factory=list)


class Books:
    """The accounts and journals as they are set now, and the entries they make of a month. One query to make."""

    def __init__(self) -> None:
        self.accounts = AccountingSettings.load()
        self.revenue = {
            Offer.Kind.WEB: (self.accounts.web_account, "Annonces web"),
            Offer.Kind.WEB_PRINT: (self.accounts.print_account, "Annonces web + print"),
            Offer.Kind.COMPANY_PAGE: (self.accounts.page_account, "Pages entreprise"),
            Offer.Kind.CV_ACCESS: (self.accounts.cv_account, "Accès à la CVthèque"),
        }

    def entries(self, month: Month) -> Iterator[Entry]:
        """Sales, then money, each in the order of its days. Four queries."""
        yield from self.sales(month)
        yield from self.money(month)

    def sales(self, month: Month) -> Iterator[Entry]:
        """Invoices and credit notes by their date. One query. One that comes to nothing makes no entry."""
        for _, lines in groupby(_invoice_lines(month).iterator(CHUNK), key=lambda line: line.invoice_id):
            entry = self._sale(list(lines))
            if entry.rows:
                yield entry

    def money(self, month: Month) -> Iterator[Entry]:
        """What came in and went out, by its date. Three queries."""
        days = {"gte": month.first, "lte": month.last}
        for transfer in _before(Transfer, "received_on", days):
            yield self._came(transfer, f"VIR-{transfer.pk}", transfer.received_on, "Virement", self._bank)
        for back in _before(TransferReturn, "returned_on", days):
            yield self._went(back)
        for payment in _before(Payment, "modified", month.moments):
            yield self._came(
                payment, f"CB-{payment.pk}", paris_day(payment.modified), "Carte bancaire", self._card
            )

    def _sale(self, lines: list[Any]) -> Entry:
        invoice = lines[0].invoice
        is_credit = invoice.kind == Invoice.Kind.CREDIT_NOTE
        by_kind: dict[str, Decimal] = defaultdict(Decimal)
        by_rate: dict[tuple[Decimal, str], Decimal] = defaultdict(Decimal)
        for line in lines:
            by_kind[line.sold_kind] += line.amount
            by_rate[line.vat_rate, line.vat_category] += line.amount
        name = invoice.buyer_name
        amounts: list[tuple] = [
            (*self.revenue[Offer.Kind(kind)], to_cent(amount), None)
            for kind, amount in sorted(by_kind.items())
        ]
        amounts += [
            (self.accounts.vat_account, f"TVA collectée {_percent(rate)}", to_cent(base * rate / 100), None)
            for (rate, _), base in sorted(by_rate.items())
        ]
        whole = sum((amount for _, _, amount, _ in amounts), NOUGHT)
        debits: list[tuple] = [
            (self.accounts.customers_account, "Clients", whole, (invoice.employer_id, name))
        ]
        if is_credit:
            debits, amounts = amounts, debits
        return Entry(
            self.accounts.sales_journal,
            "Ventes",
            invoice.number,
            invoice.issued_on,
            invoice.number,
            invoice.issued_on,
            f"{invoice.get_kind_display()} {invoice.number} {name}",
            paris_day(invoice.issued_at),
            _rows(debits, amounts),
        )

    @property
    def _bank(self) -> tuple[str, str]:
        return self.accounts.bank_account, "Banque"

    @property
    def _card(self) -> tuple[str, str]:
        return self.accounts.card_account, "Encaissements par carte"

    @property
    def _excess(self) -> tuple[str, str]:
        return self.accounts.excess_account, "Trop-perçus à rendre"

    def _came(self, event: Any, number: str, day: date, what: str, account: tuple[str, str]) -> Entry:
        order, before = event.order, to_cent(event.before)
        amount = to_cent(event.captured_amount if isinstance(event, Payment) else event.amount)
        own = min(before + amount, order.total_incl_vat) - min(before, order.total_incl_vat)
        credits = [self._of_customer(order, own), (*self._excess, amount - own, _customer(order))]
        return self._money_entry(event, number, day, what, _rows([(*account, amount, None)], credits))

    def _went(self, back: Any) -> Entry:
        order, before = back.order, to_cent(back.before)
        own = min(before, order.total_incl_vat) - min(before - back.amount, order.total_incl_vat)
        debits = [self._of_customer(order, own), (*self._excess, back.amount - own, _customer(order))]
        rows = _rows(debits, [(*self._bank, back.amount, None)])
        return self._money_entry(back, f"RBT-{back.pk}", back.returned_on, "Remboursement", rows)

    def _of_customer(self, order: Any, amount: Decimal) -> tuple:
        return self.accounts.customers_account, "Clients", amount, _customer(order)

    def _money_entry(self, event: Any, number: str, day: date, what: str, rows: list[Row]) -> Entry:
        order = event.order
        reference = getattr(event, "bank_reference", "") or order.number
        recorded = event.modified if isinstance(event, Payment) else event.recorded_at
        return Entry(
            self.accounts.bank_journal, "Banque", number, day, reference, day,
            f"{what} {order.number} {order.buyer_name}", paris_day(recorded), rows,
        )  # fmt: skip


def _rows(debits: list[tuple], credits: list[tuple]) -> list[Row]:
    """The rows of both sides; those of nothing are left out."""
    rows = [
        Row(account, label, debit=amount, customer=who) for account, label, amount, who in debits if amount
    ]
    return rows + [
        Row(account, label, credit=amount, customer=who) for account, label, amount, who in credits if amount
    ]


def _invoice_lines(month: Month) -> QuerySet[InvoiceLine]:
    # The order's line froze what was sold; the offer may have changed since.
    sold = OrderLine.objects.filter(order=OuterRef("invoice__order"), offer=OuterRef("offer")).values("kind")[
        :1
    ]
    return (
        InvoiceLine.objects.filter(invoice__issued_on__range=(month.first, month.last))
        .select_related("invoice")
        .defer("invoice__seller")
        .annotate(sold_kind=Coalesce(Subquery(sold), F("offer__kind")))
        .order_by("invoice__issued_on", "invoice__number", "pk")
    )


def _before(model: Any, on: str, within: Mapping[str, object]) -> Iterator[Any]:
    """Money of a month with `before`: what its order had taken in, less what was sent back, when it was recorded."""
    rows = model.objects.filter(**{f"{on}__{name}": value for name, value in within.items()})
    recorded = "modified" if model is Payment else "recorded_at"
    if model is Payment:
        rows = rows.filter(status__in=SETTLED, captured_amount__gt=0)
    return (
        rows.select_related("order")
        .annotate(
            before=_sum(Transfer, model, "amount", "recorded_at", recorded)
            + _sum(Payment, model, "captured_amount", "modified", recorded)
            - _sum(TransferReturn, model, "amount", "recorded_at", recorded)
        )
        .order_by(on, "pk")
        .iterator(CHUNK)
    )


def _sum(of: Any, model: Any, amount: str, at: str, recorded: str) -> Coalesce:
    earlier = Q(**{f"{at}__lt": OuterRef(recorded)})
    if of is model:
        earlier |= Q(**{at: OuterRef(recorded)}, pk__lt=OuterRef("pk"))
    rows = of.objects.filter(earlier, order=OuterRef("order"))
    if of is Payment:
        rows = rows.filter(status__in=SETTLED)
    sums = rows.order_by().values("order").annotate(sum=Sum(amount)).values("sum")
    return Coalesce(Subquery(sums, output_field=_MONEY), Value(NOUGHT), output_field=_MONEY)


def _customer(order: Any) -> tuple[int, str]:
    return order.employer_id, order.buyer_name


def _percent(rate: Decimal) -> str:
    return f"{rate.normalize():f}\u202f%".replace(".", ",")


def recorded_since(month: Month, moment: datetime) -> int:
    """How many entries of this month were recorded after a moment: what an export made then does not have."""
    days = (month.first, month.last)
    return (
        Transfer.objects.filter(received_on__range=days, recorded_at__gt=moment).count()
        + TransferReturn.objects.filter(returned_on__range=days, recorded_at__gt=moment).count()
        + Invoice.objects.filter(issued_on__range=days, issued_at__gt=moment).count()
        + Payment.objects.filter(
            status__in=SETTLED, modified__gt=moment, **{f"modified__{k}": v for k, v in month.moments.items()}
        ).count()
    )
