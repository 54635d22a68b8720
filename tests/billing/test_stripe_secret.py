"""A Stripe event is believed by its signature alone, so never before there is a secret to sign with."""

import hashlib
import hmac
import json
import time

import pytest

from billing import payments
from billing.models import Order
from billing.providers import LockedStripeProvider

from .shop import order_of

pytestmark = [pytest.mark.django_db, pytest.mark.invariant]
HOOK = "/paiement/process/stripe/"


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
        from payments.core import PROVIDER_CACHE

        PROVIDER_CACHE.clear()
        order = order_of(ormeaux, recruiter)
        return order, payments.start(order, "stripe")

    yield wait
    from payments.core import PROVIDER_CACHE

    PROVIDER_CACHE.clear()


def state(order) -> str:
    return Order.objects.get(pk=order.pk).state


def test_a_signed_event_pays(client, waiting):
    order, payment = waiting("whsec_x")
    assert send(client, event_for(payment), "whsec_x").status_code == 200
    assert state(order) == Order.State.PAID


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
    order, payment = waiting("whsec_x")
    send(client, event_for(payment, **session), "whsec_x")
    assert state(order) == Order.State.AWAITING_PAYMENT


def test_another_session_pays_nothing(client, waiting):
    order, payment = waiting("whsec_x")
    payment.transaction_id = "cs_other"
    payment.save(update_fields=["transaction_id"])
    assert send(client, event_for(payment), "whsec_x").status_code == 400
    assert state(order) == Order.State.AWAITING_PAYMENT
