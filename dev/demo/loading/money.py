"""Money that came otherwise than as ordered, and what the bank told: every state that the office has to deal with."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from billing import orders, quotes, settlements, transfers
from billing.models import BankEntry, CustomerTerms, Order, Quote
from billing.statements import confirming, importing
from reference.dates import paris_day

from .backdate import backdate, stamp

if TYPE_CHECKING:
    from .orders import Office
    from .scene import Customer

#: What became of transfers, each with an offer that it was for and the days since it was ordered.
STORIES = (
    ("partial", "web-3", 9),
    ("excess", "web-5", 8),
    ("late", "web-1", 7),
    ("returned", "web-3", 16),
    ("lapsed", "web-1", 40),
    ("reopened", "web-1", 10),
    ("reminded", "web-3", 24),
)


def agree(office: Office) -> None:
    """What was agreed with those who pay on invoice."""
    for number, customer in enumerate(_on_invoice(office)):
        CustomerTerms.objects.create(
            employer=customer.row,
            invoice_limit=Decimal("60000.00"),
            days_to_pay=45 if number % 3 == 1 else None,
            note="Convenu au téléphone avec le service des achats.",
        )


def plan(office: Office) -> None:
    """Put on the timeline what is out of the ordinary: transfers, an overdue invoice, quotes of the office's own."""
    buyers = [customer for customer in office.scene.customers.values() if not customer.row.pays_on_invoice]
    for number, (story, code, days) in enumerate(STORIES):
        customer = buyers[-1 - number % len(buyers)]
        office.timeline.add(office.scene.ago(days), _Story(office, customer, story, code))
    for customer in _on_invoice(office)[:2]:
        office.timeline.add(office.scene.ago(61), _Story(office, customer, "overdue", "web-3"))
    for number, customer in enumerate(buyers[:2]):
        office.timeline.add(office.scene.ago(56 - 50 * number), _Story(office, customer, "quoted", "web-5"))


class _Story:
    """What happens at a moment of the timeline, and what follows from it."""

    def __init__(self, office: Office, customer: Customer, story: str, code: str) -> None:
        self.office, self.customer, self.story, self.code = office, customer, story, code

    def __call__(self, at: datetime) -> None:
        if self.story == "quoted":
            self._quote(at)
        elif self.story == "overdue":
            order = orders.order_on_invoice(
                self.customer.row,
                [(self.office.offers[self.code], 1)],
                self.office.sales,
                f"BC-{at:%Y}-118",
                at=at,
            )
            stamp(order, at)
            self._remind(order, 2)
        else:
            order = self.office.place(self.customer, {self.code: 1}, Order.Method.TRANSFER, at)
            self._after(at, 2, lambda later: self._go_on(order, later))

    def _go_on(self, order: Order, at: datetime) -> None:
        total = order.total_incl_vat
        if self.story == "partial":
            self._receive(order, total - 200, at)
        elif self.story in ("excess", "returned"):
            self._receive(order, total + 120, at)
        elif self.story == "reminded":
            self._remind(order, 2)
        elif self.story == "lapsed":
            self._after(at, 32, lambda later: self._cancel(order, later, by_clock=True))
        else:
            self._cancel(order, at)
            self._after(at, 2, lambda later: self._receive(order, total, later))
        if self.story == "returned":
            self._after(at, 3, lambda later: self._give_back(order, later))
        if self.story == "reopened":
            self._after(at, 3, lambda later: self._reopen(order, later))

    def _after(self, at: datetime, days: int, event) -> None:
        self.office.timeline.add(min(at + timedelta(days=days), self.office.scene.now), event)

    def _receive(self, order: Order, amount: Decimal, at: datetime) -> None:
        transfer = transfers.receive(
            order, amount, paris_day(at), self.office.sales, f"VIR {order.number}", at=at, sure=True
        )
        backdate(transfer, recorded_at=at)
        stamp(order, at)

    def _give_back(self, order: Order, at: datetime) -> None:
        back = transfers.give_back(
            order, settlements.to_return(_now(order)), paris_day(at), self.office.sales, "RETOUR TROP-PERÇU"
        )
        backdate(back, recorded_at=at)
        stamp(order, at)

    def _cancel(self, order: Order, at: datetime, by_clock: bool = False) -> None:
        if by_clock:
            orders.cancel(order, by=None, note=f"Aucun virement au {order.pay_by:%d/%m/%Y}")
        else:
            orders.cancel(order, by=self.office.sales, note="Sans nouvelles du client")
        stamp(order, at)

    def _reopen(self, order: Order, at: datetime) -> None:
        transfers.reopen(order, self.office.sales, "Le virement est arrivé après l’annulation", at=at)
        stamp(order, at)

    def _remind(self, order: Order, times: int) -> None:
        Order.objects.filter(pk=order.pk).update(reminders=times, reminded_on=self.office.scene.today)

    def _quote(self, at: datetime) -> None:
        quote = quotes.make_for(
            self.customer.row,
            [(self.office.offers[self.code], 2)],
            self.office.sales,
            self.customer.recruiter.email,
            key=uuid.uuid5(self.customer.row.public_id, f"devis {at:%Y-%m-%d}"),
            at=at,
        )
        if quote.valid_until <= self.office.scene.today + timedelta(days=7):
            Quote.objects.filter(pk=quote.pk).update(reminded_at=self.office.scene.now)


def import_statement(office: Office) -> None:
    """This morning's statement: what is certain, likely, to be looked at, and what is no order's."""
    waiting = list(
        settlements.with_money(
            Order.objects.filter(state=Order.State.AWAITING_TRANSFER, transfers=None)
        ).order_by("-placed_at")
    )
    day = office.scene.today - timedelta(days=1)
    rows = []
    for number, order in enumerate(waiting[:6]):
        wording = (
            order.number,
            order.number.replace("-", " "),
            order.number,
            "VIREMENT",
            order.number,
            "REGLEMENT",
        )[number]
        amount = order.left - (50 if number == 2 else 0)
        payer = order.buyer_name.upper() if number != 5 else "TRESORERIE"
        rows.append((f"VIR SEPA {wording}", payer, amount))
    rows += [
        (f"SUBVENTION {office.scene.today.year}", "ARS HAUTS DE FRANCE", Decimal("15000.00")),
        ("REMISE CB", "", Decimal("87.40")),
    ]
    lines = [
        f"{day:%d/%m/%Y};{wording};{payer};{f'{amount:.2f}'.replace('.', ',')}"
        for wording, payer, amount in rows
    ]
    data = "\n".join(["Date opération;Libellé;Donneur d’ordre;Montant (EUR)", *lines]).encode()
    importing.import_file(f"releve-{day:%Y-%m-%d}.csv", data, office.sales)
    grant = BankEntry.objects.get(wording__startswith="SUBVENTION")
    confirming.ignore(grant, "Subvention, ce n’est pas un client", office.sales)


def _now(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def _on_invoice(office: Office) -> list[Customer]:
    return [customer for customer in office.scene.customers.values() if customer.row.pays_on_invoice]
