"""From the cart to credits and invoice, each thing once."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from payments import PaymentStatus

from billing import carts, checkout, credits, entitlements, invoices, orders, payments, quotes, transfers
from billing.models import CreditLot, CreditMovement, Invoice, InvoiceLine, Offer, Order, Payment, Quote
from reference.dates import paris_day
from tests.factories import EmployerFactory
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


def offer(code: str) -> Offer:
    return Offer.objects.get(code=code)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def buyer(employer):
    return employer.memberships.get().user


@pytest.fixture
def ordered(employer, buyer):
    """`ordered(method, *codes)` puts offers in the cart and confirms it."""

    def order(method, *codes):
        for code in codes:
            carts.add(employer, offer(code))
        return checkout.confirm(employer, carts.cart_of(employer).key, method, buyer)

    return order


def test_confirming_the_same_cart_twice_makes_one_order(employer, buyer):
    carts.add(employer, offer("web-3"))
    key = carts.cart_of(employer).key
    first = checkout.confirm(employer, key, Order.Method.CARD, buyer)
    assert checkout.confirm(employer, key, Order.Method.CARD, buyer) == first
    assert Order.objects.count() == 1
    assert carts.cart_count(employer) == 0
    assert carts.cart_of(employer).key != key


def test_an_order_keeps_the_prices_of_its_day(ordered):
    order = ordered(Order.Method.TRANSFER, "web-3")
    Offer.objects.filter(code="web-3").update(price=Decimal("1.00"), name="Autre chose")
    line = order.lines.get()
    assert (line.unit_price, line.label, line.credits) == (Decimal("780.00"), "3 annonces web", 3)
    assert order.total_incl_vat == Decimal("936.00")


def test_a_withdrawn_offer_or_a_changed_price_stops_the_order_and_says_so(employer, buyer):
    carts.add(employer, offer("web-3"))
    key = carts.cart_of(employer).key
    Offer.objects.filter(code="web-3").update(price=Decimal("800.00"))
    with pytest.raises(checkout.CheckoutError, match="a changé"):
        checkout.confirm(employer, key, Order.Method.CARD, buyer)
    Offer.objects.filter(code="web-3").update(is_active=False)
    with pytest.raises(checkout.CheckoutError, match="plus en vente"):
        checkout.confirm(employer, key, Order.Method.CARD, buyer)
    assert carts.cart_count(employer) == 1


def test_an_incomplete_buyer_an_empty_cart_and_an_unknown_method_are_refused(employer, buyer):
    key = carts.cart_of(employer).key
    with pytest.raises(checkout.CheckoutError, match="vide"):
        checkout.confirm(employer, key, Order.Method.CARD, buyer)
    carts.add(employer, offer("web-1"))
    key = carts.cart_of(employer).key
    with pytest.raises(checkout.CheckoutError, match="mode de paiement"):
        checkout.confirm(employer, key, "gratuit", buyer)
    employer.address = ""
    employer.save()
    with pytest.raises(checkout.CheckoutError, match="facturation"):
        checkout.confirm(employer, key, Order.Method.CARD, buyer)


@pytest.mark.invariant
def test_a_payment_event_twice_changes_nothing(ordered, employer):
    order = ordered(Order.Method.CARD, "web-3")
    payment = payments.start(order, "dummy")
    for _ in range(3):
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
    order.refresh_from_db()
    assert order.state == Order.State.PAID
    assert [balance.quantity for balance in credits.balances(employer)] == [3]
    assert order.invoices.count() == 1
    assert CreditMovement.objects.count() == 1


@pytest.mark.invariant
@pytest.mark.parametrize(("amount", "currency"), [("1.00", "EUR"), ("936.00", "USD")])
def test_an_event_of_another_amount_or_currency_pays_nothing(ordered, amount, currency):
    order = ordered(Order.Method.CARD, "web-3")
    payment = payments.start(order, "dummy")
    payments.confirm(payment.pk, amount=Decimal(amount), currency=currency)
    order.refresh_from_db()
    assert order.state == Order.State.AWAITING_PAYMENT
    assert not Invoice.objects.exists()


@pytest.mark.invariant
def test_a_late_refusal_does_not_unsettle_a_payment(ordered):
    payment = payments.start(ordered(Order.Method.CARD, "web-1"), "dummy")
    payments.confirm(payment.pk, amount=payment.total, currency="EUR")
    payments.refuse(payment.pk, "trop tard")
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.CONFIRMED


def test_money_for_a_cancelled_order_reaches_the_office_and_delivers_nothing(ordered, settings, buyer):
    order = ordered(Order.Method.CARD, "web-1")
    payment = payments.start(order, "dummy")
    orders.cancel(order, by=buyer)
    payments.confirm(payment.pk, amount=payment.total, currency="EUR")
    assert not CreditLot.objects.exists()
    (mail,) = mails_to(settings.OFFICE_EMAIL)
    assert order.number in mail.subject


def test_starting_to_pay_twice_opens_one_payment(ordered):
    order = ordered(Order.Method.CARD, "web-1")
    assert payments.start(order, "dummy") == payments.start(order, "dummy")
    assert Payment.objects.count() == 1


def test_a_forged_return_changes_nothing(ordered, client):
    payment = payments.start(ordered(Order.Method.CARD, "web-1"), "dummy")
    client.get(payment.get_success_url(), {"verification_result": "confirmed", "status": "confirmed"})
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.WAITING
    assert payment.order.state == Order.State.AWAITING_PAYMENT


def test_the_transfer_is_told_then_received_then_delivered(ordered, employer, buyer, sales):
    order = ordered(Order.Method.TRANSFER, "web-3", "page-marque")
    (details,) = mails_to(buyer.email)
    assert order.number in details.body and "IBAN" in details.body
    ((name, picture, kind),) = details.attachments
    assert (name, kind) == (f"virement-{order.number}.png", "image/png") and picture.startswith(b"\x89PNG")
    assert not credits.balances(employer)
    with pytest.raises(transfers.Doubt, match="Il manque"):
        transfers.receive(order, Decimal("10.00"), paris_day(), sales)
    with pytest.raises(transfers.TransferError, match="avenir"):
        transfers.receive(order, order.total_incl_vat, paris_day() + timedelta(days=1), sales)
    transfers.receive(order, order.total_incl_vat, paris_day(), sales)
    with pytest.raises(transfers.TransferError, match="déjà saisi"):
        transfers.receive(order, order.total_incl_vat, paris_day(), sales)
    assert credits.balances(employer)[0].quantity == 3
    assert entitlements.company_tier(employer) == Offer.Tier.BRAND
    mail = mails_to(buyer.email)[-1]
    invoice = order.invoices.get()
    (attachment,) = mail.attachments
    assert attachment[0] == f"{invoice.number}.pdf"
    assert attachment[1].startswith(b"%PDF")


def test_an_order_on_invoice_delivers_at_once_and_is_due_later(employer, sales):
    order = orders.order_on_invoice(employer, [(offer("web-5"), 1)], by=sales, purchase_order_number="BC 12")
    invoice = order.invoices.get()
    assert credits.balances(employer)[0].quantity == 5
    assert invoice.due_on == invoice.issued_on + timedelta(days=30)
    assert invoice.paid_on is None and invoice.purchase_order_number == "BC 12"
    orders.pay(order, by=sales)
    assert order.invoices.count() == 1
    assert credits.balances(employer)[0].quantity == 5


def test_a_hospital_has_fifty_days(sales):
    hospital = EmployerFactory(legal_form="hopital", siret="26750045200011")
    invoice = orders.order_on_invoice(hospital, [(offer("web-1"), 1)], by=sales).invoices.get()
    assert invoice.due_on == invoice.issued_on + timedelta(days=50)


def test_a_paid_order_goes_nowhere_else(ordered, buyer):
    order = orders.pay(ordered(Order.Method.TRANSFER, "web-1"))
    with pytest.raises(orders.ForbiddenMove, match="ne peut plus devenir"):
        orders.cancel(order, by=buyer)
    assert order.moves.count() == 2


def test_a_quote_is_ordered_exactly_as_it_stands_and_once(employer, buyer):
    carts.add(employer, offer("print-1-4"))
    key = carts.cart_of(employer).key
    quote = quotes.request_quote(employer, key, buyer)
    assert quotes.request_quote(employer, key, buyer) == quote
    (mail,) = mails_to(buyer.email)
    assert quote.number in mail.subject and mail.attachments[0][1].startswith(b"%PDF")
    Offer.objects.filter(code="print-1-4").update(price=Decimal("9999.00"))
    order = quotes.order_quote(quote, Order.Method.TRANSFER, buyer, "BC 7")
    assert quotes.order_quote(quote, Order.Method.TRANSFER, buyer) == order
    assert order.total_incl_vat == quote.total_incl_vat == Decimal("1380.00")
    assert order.purchase_order_number == "BC 7"
    # The guide's way still works: the cart kept its contents.
    assert carts.cart_count(employer) == 1


def test_a_lapsed_quote_is_not_ordered(employer, buyer):
    carts.add(employer, offer("web-1"))
    at = timezone.now() - timedelta(days=62)
    quote = quotes.request_quote(employer, carts.cart_of(employer).key, buyer, at=at)
    with pytest.raises(quotes.QuoteError, match="plus valable"):
        quotes.order_quote(quote, Order.Method.CARD, buyer)
    assert Quote.objects.get().order is None


def test_rights_bought_again_prolong_from_their_end(ordered, employer):
    orders.pay(ordered(Order.Method.TRANSFER, "cvtheque-3"))
    orders.pay(ordered(Order.Method.TRANSFER, "cvtheque-3"))
    first, second = employer.entitlements.order_by("starts_on")
    assert second.starts_on == first.ends_on + timedelta(days=1)
    assert entitlements.has_cv_access(employer)
    assert entitlements.has_cv_access(employer, second.ends_on)
    assert not entitlements.has_cv_access(employer, second.ends_on + timedelta(days=1))


def test_a_credit_note_takes_back_what_is_left(ordered, employer, sales):
    orders.pay(ordered(Order.Method.TRANSFER, "web-3", "cvtheque-3"))
    credits.spend(employer, Offer.Kind.WEB, reference=f"placement:{uuid.uuid4()}")
    invoice = Invoice.objects.get()
    note = invoices.credit_note(invoice, by=sales)
    assert invoices.credit_note(invoice, by=sales) == note
    assert note.number.startswith("AV") and note.refers_to == invoice
    assert not credits.balances(employer)
    assert not entitlements.has_cv_access(employer)
    with pytest.raises(invoices.InvoiceError):
        invoices.credit_note(note)


@pytest.mark.invariant
def test_an_invoice_and_a_movement_never_change_by_any_road(ordered, employer):
    orders.pay(ordered(Order.Method.TRANSFER, "web-3"))
    invoice, line, movement = Invoice.objects.get(), InvoiceLine.objects.get(), CreditMovement.objects.get()
    invoice.buyer_name = "Autre"
    for attempt in [
        invoice.save,
        invoice.delete,
        line.delete,
        movement.delete,
        lambda: Invoice.objects.update(buyer_name="Autre"),
        lambda: Invoice.objects.all().delete(),
        lambda: CreditMovement.objects.update(quantity=9),
    ]:
        with pytest.raises(ValidationError):
            attempt()
    for attempt in [
        lambda: Invoice.objects.bulk_update([invoice], ["buyer_name"]),
        lambda: connection.cursor().execute("UPDATE billing_invoice SET buyer_name = 'Autre'"),
        lambda: connection.cursor().execute("UPDATE billing_invoiceline SET quantity = 9"),
        lambda: connection.cursor().execute("UPDATE billing_creditmovement SET quantity = 9"),
    ]:
        with pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
            attempt()
    with pytest.raises(ProtectedError):
        employer.delete()


@pytest.mark.invariant
def test_the_database_refuses_a_negative_balance(employer):
    lot = credits.grant(employer, Offer.Kind.WEB, 1, reference="essai", reason="Essai")
    with pytest.raises(DatabaseError), transaction.atomic():
        CreditLot.objects.filter(pk=lot.pk).update(balance=-1)


@pytest.mark.invariant
def test_credits_are_spent_soonest_expiry_first_and_not_after_midnight(employer):
    late = credits.grant(employer, Offer.Kind.WEB, 1, reference="a", reason="Essai", months=12)
    soon = credits.grant(employer, Offer.Kind.WEB, 1, reference="b", reason="Essai", months=1)
    last_second = soon.expires_at - timedelta(seconds=1)
    assert credits.spend(employer, Offer.Kind.WEB, reference="p1", at=last_second).lot == soon
    assert credits.spend(employer, Offer.Kind.WEB, reference="p2", at=soon.expires_at).lot == late
    with pytest.raises(credits.NoCreditLeft, match="plus de crédit"):
        credits.spend(employer, Offer.Kind.WEB, reference="p3")
    assert credits.spend(employer, Offer.Kind.WEB, reference="p2").lot == late
    assert credits.give_back("p2").quantity == 1
    assert credits.give_back("p2").quantity == 1
    assert credits.balances(employer)[0].quantity == 1
    assert credits.expire(late.expires_at) == 1
    assert not credits.balances(employer)


def test_a_key_of_another_employer_orders_nothing_of_theirs(employer, buyer):
    other = EmployerFactory()
    carts.add(other, offer("web-1"))
    carts.add(employer, offer("web-1"))
    with pytest.raises(checkout.CheckoutError, match="a changé"):
        checkout.confirm(employer, carts.cart_of(other).key, Order.Method.CARD, buyer)
    with pytest.raises(checkout.CheckoutError):
        checkout.confirm(employer, uuid.uuid4(), Order.Method.CARD, buyer)
