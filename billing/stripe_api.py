"""What we ask of Stripe, one function a request. Nothing here reads or changes our own rows.

Every request that makes something carries an idempotency key: asked twice, it is made once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any, cast
from urllib.parse import urlsplit

import stripe
from django.conf import settings
from payments import PaymentError

from . import money
from .models import Payment

#: How long the page of a payment stays open at Stripe, which allows 30 minutes to 24 hours.
LIFE = timedelta(hours=12)
#: A buyer waits for the answer.
TIMEOUT, RETRIES = 8, 1


def cents(amount: Decimal) -> int:
    """An amount as Stripe counts it."""
    return int(money.to_cent(amount) * 100)


def euros(count: object) -> Decimal:
    """What Stripe counts in cents; nought for what is no number."""
    return Decimal(count) / 100 if isinstance(count, int) else Decimal("0.00")


def _speaks(ask: Callable) -> Callable:
    """Whatever Stripe or the way to it raises becomes a PaymentError, without the request that caused it."""

    @wraps(ask)
    def wrapper(*args, **kwargs):
        try:
            return ask(*args, **kwargs)
        except stripe.StripeError as error:
            raise PaymentError(
                f"Stripe: {type(error).__name__} {error.code or ''}".strip(), code=error.http_status
            ) from error

    return wrapper


class StripeApi:
    """Stripe behind one key. `base`: another address than Stripe's own, for the tests."""

    def __init__(self, key: str, base: str = "") -> None:
        self._key = key
        self._base = base

    @cached_property
    def _client(self) -> stripe.StripeClient:
        if not self._key:
            raise PaymentError("STRIPE_SECRET_KEY is not set")
        return stripe.StripeClient(
            self._key,
            http_client=stripe.RequestsClient(timeout=TIMEOUT),
            base_addresses={"api": self._base} if self._base else {},
            max_network_retries=RETRIES,
        )

    @_speaks
    def open_session(self, payment: Payment) -> dict[str, Any]:
        """Make the page on which this payment is paid: the same one however often it is asked for."""
        return dict(
            self._client.v1.checkout.sessions.create(
                params=cast(Any, session_of(payment)), options={"idempotency_key": f"session-{payment.token}"}
            )
        )

    @_speaks
    def read_session(self, session_id: str) -> dict[str, Any]:
        """What became of the page."""
        return dict(self._client.v1.checkout.sessions.retrieve(session_id))

    @_speaks
    def close_session(self, session_id: str) -> dict[str, Any]:
        """Close the page, so that nobody pays on it any more. Raises PaymentError: paid or closed already."""
        return dict(self._client.v1.checkout.sessions.expire(session_id))

    def refund(self, payment: Payment, amount: Decimal) -> str:
        """Give the money back to the card, once; Stripe's number of the refund, "" if it was given back already."""
        try:
            refund = self._client.v1.refunds.create(
                params={
                    "payment_intent": payment.intent,
                    "amount": cents(amount),
                    "reason": "requested_by_customer",
                    "metadata": about(payment),
                },
                options={"idempotency_key": f"refund-{payment.token}-{cents(amount)}"},
            )
        except stripe.InvalidRequestError as error:
            if error.code == "charge_already_refunded":
                return ""
            raise PaymentError(f"Stripe: {error.code or 'refund refused'}", code=error.http_status) from error
        except stripe.StripeError as error:
            raise PaymentError(f"Stripe: {type(error).__name__}", code=error.http_status) from error
        if refund.status in ("failed", "canceled"):
            raise PaymentError("Stripe: the refund failed")
        return refund.id


def about(payment: Payment) -> dict[str, str]:
    """What Stripe keeps beside everything it makes for this payment, and tells again in its events."""
    return {"payment": payment.token, "order": payment.order.number}


def session_of(payment: Payment) -> dict[str, Any]:
    """The parameters of a payment's page: one line with the order's total, whatever its lines add up to.

    Equal for equal payments: an idempotency key is good for the same parameters only.
    """
    order = payment.order
    wanted: dict[str, Any] = {
        "mode": "payment",
        "locale": "fr",
        "submit_type": "pay",
        "payment_method_types": ["card"],
        # Strong authentication each time: who contests such a payment contests it with its own bank.
        "payment_method_options": {"card": {"request_three_d_secure": "any"}},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": payment.currency.lower(),
                    "unit_amount": cents(payment.total),
                    "product_data": {"name": payment.description, "description": describe(payment)},
                },
            }
        ],
        "client_reference_id": payment.token,
        "metadata": about(payment),
        "payment_intent_data": {
            "description": f"{payment.description}, {order.buyer_name}"[:500],
            "metadata": about(payment),
        },
        "success_url": payment.get_success_url(),
        "cancel_url": payment.get_failure_url(),
        "expires_at": int(closes_at(payment).timestamp()),
    }
    if payment.billing_email:
        wanted["customer_email"] = payment.billing_email
    return wanted


def closes_at(payment: Payment) -> datetime:
    """When a payment's page closes by itself."""
    return payment.created + LIFE


def describe(payment: Payment) -> str:
    """What is paid for, in the words of the order: its lines, the discount, the VAT."""
    order = payment.order
    lines = list(order.lines.all())
    parts = ["\u202f; ".join(f"{line.quantity} × {line.label}" for line in lines)]
    discount = sum((line.discount for line in lines), Decimal("0.00"))
    if discount:
        parts.append(f"remise de {money.euros(discount)} HT déduite")
    parts.append(f"dont TVA {money.euros(order.total_vat)}" if order.total_vat else "sans TVA")
    end = ". " + ", ".join(parts[1:])
    return parts[0][: 500 - len(end)] + end


def is_ours(address: str) -> bool:
    """Whether the browser may be sent there: Stripe's pages, by HTTPS, and nowhere else."""
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.netloc == settings.STRIPE_CHECKOUT_HOST
