"""A code for three orders, twelve customers who confirm at once: on a database with real locks."""

import threading
import uuid

import pytest
from django.db import connections

from billing import baskets, carts, checkout, discounts, orders, quotes, transfers
from billing.models import DiscountCode, Offer, Order
from tests.factories import EmployerFactory, OfficeUserFactory

from .test_concurrency import PEOPLE, at_once

pytestmark = [pytest.mark.invariant, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

MOST = 3


@pytest.fixture
def code():
    return DiscountCode.objects.create(code="TROIS", label="Pour trois", percent=10, most_orders=MOST)


@pytest.fixture
def customers(code):
    found = EmployerFactory.create_batch(PEOPLE)
    for employer in found:
        carts.add(employer, Offer.objects.get(code="web-3"))
        carts.apply_code(employer, "TROIS")
    return found


def confirm_all(customers) -> list:
    keys = [carts.cart_of(employer).key for employer in customers]
    users = [employer.memberships.get().user for employer in customers]
    return at_once(lambda n: checkout.confirm(customers[n], keys[n], Order.Method.TRANSFER, users[n]))


def test_as_many_orders_as_the_code_allows_use_it_and_the_others_are_told(customers, code):
    results = confirm_all(customers)
    made = [result for result in results if isinstance(result, Order)]
    refused = [result for result in results if isinstance(result, checkout.CheckoutError)]
    assert (len(made), len(refused)) == (MOST, PEOPLE - MOST), results
    assert {error.code for error in refused} <= {"discount", "offers", None}
    assert discounts.uses(code).count() == MOST


def test_the_same_without_the_lock_gives_more(customers, code, monkeypatch):
    """Shows that the test above can fail: everybody counts the uses before anybody writes one."""
    together = threading.Barrier(PEOPLE)

    def without_lock(code, employer, offers, day=None):
        found = DiscountCode.objects.get(pk=code.pk)
        discounts.check(found, employer, offers, day)
        together.wait(timeout=30)
        return found

    monkeypatch.setattr(discounts, "hold", without_lock)
    confirm_all(customers)
    assert discounts.uses(code).count() > MOST


def test_a_quote_and_the_cart_share_a_code_that_serves_once(code):
    """A quote ordered while its buyer confirms the cart, and an order reopened by the office: one of them has it."""
    DiscountCode.objects.filter(pk=code.pk).update(once_an_employer=True, most_orders=None)
    employer, sales = EmployerFactory(), OfficeUserFactory()
    user = employer.memberships.get().user

    def fill() -> uuid.UUID:
        carts.add(employer, Offer.objects.get(code="web-3"))
        carts.apply_code(employer, "TROIS")
        return carts.cart_of(employer).key

    given_up = checkout.confirm(employer, fill(), Order.Method.TRANSFER, user)
    orders.cancel(given_up, user)
    quote = quotes.request_quote(employer, fill(), user)
    key = carts.cart_of(employer).key
    acts = (
        lambda: checkout.confirm(employer, key, Order.Method.TRANSFER, user),
        lambda: quotes.order_quote(quote, Order.Method.TRANSFER, user),
        lambda: transfers.reopen(given_up, sales, "Le client la veut"),
    )
    results = at_once(lambda number: acts[number](), len(acts))
    assert [type(result).__name__ for result in results].count("Order") == 1, results
    assert discounts.uses(code).count() == 1


def test_one_basket_merged_by_twelve_log_ins_is_merged_once():
    employer = EmployerFactory()
    kept = {"basket": {"web-3": [2, "780.00"], "cvtheque-6": [1, "990.00"]}}
    said = at_once(lambda n: baskets.merge(dict(kept), employer))
    assert all(isinstance(words, str) for words in said), said
    lines = carts.cart_of(employer).lines.all()
    assert [(line.offer.code, line.quantity) for line in lines] == [("web-3", 2), ("cvtheque-6", 1)]
    connections.close_all()
