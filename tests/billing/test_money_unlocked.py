"""What the tests of money at the same moment find as soon as the lock is gone: that each of them can fail."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from billing import (
    carts,
    checkout,
    credits,
    discounts,
    numbers,
    orders,
    payments,
    quotes,
    reminders,
    settlements,
    transfers,
)
from billing.models import (
    BankEntry,
    Cart,
    CreditLot,
    DiscountCode,
    Order,
    Payment,
    Quote,
    Transfer,
    TransferReturn,
)
from billing.statements import confirming
from reference.dates import paris_day
from tests.concurrency import at_once
from tests.factories import CreditLotFactory, OfficeUserFactory

from .shop import fill, order_of
from .unlocked import meeting, without_locks_on

pytestmark = [pytest.mark.invariant, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def code():
    return DiscountCode.objects.create(code="UNE", label="Une fois", percent=Decimal("10"))


def quoted(employer, buyer, code) -> Quote:
    fill(employer, "web-1")
    carts.apply_code(employer, code.code)
    return quotes.request_quote(employer, carts.cart_of(employer).key, buyer)


def refused_by_the_database(results) -> list:
    """What no rule of ours answered."""
    return [result for result in results if isinstance(result, IntegrityError)]


def pays_twice_or_breaks(results) -> bool:
    broken = [
        result
        for result in results
        if isinstance(result, Exception) and not isinstance(result, confirming.StatementError)
    ]
    return Transfer.objects.count() == 2 or bool(broken)


def test_two_quotes_use_a_code_that_serves_once(employer, buyer, code):
    made = [quoted(employer, buyer, code) for _ in range(2)]
    with without_locks_on(DiscountCode), meeting(quotes, "_held_code", after=True):
        at_once(
            *(lambda quote=quote: quotes.order_quote(quote, Order.Method.TRANSFER, buyer) for quote in made)
        )
    assert discounts.uses(code).count() == 2


def test_a_quote_the_cart_and_a_reopened_order_use_a_code_that_serves_once(employer, buyer, code):
    fill(employer, "web-1")
    carts.apply_code(employer, code.code)
    given_up = checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.TRANSFER, buyer)
    orders.cancel(given_up, buyer)
    quote = quoted(employer, buyer, code)
    fill(employer, "web-1")
    carts.apply_code(employer, code.code)
    key, sales = carts.cart_of(employer).key, OfficeUserFactory()
    with without_locks_on(DiscountCode), meeting(discounts, "lock", 3, after=True):
        at_once(
            lambda: checkout.confirm(employer, key, Order.Method.TRANSFER, buyer),
            lambda: quotes.order_quote(quote, Order.Method.TRANSFER, buyer),
            lambda: transfers.reopen(given_up, sales, "Le client la veut"),
        )
    assert discounts.uses(code).count() > 1


def test_a_quote_asked_for_by_two_clicks_is_refused_to_one_by_the_database_alone(employer, buyer):
    fill(employer, "web-1")
    key = carts.cart_of(employer).key
    with without_locks_on(Cart), meeting(quotes, "_make"):
        results = at_once(*[lambda: quotes.request_quote(employer, key, buyer)] * 2)
    assert len(refused_by_the_database(results)) == 1, results


def test_a_quote_ordered_by_two_clicks_is_refused_to_one_by_the_database_alone(employer, buyer, code):
    quote = quoted(employer, buyer, code)
    with without_locks_on(Quote, DiscountCode), meeting(numbers, "next_number"):
        results = at_once(*[lambda: quotes.order_quote(quote, Order.Method.TRANSFER, buyer)] * 2)
    assert len(refused_by_the_database(results)) == 1, results


def test_the_last_credit_is_spent_by_two_but_for_the_database(employer):
    CreditLotFactory(employer=employer, quantity=1)
    with without_locks_on(CreditLot), meeting(credits, "_move"):
        results = at_once(
            *[lambda: credits.spend(employer, "web", reference=f"autre:{uuid.uuid4()}", label="Essai")] * 2
        )
    assert len(refused_by_the_database(results)) == 1, results


def test_an_entry_pays_two_orders(entry, order, employer, buyer, clerk):
    both = [order, order_of(employer, buyer, Order.Method.TRANSFER)]
    with without_locks_on(BankEntry), meeting(confirming, "_open", after=True):
        at_once(*(lambda each=each: confirming.confirm(entry, each, clerk) for each in both))
    assert Transfer.objects.count() == 2


def test_an_entry_confirmed_by_two_clicks_pays_twice_or_breaks(entry, order, clerk):
    with without_locks_on(BankEntry, Order), meeting(transfers, "receive"):
        results = at_once(*[lambda: confirming.confirm(entry, order, clerk)] * 2)
    assert pays_twice_or_breaks(results), results


def test_the_certain_ones_confirmed_by_two_people_pay_twice_or_break(entry, clerk):
    with without_locks_on(BankEntry, Order), meeting(transfers, "receive"):
        results = at_once(*[lambda: confirming.confirm_certain(clerk)] * 2)
    assert pays_twice_or_breaks(results), results


def test_an_excess_is_given_back_twice(order, clerk):
    transfers.receive(order, order.total_incl_vat + 60, paris_day(), clerk, sure=True)
    with without_locks_on(Order), meeting(settlements, "returnable", after=True):
        at_once(*[lambda: transfers.give_back(order, Decimal("60.00"), paris_day(), clerk)] * 2)
    assert TransferReturn.objects.count() == 2


def test_a_reminder_is_sent_by_both_clocks(order):
    Order.objects.filter(pk=order.pk).update(pay_by=paris_day() + timedelta(days=5))
    with without_locks_on(Order), meeting(reminders, "_is_next"):
        assert at_once(*[reminders.remind_of_transfers] * 2) == [1, 1]


def test_a_payment_confirmed_by_two_events_is_booked_twice(employer, buyer):
    """The order is paid once all the same; accounting makes its entries of the payment's events."""
    payment = payments.start(order_of(employer, buyer, Order.Method.CARD), "dummy")
    with without_locks_on(Order, Payment), meeting(payments, "lock", after=True):
        at_once(*[lambda: payments.confirm(payment.pk, amount=payment.total, currency="EUR")] * 2)
    assert payment.events.filter(kind="paid").count() == 2
