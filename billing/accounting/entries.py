"""Balanced entries of a month: invoices and credit notes in the sales journal, money in the bank's.

| event | debit | credit |
|---|---|---|
| invoice | customer | revenue by kind of offer; VAT by rate |
| credit note | the same, the other way round | |
| transfer, card payment | bank, card | customer, up to what its order costs; the rest: received too much |
| refund of a transfer or a card, lost contest | received too much, as far as there is any; then customer | bank, card |

What an order has taken in before decides how an amount is split. "Before" is the order in which the events were
recorded, which only grows: a month exported again splits them as it did. One query an event kind and month, streamed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from billing.models import AccountingSettings, Invoice, InvoiceLine, Offer, Order, OrderLine, PaymentEvent
from billing.money import to_cent
from reference.dates import paris_day

from . import flows
from .flows import CHUNK, NOUGHT
from .months import Month

#: Number and name.
Account = tuple[str, str]


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
        """Sales, then money, each in the order of its days. Five queries."""
        yield from self.sales(month)
        yield from self.money(month)

    def sales(self, month: Month) -> Iterator[Entry]:
        """Invoices and credit notes by their date. One query. One that comes to nothing makes no entry."""
        for _, lines in groupby(_invoice_lines(month).iterator(CHUNK), key=lambda line: line.invoice_id):
            entry = self._sale(list(lines))
            if entry.rows:
                yield entry

    def money(self, month: Month) -> Iterator[Entry]:
        """What came in and went out, each way by its date. Four queries."""
        for row in flows.with_before(flows.TRANSFERS, month):
            yield self._came(row, row.order, f"VIR-{row.pk}", row.received_on, "Virement", self._bank)
        for row in flows.with_before(flows.RETURNS, month):
            yield self._went(row, row.order, f"RBT-{row.pk}", row.returned_on, "Remboursement", self._bank)
        for row in flows.with_before(flows.CARDS_IN, month):
            what = "Carte bancaire" if row.kind == PaymentEvent.Kind.PAID else "Remboursement revenu"
            yield self._came(row, row.payment.order, f"CB-{row.pk}", paris_day(row.at), what, self._card)
        for row in flows.with_before(flows.CARDS_OUT, month):
            is_refund = row.kind == PaymentEvent.Kind.REFUNDED
            what = "Remboursement par carte" if is_refund else "Contestation perdue"
            yield self._went(row, row.payment.order, f"RCB-{row.pk}", paris_day(row.at), what, self._card)

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

    def _came(self, row: Any, order: Order, number: str, day: date, what: str, account: Account) -> Entry:
        before = to_cent(row.before)
        own = min(before + row.amount, order.total_incl_vat) - min(before, order.total_incl_vat)
        credits = [self._of_customer(order, own), (*self._excess, row.amount - own, _customer(order))]
        return self._money_entry(
            row, order, number, day, what, _rows([(*account, row.amount, None)], credits)
        )

    def _went(self, row: Any, order: Order, number: str, day: date, what: str, account: Account) -> Entry:
        before = to_cent(row.before)
        own = min(before, order.total_incl_vat) - min(before - row.amount, order.total_incl_vat)
        debits = [self._of_customer(order, own), (*self._excess, row.amount - own, _customer(order))]
        return self._money_entry(row, order, number, day, what, _rows(debits, [(*account, row.amount, None)]))

    def _of_customer(self, order: Order, amount: Decimal) -> tuple:
        return self.accounts.customers_account, "Clients", amount, _customer(order)

    def _money_entry(
        self, row: Any, order: Order, number: str, day: date, what: str, rows: list[Row]
    ) -> Entry:
        reference = getattr(row, "bank_reference", "") or order.number
        recorded = row.at if isinstance(row, PaymentEvent) else row.recorded_at
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


def _customer(order: Order) -> tuple[int, str]:
    return order.employer_id, order.buyer_name


def _percent(rate: Decimal) -> str:
    return f"{rate.normalize():f}\u202f%".replace(".", ",")


def recorded_since(month: Month, moment: datetime) -> int:
    """How many entries of this month were recorded after a moment: what an export made then does not have."""
    days = (month.first, month.last)
    invoices = Invoice.objects.filter(issued_on__range=days, issued_at__gt=moment).count()
    return invoices + flows.recorded_since(month, moment)
