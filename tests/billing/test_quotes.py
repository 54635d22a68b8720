"""Quotes: ordered exactly as they stand, made and sent by the office, put in the cart again."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing import carts, discounts, quotes
from billing.models import Cart, CreditLot, DelaySettings, DiscountCode, Offer, Order, Quote, SellerSettings
from reference.dates import paris_day
from tests.tools import mails_to

from .shop import contents, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    return DiscountCode.objects.create(code="RENTREE", label="Rentrée", percent=Decimal("10"))


@pytest.fixture
def quote(ormeaux, recruiter, code):
    """A quote of a printed pack with a discount and an address for the proof copy."""
    fill(ormeaux, "print-1-4")
    Cart.objects.filter(employer=ormeaux).update(
        discount_code=code, proof_address="Service com\n1 rue du Port"
    )
    return quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter, "DEM 1")


def test_it_is_ordered_with_its_discount_its_address_and_its_code_counted(quote, recruiter, code):
    Offer.objects.update(price=Decimal("9999.00"))
    DiscountCode.objects.update(percent=Decimal("50"), valid_until=paris_day() - timedelta(days=1))
    order = quotes.order_quote(quote, Order.Method.TRANSFER, recruiter, "BC 77")
    line, quoted = order.lines.get(), quote.lines.get()
    assert (line.unit_price, line.discount, line.vat_rate) == (
        quoted.unit_price,
        quoted.discount,
        quoted.vat_rate,
    )
    assert line.discount > 0 and order.total_incl_vat == quote.total_incl_vat
    assert order.proof_address == "Service com\n1 rue du Port"
    assert order.purchase_order_number == "BC 77" and order.terms_accepted_at
    assert list(discounts.uses(code)) == [order]


def test_a_code_that_serves_once_serves_one_of_two_quotes(quote, ormeaux, recruiter, code):
    another = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    quotes.order_quote(quote, Order.Method.TRANSFER, recruiter)
    with pytest.raises(quotes.QuoteError, match="ne sert qu’une fois"):
        quotes.order_quote(another, Order.Method.TRANSFER, recruiter)
    assert Order.objects.count() == 1


def test_a_quote_of_nothing_to_pay_is_delivered_when_it_is_ordered(ormeaux, recruiter, code):
    DiscountCode.objects.update(percent=Decimal("100"))
    fill(ormeaux, "web-1")
    Cart.objects.filter(employer=ormeaux).update(discount_code=code)
    free = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    order = quotes.order_quote(free, Order.Method.TRANSFER, recruiter)
    assert order.state == Order.State.PAID and CreditLot.objects.get().balance == 1


def test_its_conditions_and_validity_are_those_of_its_day(quote):
    office = SellerSettings.load()
    assert quote.seller["quote_terms"] == office.quote_terms
    assert quote.valid_until == paris_day() + timedelta(days=60)
    delays = DelaySettings.load()
    delays.quote_days = 5
    delays.save()
    quote.refresh_from_db()
    assert quote.valid_until == paris_day() + timedelta(days=60)


def test_states(quote, recruiter):
    assert quotes.state_of(quote) == "valid"
    assert quotes.state_of(quote, quote.valid_until) == "valid", "the last day counts whole"
    assert quotes.state_of(quote, quote.valid_until + timedelta(days=1)) == "lapsed"
    quotes.order_quote(quote, Order.Method.CARD, recruiter)
    quote.refresh_from_db()
    assert quotes.state_of(quote) == "ordered"


@pytest.fixture
def made(ormeaux, sales):
    def make(key=None, **more):
        items = [(Offer.objects.get(code="web-3"), 2)]
        return quotes.make_for(
            ormeaux, items, sales, "achats@ormeaux.example", key=key or uuid.uuid4(), **more
        )

    return make


def test_the_office_makes_one_for_a_customer_mailed_to_whom_it_names(made, ormeaux, recruiter):
    key = uuid.uuid4()
    assert made(key) == made(key)
    quote = Quote.objects.get()
    (mail,) = mails_to("achats@ormeaux.example")
    assert quote.number in mail.subject and mail.attachments[0][0] == f"{quote.number}.pdf"
    assert not mails_to(recruiter.email)[1:] or all(
        quote.number not in m.subject for m in mails_to(recruiter.email)
    )
    order = quotes.order_quote(quote, Order.Method.TRANSFER, recruiter)
    assert order.placed_by == recruiter and order.total_incl_vat == quote.total_incl_vat


def test_what_the_office_may_not_quote(made, ormeaux):
    with pytest.raises(quotes.QuoteError, match="au moins jusqu’à"):
        made(valid_until=paris_day() - timedelta(days=1))
    ormeaux.address = ""
    ormeaux.save()
    with pytest.raises(quotes.QuoteError, match="Complétez d’abord la fiche"):
        made()


def test_it_is_sent_again_while_it_can_be_ordered(made):
    quote = made()
    assert len(mails_to("achats@ormeaux.example")) == 1
    quotes.send_again(quote, "direction@ormeaux.example")
    assert [mail.subject for mail in mails_to("direction@ormeaux.example")] == [f"Votre devis {quote.number}"]
    assert len(mails_to("achats@ormeaux.example")) == 1
    Quote.objects.update(valid_until=paris_day() - timedelta(days=1))
    with pytest.raises(quotes.QuoteError, match="est expiré"):
        quotes.send_again(quote, "direction@ormeaux.example")


def test_its_offers_go_into_the_cart_again_at_the_days_price(quote, ormeaux):
    carts.cart_of(ormeaux).lines.all().delete()
    assert quotes.to_cart(quote) == []
    assert contents(ormeaux) == [("print-1-4", 1)]
    Offer.objects.update(is_active=False)
    assert quotes.to_cart(quote) == [quote.lines.get().label]


def test_what_lies_in_the_cart_since_the_quote_is_not_doubled(quote, ormeaux):
    assert contents(ormeaux) == [("print-1-4", 1)], "asking for a quote leaves the cart full"
    for _ in range(2):
        assert quotes.to_cart(quote) == []
        assert contents(ormeaux) == [("print-1-4", 1)]


def test_the_cart_has_the_larger_of_both_quantities_and_keeps_the_rest(made, ormeaux):
    fill(ormeaux, "web-3", "web-1")
    quotes.to_cart(made())
    assert contents(ormeaux) == [("web-3", 2), ("web-1", 1)]
    fill(ormeaux, "web-3", "web-3")
    quotes.to_cart(made())
    assert contents(ormeaux) == [("web-3", 4), ("web-1", 1)]


def test_a_price_changed_since_is_still_told_of_what_lay_in_the_cart(quote, ormeaux):
    Offer.objects.update(price=Decimal("9999.00"))
    quotes.to_cart(quote)
    assert "a changé" in carts.problems(carts.cart_of(ormeaux))[0]


def test_the_mail_writes_its_last_day_as_one_does(made):
    first = paris_day().replace(year=paris_day().year + 1, month=11, day=1)
    made(valid_until=first)
    (mail,) = mails_to("achats@ormeaux.example")
    for part in (mail.body, mail.alternatives[0][0]):
        assert f"valable jusqu’au 1er novembre {first.year}" in part


def test_a_lapsed_one_is_not_ordered(ormeaux, recruiter):
    fill(ormeaux, "web-1")
    long_ago = timezone.now() - timedelta(days=62)
    quote = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter, at=long_ago)
    with pytest.raises(quotes.QuoteError, match="n’est plus valable"):
        quotes.order_quote(quote, Order.Method.CARD, recruiter)
