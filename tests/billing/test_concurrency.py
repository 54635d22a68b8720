"""Several people, one cart, one payment, one series of numbers: on a database with real locks."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from accounts.models import User
from billing import carts, checkout, numbers, orders, payments
from billing.models import CreditMovement, Invoice, NumberSeries, Offer, Order
from billing.models.cart import Cart
from tests.factories import EmployerFactory

pytestmark = [pytest.mark.invariant, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PEOPLE = 12


def at_once(act: Callable[[int], object], people: int = PEOPLE) -> list:
    """Run `act(number)` in as many threads, all started together. Returns results, or the exceptions raised."""
    start = threading.Barrier(people)

    def one(number: int):
        try:
            start.wait(timeout=30)
            return act(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def buyer(employer) -> User:
    return employer.memberships.get().user


def test_a_cart_confirmed_by_twelve_clicks_makes_one_order(employer, buyer):
    carts.add(employer, Offer.objects.get(code="web-3"))
    key = carts.cart_of(employer).key
    made = at_once(lambda n: checkout.confirm(employer, key, Order.Method.CARD, buyer).pk)
    assert len(set(made)) == 1
    assert Order.objects.count() == 1


def test_the_same_clicks_without_the_lock_fail(employer, buyer, monkeypatch):
    """Shows that the test above can fail: without the lock the clicks collide, and only the key's constraint holds."""
    carts.add(employer, Offer.objects.get(code="web-3"))
    key = carts.cart_of(employer).key
    together = threading.Barrier(PEOPLE)

    def without_lock(employer):
        cart = carts.cart_of(employer)
        assert Cart.objects.filter(pk=cart.pk).exists()
        together.wait(timeout=30)
        return cart

    monkeypatch.setattr(checkout, "lock", without_lock)
    made = at_once(lambda n: checkout.confirm(employer, key, Order.Method.CARD, buyer).pk)
    assert any(isinstance(result, Exception) for result in made)
    assert Order.objects.count() == 1


def test_a_payment_confirmed_by_twelve_events_delivers_once(employer, buyer):
    carts.add(employer, Offer.objects.get(code="web-3"))
    order = checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.CARD, buyer)
    payment = payments.start(order, "dummy")
    results = at_once(lambda n: payments.confirm(payment.pk, amount=payment.total, currency="EUR").status)
    assert set(results) == {"confirmed"}
    assert CreditMovement.objects.count() == 1
    assert Invoice.objects.count() == 1
    assert order.moves.count() == 2


def test_numbers_have_no_gap_although_a_third_is_rolled_back(employer):
    class Changed(Exception):
        pass

    def take(number: int) -> list[str]:
        taken = []
        for turn in range(10):
            try:
                with transaction.atomic():
                    value = numbers.next_number(numbers.INVOICE, 2031)
                    if (number + turn) % 3 == 0:
                        raise Changed
                taken.append(value)
            except Changed:
                continue
        return taken

    results = at_once(take)
    taken = sorted(value for values in results for value in values)
    assert taken == [f"FA2031-{n:06d}" for n in range(1, len(taken) + 1)]
    assert len(taken) == 80
    assert NumberSeries.objects.get(code="FA", year=2031).last == 80


def test_a_cancellation_and_a_payment_at_once_leave_one_of_the_two(employer, buyer):
    carts.add(employer, Offer.objects.get(code="web-1"))
    order = checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.TRANSFER, buyer)
    acts = [lambda: orders.pay(order), lambda: orders.cancel(order, by=buyer)]
    results = at_once(lambda n: acts[n % 2](), people=2)
    assert sum(isinstance(result, orders.ForbiddenMove) for result in results) == 1
    order.refresh_from_db()
    assert Invoice.objects.exists() == (order.state == Order.State.PAID)
