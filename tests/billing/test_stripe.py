"""Stripe Checkout: the session that is asked for, and signed events late, twice, forged, out of order."""

import hashlib
import hmac
import json
import time
from decimal import Decimal

import pytest
import stripe
from django.urls import reverse
from payments.core import PROVIDER_CACHE

from billing import credits, orders, payments
from billing.models import CreditMovement, Invoice, Order, Payment
from billing.providers import LockedStripeProvider
from tests.tools import mails_to

from .shop import order_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.invariant]
SECRET = "whsec_x"
HOOK = "/paiement/process/stripe/"
SESSION = {"id": "cs_1", "object": "checkout.session", "url": "https://checkout.stripe.com/c/pay/cs_1"}


def event_for(payment, **session) -> str:
    told = {
        "id": "cs_1",
        "object": "checkout.session",
        "client_reference_id": str(payment.token),
        "payment_status": "paid",
        "amount_total": int(payment.total * 100),
        "currency": "eur",
    }
    data = {"object": told | session}
    return json.dumps({"id": "evt_1", "object": "event", "type": "checkout.session.completed", "data": data})


def send(client, body: str, secret: str):
    now = int(time.time())
    key = hmac.new(secret.encode(), f"{now}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"stripe-signature": f"t={now},v1={key}"}
    return client.post(HOOK, body, content_type="application/json", headers=headers)


@pytest.fixture
def waiting(settings, ormeaux, recruiter):
    """A function: an order that waits for Stripe, whose webhook secret is the one given."""

    def wait(secret: str):
        options = {"api_key": "sk_test", "endpoint_secret": secret, "secure_endpoint": True}
        provider = f"{LockedStripeProvider.__module__}.{LockedStripeProvider.__qualname__}"
        settings.PAYMENT_VARIANTS = {"stripe": (provider, options)}
        PROVIDER_CACHE.clear()
        order = order_of(ormeaux, recruiter)
        return order, payments.start(order, "stripe")

    yield wait
    PROVIDER_CACHE.clear()


def state(order) -> str:
    return Order.objects.get(pk=order.pk).state


@pytest.fixture
def order_and_payment(waiting):
    return waiting(SECRET)


@pytest.fixture
def asked(monkeypatch) -> list[dict]:
    """What was asked of Stripe, which lies outside the machine."""
    calls: list[dict] = []

    def create(**data):
        calls.append(data)
        return SESSION | {"id": f"cs_{len(calls)}"}

    monkeypatch.setattr(stripe.checkout.Session, "create", create)
    return calls


@pytest.fixture
def buyer(client, login, recruiter, settings):
    """A browser of the buyer's, on a site that takes cards by Stripe."""
    settings.PAYMENT_CARD_VARIANT = "stripe"
    return login(client, recruiter)


def tell(client, payment, kind: str, **session):
    body = json.loads(event_for(payment, **session)) | {"type": f"checkout.session.{kind}"}
    return send(client, json.dumps(body), SECRET)


class TestSession:
    def test_it_asks_for_the_order_to_the_cent_and_comes_back_to_us(
        self, buyer, order_and_payment, asked, settings
    ):
        order, payment = order_and_payment
        answer = buyer.get(url("order_pay", order.public_id))
        assert answer.status_code == 302 and answer.url == SESSION["url"]
        (data,) = asked
        (line,) = data["line_items"]
        assert line["quantity"] == 1
        assert line["price_data"]["unit_amount"] == 93600 and line["price_data"]["currency"] == "eur"
        assert line["price_data"]["product_data"]["name"] == f"Commande {order.number}"
        assert data["client_reference_id"] == str(payment.token)
        assert data["success_url"] == settings.SITE_URL + url("order_paid", order.public_id)
        assert data["cancel_url"] == settings.SITE_URL + url("order_payment_failed", order.public_id)

    def test_two_visits_share_one_session(self, buyer, order_and_payment, asked):
        order, payment = order_and_payment
        for _ in range(3):
            assert buyer.get(url("order_pay", order.public_id)).url == SESSION["url"]
        assert len(asked) == 1 and Payment.objects.count() == 1
        payment.refresh_from_db()
        assert payment.transaction_id == "cs_1"

    def test_a_visit_that_read_the_payment_before_the_event_unsettles_nothing(
        self, client, order_and_payment, asked
    ):
        """The tab read the payment as waiting; the event settles it; then the tab goes on."""
        order, stale = order_and_payment
        tell(client, stale, "completed")
        with pytest.raises(Exception, match="merci"):
            stale.get_form()
        assert asked == []
        assert Payment.objects.get().status == "confirmed"
        assert state(order) == Order.State.PAID

    def test_stripe_that_does_not_answer_is_a_sentence_and_the_next_visit_tries_again(
        self, buyer, order_and_payment, monkeypatch
    ):
        order, payment = order_and_payment

        def broken(**data):
            raise stripe.APIConnectionError("no route")

        with monkeypatch.context() as broken_stripe:
            broken_stripe.setattr(stripe.checkout.Session, "create", broken)
            answer = buyer.get(url("order_pay", order.public_id), follow=True)
        assert "ne répond pas" in answer.content.decode()
        monkeypatch.setattr(stripe.checkout.Session, "create", lambda **data: SESSION)
        assert buyer.get(url("order_pay", order.public_id)).url == SESSION["url"]
        assert Payment.objects.get() == payment

    def test_after_a_refusal_another_payment_has_another_session(self, buyer, order_and_payment, asked):
        order, payment = order_and_payment
        buyer.get(url("order_pay", order.public_id))
        tell(buyer, payment, "expired")
        buyer.get(url("order_pay", order.public_id))
        assert len(asked) == 2
        assert set(Payment.objects.values_list("status", "transaction_id")) == {
            ("rejected", "cs_1"),
            ("waiting", "cs_2"),
        }


class TestEvents:
    def test_the_same_event_three_times_pays_once(self, client, order_and_payment, ormeaux):
        order, payment = order_and_payment
        for _ in range(3):
            assert tell(client, payment, "completed").status_code == 200
        assert state(order) == Order.State.PAID
        assert Invoice.objects.count() == CreditMovement.objects.count() == 1
        assert credits.balances(ormeaux)[0].quantity == 3

    @pytest.mark.parametrize("late", ["expired", "async_payment_failed"])
    def test_a_late_failure_leaves_a_settled_payment(self, client, order_and_payment, late):
        order, payment = order_and_payment
        tell(client, payment, "completed")
        assert tell(client, payment, late).status_code == 200
        assert Payment.objects.get().status == "confirmed"
        assert state(order) == Order.State.PAID

    def test_money_after_a_failure_still_pays(self, client, order_and_payment):
        """Out of order: the events of a slow means of payment."""
        order, payment = order_and_payment
        tell(client, payment, "completed", payment_status="unpaid")
        tell(client, payment, "async_payment_failed")
        assert state(order) == Order.State.AWAITING_PAYMENT
        tell(client, payment, "async_payment_succeeded")
        assert state(order) == Order.State.PAID

    def test_a_forged_signature_is_refused(self, client, order_and_payment):
        order, payment = order_and_payment
        assert send(client, event_for(payment), "whsec_of_somebody").status_code == 400
        assert client.post(HOOK, event_for(payment), content_type="application/json").status_code == 400
        assert state(order) == Order.State.AWAITING_PAYMENT

    @pytest.mark.parametrize("body", ["", "{", "{}", '{"object": "event", "type": "x", "data": {}}'])
    def test_a_signed_event_that_says_nothing_is_refused(self, client, order_and_payment, body):
        order, _payment = order_and_payment
        assert send(client, body, SECRET).status_code == 400
        assert state(order) == Order.State.AWAITING_PAYMENT

    def test_an_unknown_payment_is_not_found(self, client, order_and_payment):
        body = event_for(order_and_payment[1], client_reference_id="7f1c0d1e-0000-4000-8000-000000000000")
        assert send(client, body, SECRET).status_code == 404

    def test_the_browser_cannot_settle_by_its_return(self, buyer, order_and_payment):
        """The return says what our records say; the payment's own address believes signed events alone."""
        order, payment = order_and_payment
        process = reverse("process_payment", args=[payment.token])
        assert buyer.get(process, {"status": "confirmed"}).status_code == 400
        assert buyer.post(process, event_for(payment), content_type="application/json").status_code == 400
        assert buyer.get(url("order_paid", order.public_id)).status_code == 200
        assert state(order) == Order.State.AWAITING_PAYMENT
        assert not Invoice.objects.exists()


class TestMoneyNobodyWaitsFor:
    def test_for_a_cancelled_order_the_office_is_told_once(
        self, client, order_and_payment, recruiter, settings
    ):
        order, payment = order_and_payment
        orders.cancel(order, by=recruiter)
        for _ in range(2):
            tell(client, payment, "completed")
        (mail,) = mails_to(settings.OFFICE_EMAIL)
        assert order.number in mail.subject and "annulée entre-temps" in mail.body
        assert Payment.objects.get().status == "confirmed"
        assert state(order) == Order.State.CANCELLED
        assert not CreditMovement.objects.exists()

    def test_for_an_order_paid_already_the_office_is_told(self, client, order_and_payment, sales, settings):
        order, payment = order_and_payment
        orders.pay(order, by=sales, method=Order.Method.TRANSFER)
        tell(client, payment, "completed")
        (mail,) = mails_to(settings.OFFICE_EMAIL)
        assert "déjà payée" in mail.body
        assert Invoice.objects.count() == CreditMovement.objects.count() == 1

    def test_the_invoice_names_the_way_the_money_came(self, client, order_and_payment, recruiter):
        """The buyer had turned to the transfer, and paid by the card page still open in a tab."""
        order, payment = order_and_payment
        orders.change_method(order, Order.Method.TRANSFER, by=recruiter)
        tell(client, payment, "completed")
        assert state(order) == Order.State.PAID
        assert Invoice.objects.get().payment_method == Order.Method.CARD


@pytest.mark.parametrize("secret", ["", None])
def test_without_a_secret_no_event_is_believed(client, waiting, secret):
    order, payment = waiting(secret)
    assert send(client, event_for(payment), "").status_code == 400
    assert state(order) == Order.State.AWAITING_PAYMENT


@pytest.mark.parametrize(
    "session",
    [{"amount_total": 1}, {"currency": "xof"}, {"payment_status": "unpaid"}, {"amount_total": None}],
)
def test_another_amount_or_currency_pays_nothing(client, waiting, session):
    order, payment = waiting(SECRET)
    send(client, event_for(payment, **session), SECRET)
    assert state(order) == Order.State.AWAITING_PAYMENT


def test_another_session_pays_nothing(client, waiting):
    order, payment = waiting(SECRET)
    payment.transaction_id = "cs_other"
    payment.save(update_fields=["transaction_id"])
    assert send(client, event_for(payment), SECRET).status_code == 400
    assert state(order) == Order.State.AWAITING_PAYMENT


def test_another_total_than_the_orders_is_never_charged(ormeaux, recruiter):
    order = order_of(ormeaux, recruiter, codes=("web-3", "print-1-4"))
    assert payments.start(order, "dummy").total == order.total_incl_vat == Decimal("2316.00")
