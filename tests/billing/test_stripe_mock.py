"""Our requests against Stripe's own description of its API. stripe-mock keeps no state: it checks what is asked."""

import os
from decimal import Decimal

import pytest
from payments import PaymentError

from billing import carts, checkout, payments, stripe_api
from billing.models import DiscountCode, Order, Payment
from billing.providers import LockedStripeProvider
from billing.stripe_api import StripeApi

from .shop import fill, order_of

MOCK = os.environ.get("STRIPE_API_BASE", "")
pytestmark = [pytest.mark.django_db, pytest.mark.stripe]


@pytest.fixture
def api() -> StripeApi:
    return StripeApi("sk_test_123", MOCK)


@pytest.fixture
def payment(ormeaux, recruiter) -> Payment:
    return payments.start(order_of(ormeaux, recruiter, codes=("web-3", "print-1-4")), "stripe")


def test_a_page_is_made_read_and_closed(api, payment):
    session = api.open_session(payment)
    assert session["id"].startswith("cs_") and stripe_api.is_ours(session["url"])
    assert api.read_session(session["id"])["object"] == "checkout.session"
    assert api.close_session(session["id"])["object"] == "checkout.session"


def test_a_page_with_a_discount_and_without_vat(api, ormeaux, recruiter):
    fill(ormeaux, "web-3")
    code = DiscountCode.objects.create(code="RENTREE", label="Rentrée", percent=Decimal("10"))
    cart = carts.cart_of(ormeaux)
    cart.discount_code = code
    cart.save()
    ormeaux.postcode, ormeaux.city = "97300", "Cayenne"
    ormeaux.save()
    order = checkout.confirm(ormeaux, cart.key, Order.Method.CARD, recruiter)
    payment = payments.start(order, "stripe")
    product = stripe_api.session_of(payment)["line_items"][0]["price_data"]["product_data"]
    assert "remise de" in product["description"] and product["description"].endswith("sans TVA")
    assert api.open_session(payment)["id"]


def test_a_refund(api, payment):
    payment.intent = "pi_123"
    assert api.refund(payment, payment.total).startswith("re_")


def test_the_provider_leads_there(payment):
    provider = LockedStripeProvider("sk_test_123", api_base=MOCK)
    with pytest.raises(Exception, match=r"^https://checkout\.stripe\.com/"):
        provider.get_form(payment)
    payment.refresh_from_db()
    assert provider.look(payment).state == "open"


@pytest.mark.parametrize(
    "wrong",
    [
        {"locale": "français"},
        {"montant": 1},
        {"mode": "pay"},
        {"expires_at": "demain"},
        {"payment_method_options": {"card": {"request_three_d_secure": "maybe"}}},
        {"line_items": [{"quantity": "deux"}]},
        {"payment_intent_data": {"metadata": "C2026"}},
    ],
)
def test_a_wrong_parameter_is_refused(api, payment, wrong, monkeypatch):
    """So the tests above can fail."""
    wanted = stripe_api.session_of(payment)
    monkeypatch.setattr(stripe_api, "session_of", lambda payment: wanted | wrong)
    with pytest.raises(PaymentError, match="InvalidRequestError") as refused:
        api.open_session(payment)
    assert refused.value.code == 400


def test_an_address_where_nobody_listens(payment):
    with pytest.raises(PaymentError, match="APIConnectionError"):
        StripeApi("sk_test_123", "http://127.0.0.1:9").open_session(payment)
