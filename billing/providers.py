"""Our payment providers: the demonstration's card form, and Stripe with the checks that its provider lacks.

Beside django-payments' own methods each answers `look(payment)`: what became of it, a `payments.Told`.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NoReturn

from django.db import transaction
from django.utils import timezone
from payments import PaymentError, PaymentStatus, RedirectNeeded
from payments.dummy import DummyProvider
from payments.stripe.providers import StripeProviderV3

from . import payments, stripe_api
from .card_form import REFUSED, SLOW, CardForm
from .models import Payment

#: How long the demonstration's slow bank takes.
SLOWNESS = timedelta(seconds=6)


class DummyCardProvider(DummyProvider):
    """Pays without a bank, for the demonstration and the tests.

    The dummy it is made of lets the browser choose the result in its form: not so here.
    """

    def get_form(self, payment: Payment, data: Any = None) -> CardForm:
        """The card form; raises RedirectNeeded once it is valid and the payment settled, refused or waiting."""
        if payment.status == PaymentStatus.INPUT:
            raise RedirectNeeded(payment.get_success_url())
        form = CardForm(data)
        if form.is_valid():
            number = form.cleaned_data["number"]
            if number == REFUSED:
                payments.refuse(
                    payment.pk, "Votre banque a refusé cette carte\u202f: essayez une autre carte."
                )
                raise RedirectNeeded(payment.get_failure_url())
            if number == SLOW:
                payments.wait_for_bank(payment.pk)
            else:
                payments.apply(payment.pk, self._paid(payment))
            raise RedirectNeeded(payment.get_success_url())
        return form

    def look(self, payment: Payment) -> payments.Told:
        """The slow bank's answer, once it has had its time."""
        answers = payment.status == PaymentStatus.INPUT and payment.modified < timezone.now() - SLOWNESS
        return self._paid(payment) if answers else payments.Told("open")

    def _paid(self, payment: Payment) -> payments.Told:
        return payments.Told("paid", amount=payment.total, currency=payment.currency)

    def cancel(self, payment: Payment) -> None:
        """No page is open elsewhere."""

    def refund(self, payment: Payment, amount: Decimal | None = None) -> Decimal:
        """Nobody was charged."""
        return payment.captured_amount if amount is None else amount

    def capture(self, payment: Payment, amount: Decimal | None = None) -> Decimal:
        raise PaymentError("Nothing is authorised beforehand: there is nothing to capture.")


class LockedStripeProvider(StripeProviderV3):
    """Stripe Checkout: one page a payment, made and changed under our locks. Its events: `billing.stripe_events`."""

    def __init__(self, api_key: str, endpoint_secret: str = "", api_base: str = "") -> None:
        super().__init__(api_key, endpoint_secret=endpoint_secret)
        self.api = stripe_api.StripeApi(api_key, api_base)

    def get_form(self, payment: Payment, data: Any = None) -> NoReturn:
        """Lead to the payment's one page: made at the first visit, under lock, so that two tabs share it.

        Raises RedirectNeeded (always the way on), PaymentError (Stripe does not answer; nothing is kept).
        """
        with transaction.atomic():
            address = self._address(payments.lock(payment.pk))
        raise RedirectNeeded(address)

    def _address(self, payment: Payment) -> str:
        if payment.status in payments.SETTLED or payment.status == PaymentStatus.INPUT:
            return payment.get_success_url()
        if payment.status not in payments.OPEN:
            return payment.get_failure_url()
        if not payment.transaction_id:
            session = self.api.open_session(payment)
            payment.transaction_id = session["id"]
            payment.attrs.page = session.get("url") or ""
            payment.save()
        page = getattr(payment.attrs, "page", "")
        if not stripe_api.is_ours(page):
            raise PaymentError("Stripe returned a page that is not Stripe's")
        return page

    def look(self, payment: Payment) -> payments.Told:
        """What became of the page. Raises PaymentError."""
        if not payment.transaction_id:
            return payments.Told("open")
        return told_by(self.api.read_session(payment.transaction_id))

    def cancel(self, payment: Payment) -> None:
        """Close the page. Raises PaymentError, with code 400 when it was paid on or is closed already."""
        if payment.transaction_id:
            self.api.close_session(payment.transaction_id)

    def refund(self, payment: Payment, amount: Decimal | None = None) -> Decimal:
        """Give back to the card. The caller holds the payment's lock and saves it. Raises PaymentError."""
        if not payment.intent:
            raise PaymentError("Stripe never said which payment this is.")
        amount = payment.captured_amount if amount is None else amount
        payment.refund_id = self.api.refund(payment, amount)
        return amount


def told_by(session: dict[str, Any]) -> payments.Told:
    """What a Checkout session says of its payment."""
    state = "open"
    if session.get("payment_status") == "paid":
        state = "paid"
    elif session.get("status") == "complete":
        state = "pending"
    elif session.get("status") == "expired":
        state = "over"
    intent = session.get("payment_intent")
    return payments.Told(
        state,
        amount=stripe_api.euros(session.get("amount_total")),
        currency=session.get("currency") or "",
        session=session.get("id") or "",
        intent=intent if isinstance(intent, str) else "",
    )
