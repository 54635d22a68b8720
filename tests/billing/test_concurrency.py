"""Several people, one cart, one payment, one series of numbers: on a database with real locks."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, connections, transaction

from billing import carts, checkout, credits, numbers, orders, payments, quotes
from billing.models import (
    CreditLot,
    CreditMovement,
    CustomerTerms,
    Invoice,
    InvoiceLine,
    NumberSeries,
    Offer,
    Order,
)
from billing.models.cart import Cart
from reference.dates import paris_day
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
    assert payment.events.filter(kind="paid").count() == 1
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


def test_orders_of_one_employer_paid_at_once_prolong_one_after_the_other(employer, buyer):
    """Each gives credits, whose row refers to the employer, then a right, which locks the employer: no deadlock."""
    made = []
    for _ in range(PEOPLE):
        for code in ("web-1", "cvtheque-3"):
            carts.add(employer, Offer.objects.get(code=code))
        made.append(checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.TRANSFER, buyer))
    results = at_once(lambda n: orders.pay(made[n]).state)
    assert set(results) == {Order.State.PAID}
    rights = list(employer.entitlements.order_by("starts_on"))
    assert len(rights) == PEOPLE
    for before, after in pairwise(rights):
        assert after.starts_on == before.ends_on + timedelta(days=1)
    assert sorted(Invoice.objects.values_list("number", flat=True)) == _without_gap(PEOPLE)


def test_orders_on_invoice_while_the_customer_orders_quotes(employer, buyer):
    """The office locks the employer, then the series; the buyer takes the series, then refers to the employer."""
    carts.add(employer, Offer.objects.get(code="web-3"))
    asked = []
    for _ in range(PEOPLE):
        key = carts.cart_of(employer).key
        asked.append(quotes.request_quote(employer, key, buyer))
    items = [(Offer.objects.get(code="web-1"), 1)]
    # So much that no order is refused for it: the locks are what is tried here.
    CustomerTerms.objects.create(employer=employer, invoice_limit=1_000_000)

    def act(number: int) -> None:
        for _ in range(5):
            if number % 2:
                orders.order_on_invoice(employer, items, by=buyer)
            else:
                quotes.order_quote(asked[number], Order.Method.TRANSFER, buyer)
                quotes.order_quote(asked[number + 1], Order.Method.TRANSFER, buyer)

    assert at_once(act) == [None] * PEOPLE
    assert Order.objects.count() == PEOPLE + 5 * PEOPLE // 2


def test_the_last_credit_is_spent_by_one_of_twenty(employer):
    credits.grant(employer, Offer.Kind.WEB, 1, reference="le dernier", reason="Essai")
    results = at_once(
        lambda n: credits.spend(employer, Offer.Kind.WEB, reference=f"placement:{n}"), people=20
    )
    assert sum(isinstance(result, CreditMovement) for result in results) == 1
    assert sum(isinstance(result, credits.NoCreditLeft) for result in results) == 19
    assert CreditLot.objects.get().balance == 0


def test_twenty_spend_from_several_lots_and_lose_none(employer):
    """The lots run out one after the other while people wait for their locks: each finds the next one."""
    for number in range(4):
        credits.grant(
            employer, Offer.Kind.WEB, 4, reference=f"lot {number}", reason="Essai", months=number + 1
        )
    results = at_once(
        lambda n: credits.spend(employer, Offer.Kind.WEB, reference=f"placement:{n}"), people=20
    )
    assert sum(isinstance(result, CreditMovement) for result in results) == 16
    assert sum(isinstance(result, credits.NoCreditLeft) for result in results) == 4
    assert set(CreditLot.objects.values_list("balance", flat=True)) == {0}


def test_a_hundred_invoices_a_third_of_them_rolled_back_leave_no_gap(buyer):
    class Changed(Exception):
        pass

    employers = EmployerFactory.create_batch(10)
    offer = Offer.objects.get(code="web-1")

    def act(number: int) -> None:
        for turn in range(10):
            try:
                with transaction.atomic():
                    orders.order_on_invoice(employers[number], [(offer, 1)], by=buyer)
                    if (number + turn) % 3 == 0:
                        raise Changed
            except Changed:
                continue

    assert at_once(act, people=10) == [None] * 10
    numbers_given = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers_given == _without_gap(66)
    assert InvoiceLine.objects.count() == 66


def test_what_is_issued_is_deleted_by_no_road(employer, buyer):
    order = orders.order_on_invoice(employer, [(Offer.objects.get(code="web-1"), 1)], by=buyer)
    assert order.invoices.count() == 1
    for table in ("billing_invoiceline", "billing_invoice", "billing_creditmovement"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")


def _without_gap(count: int) -> list[str]:
    return [f"FA{paris_day().year}-{number:06d}" for number in range(1, count + 1)]
