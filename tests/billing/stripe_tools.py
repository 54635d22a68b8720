"""Stripe's side of the tests: its events, signed as Stripe signs them, and a Stripe that answers what it is told to."""

import hashlib
import hmac
import json
import time
from itertools import count

from payments import PaymentError
from payments.core import PROVIDER_CACHE

from billing.providers import LockedStripeProvider

SECRET = "whsec_x"
HOOK = "/paiement/stripe/"
PAGE = "https://checkout.stripe.com/c/pay/"
_numbers = count(1)


class FakeStripe:
    """In the place of `stripe_api.StripeApi`: what was asked of it stands in `asked`, what it answers in `sessions`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.sessions: dict[str, dict] = {}
        self.down = False

    def _ask(self, what: str, about: str) -> None:
        self.asked.append((what, about))
        if self.down:
            raise PaymentError("Stripe: APIConnectionError")

    def open_session(self, payment) -> dict:
        self._ask("open", payment.token)
        number = f"cs_{len(self.sessions) + 1}"
        session = {"id": number, "url": PAGE + number, "status": "open", "payment_status": "unpaid"}
        self.sessions[number] = session
        return session

    def read_session(self, session_id: str) -> dict:
        self._ask("read", session_id)
        return self.sessions[session_id]

    def close_session(self, session_id: str) -> dict:
        self._ask("close", session_id)
        if self.sessions[session_id]["status"] != "open":
            raise PaymentError("Stripe: InvalidRequestError", code=400)
        self.sessions[session_id]["status"] = "expired"
        return self.sessions[session_id]

    def refund(self, payment, amount) -> str:
        self._ask("refund", f"{payment.intent} {amount}")
        return "re_1"

    def pay(self, payment, **changes) -> None:
        """The buyer pays on the page; no event has come yet."""
        self.sessions[payment.transaction_id] |= {
            "status": "complete",
            "payment_status": "paid",
            "amount_total": int(payment.total * 100),
            "currency": "eur",
            "payment_intent": f"pi_{payment.pk}",
        } | changes

    def count(self, what: str) -> int:
        return sum(name == what for name, _ in self.asked)


def use_stripe(settings, secret: str | None = SECRET) -> FakeStripe:
    """Let the site take cards by Stripe, played by what is returned. Empty PROVIDER_CACHE afterwards."""
    provider = f"{LockedStripeProvider.__module__}.{LockedStripeProvider.__qualname__}"
    settings.PAYMENT_VARIANTS = {"stripe": (provider, {"api_key": "sk_test_x", "endpoint_secret": secret})}
    settings.PAYMENT_CARD_VARIANT = "stripe"
    PROVIDER_CACHE.clear()
    api = FakeStripe()
    made = LockedStripeProvider("sk_test_x", endpoint_secret=secret)
    made.api = api
    PROVIDER_CACHE["stripe"] = made
    return api


def event(kind: str, told: dict, number: str = "") -> str:
    """The body of an event, with a number of its own unless one is given."""
    number = number or f"evt_{next(_numbers)}"
    return json.dumps({"id": number, "object": "event", "type": kind, "data": {"object": told}})


def session_of(payment, **changes) -> dict:
    """The session of a payment that was paid."""
    return {
        "id": payment.transaction_id or "cs_1",
        "object": "checkout.session",
        "client_reference_id": payment.token,
        "metadata": {"payment": payment.token, "order": payment.order.number},
        "status": "complete",
        "payment_status": "paid",
        "amount_total": int(payment.total * 100),
        "currency": "eur",
        "payment_intent": f"pi_{payment.pk}",
    } | changes


def charge_of(payment, **changes) -> dict:
    """The charge of a payment, as events of refunds tell it."""
    return {"id": "ch_1", "object": "charge", "payment_intent": f"pi_{payment.pk}", "metadata": {}} | changes


def send(client, body: str, secret: str = SECRET, age: int = 0):
    """Post a body as Stripe does, signed with a secret `age` seconds ago."""
    then = int(time.time()) - age
    key = hmac.new(secret.encode(), f"{then}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"stripe-signature": f"t={then},v1={key}"}
    return client.post(HOOK, body, content_type="application/json", headers=headers)


def tell(client, payment, kind: str = "completed", number: str = "", **session):
    """Send a signed event about the session of a payment."""
    return send(client, event(f"checkout.session.{kind}", session_of(payment, **session), number))
