"""Our payment providers: the demonstration's card form, and Stripe with the checks that its provider lacks."""

import json
import logging
from decimal import Decimal
from typing import Any, NoReturn

import stripe
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from payments import PaymentError, RedirectNeeded
from payments.dummy import DummyProvider
from payments.stripe.providers import StripeProviderV3

from . import payments
from .models import Payment

logger = logging.getLogger(__name__)

ACCEPTED, REFUSED = "4242424242424242", "4000000000000002"


class CardForm(forms.Form):
    """The demonstration's card form: its test numbers are written on it, and no number is kept."""

    method = "post"
    action = ""

    number = forms.CharField(
        label="Numéro de carte",
        max_length=23,
        help_text="Démonstration : 4242 4242 4242 4242 est acceptée, 4000 0000 0000 0002 est refusée.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "cc-number"}),
    )
    expiry = forms.CharField(
        label="Expire fin (MM/AA)",
        max_length=7,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "cc-exp", "placeholder": "12/30"}
        ),
    )
    code = forms.CharField(
        label="Code de sécurité",
        max_length=4,
        min_length=3,
        help_text="Les trois chiffres au dos de la carte.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "cc-csc"}),
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].replace(" ", "")
        if number not in (ACCEPTED, REFUSED):
            raise ValidationError(
                "Ce numéro n’est pas une carte de démonstration : recopiez l’un des deux ci-dessus."
            )
        return number

    def clean_expiry(self) -> str:
        month, _, year = self.cleaned_data["expiry"].replace(" ", "").partition("/")
        if not (month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12):
            raise ValidationError("Écrivez la date d’expiration ainsi : 12/30.")
        today = timezone.localdate()
        if (2000 + int(year) % 100, int(month)) < (today.year, today.month):
            raise ValidationError("Cette carte a expiré : vérifiez la date, ou prenez une autre carte.")
        return f"{month}/{year}"

    def clean_code(self) -> str:
        if not self.cleaned_data["code"].isdecimal():
            raise ValidationError("Le code de sécurité ne compte que des chiffres.")
        return self.cleaned_data["code"]


class DummyCardProvider(DummyProvider):
    """Pays without a bank, for the demonstration and the tests.

    The dummy it is made of lets the browser choose the result, in its form and in its return address: not so here.
    """

    def get_form(self, payment: Payment, data: Any = None) -> CardForm:
        """The card form; raises RedirectNeeded once it is valid and the payment settled or refused."""
        form = CardForm(data)
        if form.is_valid():
            if form.cleaned_data["number"] == REFUSED:
                payments.refuse(payment.pk, "Carte refusée par la banque.")
                raise RedirectNeeded(payment.get_failure_url())
            payments.confirm(payment.pk, amount=payment.total, currency=payment.currency)
            raise RedirectNeeded(payment.get_success_url())
        return form

    def process_data(self, payment: Payment, request: HttpRequest) -> HttpResponse:
        """A browser that comes back: show what the payment already is. A forged return finds nothing to change."""
        settled = payment.status in payments.SETTLED
        return HttpResponseRedirect(payment.get_success_url() if settled else payment.get_failure_url())

    def capture(self, payment: Payment, amount: Decimal | None = None) -> Decimal:
        raise PaymentError("Nothing is authorised beforehand: there is nothing to capture.")


class LockedStripeProvider(StripeProviderV3):
    """Stripe Checkout. The webhook's signature is checked, then session, amount and currency, under our locks."""

    def get_form(self, payment: Payment, data: Any = None) -> NoReturn:
        """Lead to the payment's one session: made at the first visit, under lock, so that two tabs share it.

        Raises RedirectNeeded (always the way on), PaymentError (Stripe does not answer; nothing is kept).
        """
        with transaction.atomic():
            address = self._address(payments.lock(payment.pk))
        raise RedirectNeeded(address)

    def _address(self, payment: Payment) -> str:
        if payment.status in payments.SETTLED:
            return payment.get_success_url()
        if payment.status not in payments.OPEN:
            return payment.get_failure_url()
        address = ""
        try:
            super().get_form(payment)
        except RedirectNeeded as elsewhere:
            # Caught here: raised through the transaction, it would undo the session just written.
            address = str(elsewhere)
        return address

    def get_line_items(self, payment: Payment) -> list[dict]:
        """One line with the order's total: lines rounded one by one could add up to another amount."""
        lines = super().get_line_items(payment)
        lines[0]["price_data"]["product_data"]["name"] = payment.description
        return lines

    def return_event_payload(self, request: HttpRequest) -> Any:
        """The signed event. Raises PaymentError (400) for a forged or unreadable one."""
        if not self.endpoint_secret:
            # Anybody can sign with an empty secret: until the operator sets one, no event is believed.
            logger.error("A Stripe event was refused: STRIPE_WEBHOOK_SECRET is not set")
            raise PaymentError(code=400, message="Webhooks are not configured.")
        try:
            return super().return_event_payload(request)
        except (ValueError, stripe.SignatureVerificationError) as error:
            raise PaymentError(code=400, message="Unreadable or forged event.") from error

    def process_data(self, payment: Payment, request: HttpRequest) -> HttpResponse:
        """Apply a webhook event. A browser's visit carries no signature and is answered 400."""
        try:
            event = self.return_event_payload(request)
            session = event["data"]["object"]
            kind = event["type"]
        except (PaymentError, KeyError, TypeError):
            return JsonResponse({"error": "Unreadable or forged event."}, status=400)
        if payment.transaction_id and session.get("id") != payment.transaction_id:
            return JsonResponse({"error": "Another session."}, status=400)
        if kind in ("checkout.session.completed", "checkout.session.async_payment_succeeded"):
            if session.get("payment_status") == "paid":
                payments.confirm(
                    payment.pk,
                    amount=Decimal(session.get("amount_total") or 0) / 100,
                    currency=session.get("currency") or "",
                    transaction_id=session.get("id") or "",
                )
        elif kind in ("checkout.session.expired", "checkout.session.async_payment_failed"):
            payments.refuse(payment.pk, json.dumps({"event": kind}))
        return JsonResponse({"status": "OK"})
