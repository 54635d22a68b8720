"""Events, the browser's return, a cancellation, a transfer, all at the same moment: on a database with real locks.

Each race is run with our locks, and again with the one it needs taken out: then it goes wrong, so it can fail.
"""

import threading

import pytest
from django.core.cache import cache
from django.test import Client
from payments.core import PROVIDER_CACHE

from billing import orders, payments, refunds, transfers
from billing.models import CreditMovement, Invoice, Order, Payment
from reference.dates import paris_day
from tests.factories import EmployerFactory, OfficeUserFactory

from .shop import order_of
from .stripe_tools import tell, use_stripe
from .test_concurrency import at_once

pytestmark = [pytest.mark.invariant, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stripe_is(settings):
    cache.clear()
    yield use_stripe(settings)
    PROVIDER_CACHE.clear()


@pytest.fixture
def buyer():
    return EmployerFactory().memberships.get().user


@pytest.fixture
def payment(stripe_is, buyer) -> Payment:
    payment = payments.start(order_of(buyer.memberships.get().employer, buyer), "stripe")
    with pytest.raises(Exception, match="checkout"):
        payment.get_form()
    payment.refresh_from_db()
    stripe_is.pay(payment)
    return payment


@pytest.fixture
def sales():
    return OfficeUserFactory()


@pytest.fixture
def no_locks(monkeypatch):
    """Take the row locks of orders and payments out; everybody reads, then all wait until everybody has read."""

    def take_out(people: int) -> None:
        together = threading.Barrier(people)
        met = threading.local()

        def meet() -> None:
            if not getattr(met, "done", False):
                met.done = True
                together.wait(timeout=30)

        def payment_as_read(pk):
            found = Payment.objects.select_related("order").get(pk=pk)
            meet()
            return found

        def order_as_read(order):
            found = Order.objects.get(pk=order.pk)
            meet()
            return found

        monkeypatch.setattr(payments, "lock", payment_as_read)
        monkeypatch.setattr(orders, "locked", order_as_read)

    return take_out


def webhook(payment):
    return lambda: tell(Client(raise_request_exception=False), payment).status_code


def comes_back(payment):
    return lambda: payments.ask(payment).status


def paid_once(payment) -> bool:
    return (
        Invoice.objects.count() == 1
        and CreditMovement.objects.count() == 1
        and payment.order.moves.filter(to_state="paid", from_state="awaiting_payment").count() == 1
        and payment.events.filter(kind="paid").count() == 1
    )


def run(acts) -> list:
    return at_once(lambda number: acts[number](), people=len(acts))


class TestTwoWebhooks:
    def test_pay_once(self, payment):
        assert run([webhook(payment)] * 8) == [200] * 8
        assert paid_once(payment)

    def test_without_the_locks_not(self, payment, no_locks):
        no_locks(2)
        answers = run([webhook(payment)] * 2)
        assert 500 in answers or not paid_once(payment)


class TestAWebhookAndTheReturn:
    def test_pay_once(self, payment):
        answers = run([webhook(payment), comes_back(payment)] * 4)
        assert answers == [200, "confirmed"] * 4
        assert paid_once(payment)

    def test_without_the_locks_not(self, payment, no_locks):
        no_locks(2)
        answers = run([webhook(payment), comes_back(payment)])
        assert answers != [200, "confirmed"] or not paid_once(payment)


def whole(payment) -> bool:
    """Either paid and delivered, or given up with its money told to the office; never half of each."""
    order = Order.objects.get(pk=payment.order_id)
    money = Payment.objects.get(pk=payment.pk)
    delivered = CreditMovement.objects.count() == Invoice.objects.count() == 1
    nothing = CreditMovement.objects.count() == Invoice.objects.count() == 0
    if order.moves.filter(from_state="awaiting_payment", to_state__in=("paid", "cancelled")).count() != 1:
        return False
    if order.state == Order.State.PAID:
        return delivered and not money.unexpected
    return order.state == Order.State.CANCELLED and nothing and money.unexpected == "cancelled"


class TestAWebhookAndACancellation:
    def test_leave_one_of_the_two(self, payment, buyer):
        order = payment.order
        answers = run([webhook(payment), lambda: orders.cancel(order, by=buyer).state])
        assert answers[0] == 200
        assert whole(payment)

    def test_without_the_locks_both(self, payment, buyer, no_locks):
        order = payment.order
        no_locks(2)
        run([webhook(payment), lambda: orders.cancel(order, by=buyer).state])
        assert not whole(payment)


class TestAWebhookAndATransfer:
    def receive(self, payment, sales):
        def act():
            transfer = transfers.receive(
                payment.order, payment.total, paris_day(), by=sales, bank_reference="VIR", sure=True
            )
            return transfer.amount

        return act

    def paid_by_one(self, payment) -> bool:
        """Invoiced and delivered once; the other money is noted as to give back."""
        order = Order.objects.get(pk=payment.order_id)
        money = Payment.objects.get(pk=payment.pk)
        to_give_back = (money.unexpected == "paid") != order.moves.filter(note__contains="à rendre").exists()
        return Invoice.objects.count() == CreditMovement.objects.count() == 1 and to_give_back

    def test_pay_once_and_the_other_money_is_to_be_given_back(self, payment, sales):
        answers = run([webhook(payment), self.receive(payment, sales)])
        assert answers == [200, payment.total]
        assert self.paid_by_one(payment)

    def test_without_the_locks_not(self, payment, sales, no_locks):
        no_locks(2)
        answers = run([webhook(payment), self.receive(payment, sales)])
        assert answers != [200, payment.total] or not self.paid_by_one(payment)


class TestTwoClicksOnRefund:
    @pytest.fixture
    def unexpected(self, payment, buyer):
        orders.cancel(payment.order, by=buyer)
        tell(Client(), payment)
        return Payment.objects.get(pk=payment.pk)

    def test_refund_once(self, unexpected, sales, stripe_is):
        answers = run([lambda: refunds.refund(unexpected.pk, by=sales).status] * 6)
        assert answers == ["refunded"] * 6
        assert stripe_is.count("refund") == 1
        assert unexpected.events.filter(kind="refunded").count() == 1

    def test_without_the_lock_ask_twice(self, unexpected, sales, stripe_is, no_locks):
        """Stripe's idempotency key would still give back once; our story of it would tell two refunds."""
        no_locks(2)
        run([lambda: refunds.refund(unexpected.pk, by=sales).status] * 2)
        assert stripe_is.count("refund") == 2


def test_two_visits_open_one_page(stripe_is, buyer):
    order = order_of(buyer.memberships.get().employer, buyer)

    def visit():
        with pytest.raises(Exception, match="checkout") as elsewhere:
            payments.resume(order, "stripe").get_form()
        return str(elsewhere.value)

    assert len(set(run([visit] * 8))) == 1
    assert stripe_is.count("open") == 1 and Payment.objects.count() == 1
