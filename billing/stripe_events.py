"""What Stripe tells us by webhooks: which payment an event is about, and what it does to it.

Events come late, twice and in any order. What they do is decided by the payment's state under its lock, never by the
order in which they come. Types that we have no use for, and payments of other shops on the same account, are let be.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

import stripe
from django.views.decorators.debug import sensitive_variables

from . import declines, payments, refunds
from .models import Payment
from .providers import told_by
from .stripe_api import euros

logger = logging.getLogger(__name__)

VARIANT = "stripe"
Dispute = Payment.Dispute
_ENDED = {"won": Dispute.WON, "warning_closed": Dispute.WON, "lost": Dispute.LOST}


class Forged(Exception):
    """Not signed with our secret, signed too long ago, or unreadable."""


class NotFound(Exception):
    """It names a payment of ours that we do not have."""


@sensitive_variables("secret", "signature")
def read(body: bytes, signature: str, secret: str) -> dict[str, Any]:
    """The event that was sent, if Stripe signed it within the last five minutes. Raises Forged."""
    if not secret:
        # Anybody can sign with an empty secret: until the operator sets one, no event is believed.
        logger.error("A Stripe event was refused: STRIPE_WEBHOOK_SECRET is not set")
        raise Forged
    try:
        text = body.decode()
        stripe.WebhookSignature.verify_header(text, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
        event = json.loads(text)
        whole = (
            isinstance(event["data"]["object"], dict) and event["type"].isascii() and event["id"].isascii()
        )
    except (ValueError, KeyError, TypeError, AttributeError, stripe.SignatureVerificationError) as error:
        raise Forged from error
    if not whole:
        raise Forged
    return event


def apply(event: dict[str, Any]) -> bool:
    """Do what the event says. False for one that does not concern us. Raises NotFound."""
    act = _ACTS.get(event["type"])
    if act is None:
        return False
    told = event["data"]["object"]
    payment = _payment_of(told)
    if payment is None:
        return False
    act(payment, told, event["id"])
    return True


def _payment_of(told: dict[str, Any]) -> Payment | None:
    """The payment that an object of Stripe's is about: by our reference, by what we noted on it, by its intent."""
    noted = told.get("metadata") or {}
    token = told.get("client_reference_id") or noted.get("payment") or ""
    intent = told["id"] if told.get("object") == "payment_intent" else told.get("payment_intent")
    rows = Payment.objects.filter(variant=VARIANT)
    found = None
    if isinstance(token, str) and token:
        found = rows.filter(token=token[:36]).first()
    elif isinstance(intent, str) and intent:
        found = rows.filter(intent=intent).first()
    if found is None and noted.get("payment"):
        logger.error("A Stripe event names payment %s, which is not here", str(noted["payment"])[:36])
        raise NotFound
    return found


def _session(payment: Payment, session: dict[str, Any], event_id: str) -> None:
    payments.apply(payment.pk, told_by(session), event_id)


def _session_failed(payment: Payment, session: dict[str, Any], event_id: str) -> None:
    payments.refuse(payment.pk, declines.GENERAL, session=session.get("id") or "", event_id=event_id)


def _session_expired(payment: Payment, session: dict[str, Any], event_id: str) -> None:
    payments.apply(payment.pk, payments.Told("over", session=session.get("id") or ""), event_id)


def _declined(payment: Payment, intent: dict[str, Any], event_id: str) -> None:
    error = intent.get("last_payment_error") or {}
    payments.decline(
        payment.pk, declines.sentence(error.get("decline_code"), error.get("code")), event_id=event_id
    )


def _refunded(payment: Payment, charge: dict[str, Any], event_id: str) -> None:
    refunds.returned(payment.pk, euros(charge.get("amount_refunded")), event_id)


def _refund_failed(payment: Payment, refund: dict[str, Any], event_id: str) -> None:
    refunds.came_back(payment.pk, euros(refund.get("amount")), event_id)


def _dispute(payment: Payment, dispute: dict[str, Any], event_id: str) -> None:
    state = _ENDED.get(dispute.get("status") or "", Dispute.OPEN)
    why = str(dispute.get("reason") or "")[:80]
    refunds.contested(payment.pk, state, euros(dispute.get("amount")), why, event_id)


_ACTS: dict[str, Callable[[Payment, dict[str, Any], str], None]] = {
    "checkout.session.completed": _session,
    "checkout.session.async_payment_succeeded": _session,
    "checkout.session.async_payment_failed": _session_failed,
    "checkout.session.expired": _session_expired,
    "payment_intent.payment_failed": _declined,
    "charge.refunded": _refunded,
    "refund.failed": _refund_failed,
    "charge.dispute.created": _dispute,
    "charge.dispute.updated": _dispute,
    "charge.dispute.closed": _dispute,
}
#: What a webhook at Stripe has to subscribe to (docs/operations.md).
TYPES = sorted(_ACTS)
