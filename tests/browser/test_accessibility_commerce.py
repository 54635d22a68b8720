"""What axe finds on the screens of commerce, the buyer's and the office's own: nothing, at a desk and on a phone.

Each page is opened once and looked at in both widths. The office's sheets and actions are one frame with other
contents: all of them on a phone, where tables have to move, some at a desk.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from billing import carts, invoices, orders, payments, quotes, refunds, transfers
from billing.models import BankEntry, CreditMovement, Order
from billing.statements import importing
from reference.dates import paris_day
from tests.billing.shop import fill, offer, order_of
from tests.factories import JobAdFactory

from .axe import check
from .conftest import DESK, PHONE
from .people import button, log_in, press

pytestmark = pytest.mark.browser

TRANSFER, CARD = Order.Method.TRANSFER, Order.Method.CARD


class Shop:
    """Les Ormeaux with an order, and a quote, in each of their states."""

    def __init__(self, employer, buyer, sales):
        self.employer, self.buyer, self.sales = employer, buyer, sales
        now = timezone.now()
        self.partial = self.received("500.00")
        self.excess = self.received("1000.00")
        self.returned = self.received("1000.00")
        transfers.give_back(self.returned, Decimal("64.00"), paris_day(), sales)
        self.failed = order_of(employer, buyer)
        payments.refuse(payments.start(self.failed, "dummy").pk, "Carte refusée par la banque.")
        self.at_the_bank = order_of(employer, buyer)
        payments.wait_for_bank(payments.start(self.at_the_bank, "dummy").pk)
        self.given_up = order_of(employer, buyer)
        self.too_late = payments.start(self.given_up, "dummy")
        orders.cancel(self.given_up, by=buyer)
        self.paid(self.too_late)
        self.credited = order_of(employer, buyer)
        back = self.paid(payments.start(self.credited, "dummy"))
        invoices.credit_note(self.credited.invoices.get(), by=sales)
        refunds.refund(back.pk, by=sales)
        self.late = orders.order_on_invoice(
            employer, [(offer("web-3"), 1)], sales, "BC 4711", at=now - timedelta(days=40)
        )
        self.quotes = [self.quote(days) for days in (0, 1, 200)]
        quotes.order_quote(self.quotes[1], TRANSFER, buyer)

    def received(self, amount: str) -> Order:
        order = order_of(self.employer, self.buyer, TRANSFER)
        transfers.receive(order, Decimal(amount), paris_day(), self.sales, sure=True)
        return order

    def paid(self, payment):
        return payments.confirm(payment.pk, amount=payment.total, currency=payment.currency)

    def quote(self, days: int):
        fill(self.employer, "web-3")
        key = carts.cart_of(self.employer).key
        at = timezone.now() - timedelta(days=days)
        made = quotes.request_quote(self.employer, key, self.buyer, "DEM-1", at=at)
        carts.cart_of(self.employer).lines.all().delete()
        return made


@pytest.fixture
def shop(transactional_db, ormeaux, recruiter, sales):
    ormeaux.pays_on_invoice = True
    ormeaux.save()
    return Shop(ormeaux, recruiter, sales)


def look(page, address: str, status: int = 200) -> None:
    """The same page at a desk, then on a phone."""
    page.set_viewport_size(DESK)
    check(page, address, status)
    page.set_viewport_size(PHONE)
    check(page)


def test_the_buyers_screens(new_page, live_server, shop, recruiter):
    page = new_page()
    log_in(page, recruiter.email)
    for name in ("partial", "excess", "returned", "failed", "given_up", "credited", "late"):
        look(page, reverse("billing:order", args=[getattr(shop, name).public_id]))
    for name, order in [
        ("order_pay", shop.failed),
        ("order_payment_failed", shop.failed),
        ("order_paid", shop.at_the_bank),
        ("order_paid", shop.credited),
    ]:
        look(page, reverse(f"billing:{name}", args=[order.public_id]))
    for quote in shop.quotes:
        look(page, reverse("billing:quote", args=[quote.public_id]))
    look(page, reverse("billing:orders"))
    look(page, reverse("billing:quotes"))
    look(page, reverse("billing:ledger") + "?du=hier")
    look(page, reverse("billing:invoice_pdf", args=[shop.late.invoices.get().public_id]), status=202)
    # What a form says when it is sent empty.
    page.goto(reverse("billing:order_pay", args=[shop.failed.public_id]))
    press(button(page, "Payer 936,00"))
    check(page)
    page.goto(reverse("billing:quote", args=[shop.quotes[0].public_id]))
    press(button(page, "Commander ce devis"))
    check(page)


def test_the_offices_screens(new_page, live_server, shop, ormeaux, sales):
    sales.groups.add(Group.objects.get(name="Comptabilité"))
    JobAdFactory(employer=ormeaux, live=True)
    spent = CreditMovement.objects.filter(kind="spending").first()
    lines = [
        "Date;Libellé;Montant",
        f"{paris_day():%d/%m/%Y};VIR {shop.partial.number};436,00",
        f"{paris_day():%d/%m/%Y};SUBVENTION;100,00",
    ]
    importing.import_file("releve.csv", "\n".join(lines).encode(), sales)
    invoice = shop.late.invoices.get()
    page = new_page(PHONE)
    log_in(page, sales.email)
    for name, *args in [
        ("accounting",),
        ("vat",),
        ("transfer", shop.late.pk),
        ("cancel", shop.partial.pk),
        ("give_back", shop.excess.pk),
        ("reopen", shop.given_up.pk),
        ("choose_customer",),
        ("order_on_invoice", ormeaux.pk),
        ("quote_for", ormeaux.pk),
        ("quote_send", shop.quotes[0].pk),
        ("terms", ormeaux.pk),
        ("credit_note", invoice.pk),
        ("invoice_send", invoice.pk),
        ("grant", ormeaux.pk),
        ("correct_credits", spent.lot_id),
        ("return_credit", spent.pk),
        ("refund", shop.too_late.pk),
        ("statement",),
        ("reconcile",),
        ("entry", BankEntry.objects.first().pk),
    ]:
        check(page, reverse(f"billing_office_{name}", args=args))
    for name, pk in [
        ("commandes", shop.given_up.pk),
        ("factures", invoice.pk),
        ("devis", shop.quotes[1].pk),
        ("credits", spent.lot_id),
        ("clients", ormeaux.pk),
        ("paiements", shop.too_late.pk),
    ]:
        check(page, reverse(f"commerce_{name}_modeladmin_inspect", args=[pk]))
    look(page, reverse("billing_office_dashboard"))
    page.set_viewport_size(DESK)
    check(page, reverse("commerce_clients_modeladmin_inspect", args=[ormeaux.pk]))
    page.goto(reverse("billing_office_grant", args=[ormeaux.pk]))
    page.get_by_label("Nombre de crédits").fill("0")
    press(button(page, "Attribuer"))
    check(page)
