"""Orders on invoice: within what a customer may owe, on the terms agreed with it (G18)."""

import uuid
from decimal import Decimal

import pytest

from billing import credits, invoices, orders, terms, transfers
from billing.models import CustomerTerms, DiscountCode, Offer, Order, SellerSettings
from reference.dates import paris_day

pytestmark = pytest.mark.django_db


def place(employer, sales, quantity=1, **more):
    """An order on invoice of as many single ads."""
    return orders.order_on_invoice(employer, [(Offer.objects.get(code="web-3"), quantity)], by=sales, **more)


def test_what_is_owed_and_what_is_ordered_stay_within_the_limit(ormeaux, sales):
    CustomerTerms.objects.create(employer=ormeaux, invoice_limit=Decimal("1872.00"))
    place(ormeaux, sales)
    assert terms.outstanding(ormeaux) == Decimal("936.00")
    place(ormeaux, sales)
    with pytest.raises(terms.LimitReached, match="dépasse l’encours autorisé"):
        place(ormeaux, sales)
    assert Order.objects.count() == 2 and credits.balances(ormeaux)[0].quantity == 6


def test_the_sentence_says_how_much_and_what_to_do(ormeaux, sales):
    CustomerTerms.objects.create(employer=ormeaux, invoice_limit=Decimal("1000.00"))
    place(ormeaux, sales)
    with pytest.raises(terms.LimitReached) as refused:
        place(ormeaux, sales)
    (sentence,) = refused.value.messages
    assert (
        "936,00\u202f€ TTC" in sentence and "1\u202f000,00\u202f€ et 936,00\u202f€ déjà à régler" in sentence
    )
    assert "relevez sa limite" in sentence


def test_transfers_and_credit_notes_make_room(ormeaux, sales):
    CustomerTerms.objects.create(employer=ormeaux, invoice_limit=Decimal("936.00"))
    order = place(ormeaux, sales)
    transfers.receive(order, Decimal("36.00"), paris_day(), sales, sure=True)
    assert terms.outstanding(ormeaux) == Decimal("900.00")
    with pytest.raises(terms.LimitReached):
        place(ormeaux, sales)
    invoices.credit_note(order.invoices.get(), by=sales)
    assert terms.outstanding(ormeaux) == 0
    place(ormeaux, sales)


def test_without_an_agreement_the_sites_limit_holds_and_nought_means_none(ormeaux, riviere, sales):
    office = SellerSettings.load()
    office.invoice_limit = Decimal("935.99")
    office.save()
    CustomerTerms.objects.create(employer=riviere, invoice_limit=Decimal("0"))
    for employer in (ormeaux, riviere):
        with pytest.raises(terms.LimitReached):
            place(employer, sales)
    CustomerTerms.objects.create(employer=ormeaux, days_to_pay=45)
    with pytest.raises(terms.LimitReached):
        place(ormeaux, sales)


def test_the_same_key_is_the_same_order_also_at_the_limit(ormeaux, sales):
    CustomerTerms.objects.create(employer=ormeaux, invoice_limit=Decimal("936.00"))
    key = uuid.uuid4()
    assert place(ormeaux, sales, key=key) == place(ormeaux, sales, key=key)
    assert Order.objects.count() == 1


def test_a_discount_code_counts(ormeaux, sales):
    code = DiscountCode.objects.create(code="AMI", label="Ami", percent=Decimal("10"))
    order = place(ormeaux, sales, discount_code=code)
    assert order.discount_code == code and order.total_incl_vat == Decimal("842.40")
