"""What the buyer sees of its money and its quotes: what is left, what comes back, what can still be ordered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from segno.helpers import make_epc_qr

from billing import carts, invoices, orders, payments, quotes, refunds, transfers
from billing.models import Order, Quote, SellerSettings
from reference.dates import long_date, paris_day

from .shop import contents, fill, offer, order_of, said, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def order(ormeaux, recruiter):
    """An order of 936 € that waits for its transfer."""
    return order_of(ormeaux, recruiter, Order.Method.TRANSFER)


def come(order, amount, sales):
    transfers.receive(order, Decimal(amount), paris_day(), sales, sure=True)


def test_the_code_on_the_page_is_the_transfer_of_what_is_left(space, order, settings, sales):
    come(order, "500.00", sales)
    page = text(space.get(url("order", order.public_id)))
    assert "Il reste 436,00\u202f€ à régler" in page and "Nous avons reçu 500,00" in page
    bank = settings.SELLER
    expected = make_epc_qr(
        name=bank["name"], iban=bank["iban"], amount=Decimal("436.00"), text=order.number,
        bic=bank["bic"], encoding="utf-8",
    )  # fmt: skip
    assert expected.svg_inline(scale=4, border=2, omitsize=True) in page
    assert f"au plus tard le {long_date(order.pay_by)}" in page


def test_without_an_account_there_is_no_code_and_the_office_is_named(space, order, settings):
    settings.SELLER = settings.SELLER | {"iban": "", "bic": ""}
    page = text(space.get(url("order", order.public_id)))
    assert "communiqué par notre service client" in page and "transfer-qr" not in page


def test_the_offices_account_counts_before_the_settings(space, order):
    office = SellerSettings.load()
    office.iban = "FR1420041010050500013M02606"
    office.save()
    assert "FR14 2004 1010 0505 0001 3M02 606" in text(space.get(url("order", order.public_id)))


def test_an_excess_and_money_for_a_cancelled_order_are_told(space, order, sales, ormeaux, recruiter):
    come(order, "1000.00", sales)
    assert "Vous avez versé 64,00" in text(space.get(url("order", order.public_id)))
    given_up = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
    orders.cancel(given_up, by=recruiter)
    come(given_up, "936.00", sales)
    page = text(space.get(url("order", given_up.public_id)))
    assert "Nous avons reçu 936,00" in page and "rouvrir" in page


def test_an_excess_given_back_is_told(space, order, sales):
    come(order, "1000.00", sales)
    transfers.give_back(order, Decimal("64.00"), paris_day(), sales)
    page = text(space.get(url("order", order.public_id)))
    assert "64,00\u202f€ vous ont été rendus par virement" in page and "de trop" not in page


def paid(payment):
    return payments.confirm(payment.pk, amount=payment.total, currency=payment.currency)


def test_what_a_card_paid_for_an_order_given_up_is_told_until_it_is_back(space, ormeaux, recruiter, sales):
    given_up = order_of(ormeaux, recruiter)
    payment = payments.start(given_up, "dummy")
    orders.cancel(given_up, by=recruiter)
    paid(payment)
    page = text(space.get(url("order", given_up.public_id)))
    assert "débitée de 936,00" in page and "était annulée" in page
    refunds.refund(payment.pk, by=sales)
    page = text(space.get(url("order", given_up.public_id)))
    assert "936,00\u202f€ ont été remboursés sur la carte" in page and "débitée" not in page


def test_an_order_taken_back_by_a_credit_note_says_so(space, ormeaux, recruiter, sales):
    taken_back = order_of(ormeaux, recruiter)
    paid(payments.start(taken_back, "dummy"))
    note = invoices.credit_note(taken_back.invoices.get(), by=sales)
    page = text(space.get(url("order", taken_back.public_id)))
    assert f"L’avoir {note.number} du" in page
    assert "936,00\u202f€ payés par carte vont retourner sur cette carte" in page


def test_an_invoice_that_is_overdue_says_so(space, ormeaux, sales):
    a_month_ago = timezone.now() - timedelta(days=31)
    late = orders.order_on_invoice(ormeaux, [(offer("web-3"), 1)], by=sales, at=a_month_ago)
    assert "La facture était à régler au plus tard le" in text(space.get(url("order", late.public_id)))


@pytest.fixture
def quote(ormeaux, recruiter):
    fill(ormeaux, "web-3")
    made = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    carts.cart_of(ormeaux).lines.all().delete()
    return made


def test_each_state_of_a_quote_is_shown(space, quote, recruiter):
    listed = url("quotes")
    assert "Valable" in text(space.get(listed)) and "Conditions" in text(
        space.get(url("quote", quote.public_id))
    )
    Quote.objects.update(valid_until=paris_day() - timedelta(days=1))
    assert "Expiré" in text(space.get(listed))
    assert "Commander ce devis" not in text(space.get(url("quote", quote.public_id)))
    Quote.objects.update(valid_until=paris_day())
    quotes.order_quote(quote, Order.Method.TRANSFER, recruiter)
    assert "Commandé" in text(space.get(listed))


def test_the_terms_of_sale_are_accepted_to_order(space, quote):
    answer = space.post(url("quote_order", quote.public_id), {"method": "transfer"})
    assert "Acceptez les conditions générales" in text(answer) and not Order.objects.exists()
    space.post(url("quote_order", quote.public_id), {"method": "transfer", "terms": "on"})
    assert Order.objects.get().terms_accepted_at is not None


def test_a_lapsed_quote_goes_into_the_cart_again(space, quote, ormeaux):
    Quote.objects.update(valid_until=paris_day() - timedelta(days=1))
    assert "Remettre ces offres" in text(space.get(url("quote", quote.public_id)))
    answer = space.post(url("quote_to_cart", quote.public_id))
    assert answer.url == url("cart") and "dans votre panier" in said(answer)
    assert contents(ormeaux) == [("web-3", 1)]


def test_a_double_click_on_a_quote_just_asked_for_doubles_nothing(space, ormeaux, recruiter):
    fill(ormeaux, "web-3", "web-1")
    made = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    for _ in range(2):
        answer = space.post(url("quote_to_cart", made.public_id))
        assert "dans votre panier" in said(answer)
    assert contents(ormeaux) == [("web-3", 1), ("web-1", 1)]


def test_what_is_sold_no_more_is_named(space, quote, ormeaux):
    offer = quote.lines.get().offer
    offer.is_active = False
    offer.save()
    answer = space.post(url("quote_to_cart", quote.public_id))
    assert "ne sont plus en vente" in said(answer) and contents(ormeaux) == []


def test_reading_the_address_puts_nothing_into_the_cart(space, quote, ormeaux):
    assert space.get(url("quote_to_cart", quote.public_id)).url == url("quote", quote.public_id)
    assert contents(ormeaux) == []


def test_another_employers_quote_is_as_absent_as_none(client, login, stranger, quote):
    login(client, stranger)
    assert client.post(url("quote_to_cart", quote.public_id)).status_code == 404
