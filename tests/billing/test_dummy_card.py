"""The demonstration's card payments: accepted, refused, and by a bank that takes its time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from billing import card_form, invoices, providers, refunds
from billing.models import Order, Payment

from .shop import order_of, text, url

pytestmark = pytest.mark.django_db
CARD = {"expiry": "12/40", "code": "123"}


@pytest.fixture
def order(ormeaux, recruiter) -> Order:
    cache.clear()
    return order_of(ormeaux, recruiter)


@pytest.fixture
def buyer(client, login, recruiter):
    return login(client, recruiter)


def pay(buyer, order, number):
    return buyer.post(url("order_pay", order.public_id), CARD | {"number": number})


def test_accepted(buyer, order):
    assert pay(buyer, order, card_form.ACCEPTED).url == url("order_paid", order.public_id)
    assert "votre paiement est reçu" in text(buyer.get(url("order_paid", order.public_id)))


def test_refused_it_says_why_and_what_to_do_and_another_card_pays(buyer, order):
    assert pay(buyer, order, card_form.REFUSED).url == url("order_payment_failed", order.public_id)
    page = text(buyer.get(url("order_payment_failed", order.public_id)))
    for part in ("essayez une autre carte", "Rien n’a été débité", "Réessayer", "par virement"):
        assert part in page, part
    pay(buyer, order, card_form.ACCEPTED)
    assert sorted(order.payments.values_list("status", flat=True)) == ["confirmed", "rejected"]


def test_a_slow_bank_is_waited_for_on_a_page_that_asks_again(buyer, order):
    assert pay(buyer, order, card_form.SLOW).url == url("order_paid", order.public_id)
    assert "Nous attendons la réponse" in text(buyer.get(url("order_paid", order.public_id)))
    assert buyer.get(url("order_pay", order.public_id)).url == url("order_paid", order.public_id)
    with time_machine.travel(timezone.now() + providers.SLOWNESS + timedelta(seconds=5)):
        cache.clear()
        assert "votre paiement est reçu" in text(buyer.get(url("order_paid", order.public_id)))
    assert Payment.objects.get().status == "confirmed"


def test_a_refund_asks_nobody(buyer, order, sales):
    pay(buyer, order, card_form.ACCEPTED)
    invoices.credit_note(order.invoices.get(), by=sales)
    assert refunds.refund(Payment.objects.get().pk, by=sales).status == "refunded"
