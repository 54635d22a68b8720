"""The office's quotes: one for a customer, one made again, one mailed again."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.models import Employer
from billing import emails, identity, quotes
from billing.models import Quote

from .actions import ask, customer_page, office_action, posted, quote_page
from .money_forms import QuoteForm, SendForm

SENT_AGAIN = "billing.quote_sent"


@office_action("billing.add_quote")
def quote_for(request: HttpRequest, pk: int) -> HttpResponse:
    """A quote for a customer; `?devis=` starts from an earlier one of this customer's."""
    employer = get_object_or_404(Employer, pk=pk)
    form = QuoteForm(posted(request), employer=employer, initial=_earlier(request, employer))
    if form.is_valid():
        data = form.cleaned_data
        try:
            quote = quotes.make_for(
                employer,
                form.items,
                request.user,
                data["recipient"],
                key=uuid.uuid5(data["key"], str(employer.pk)),
                purchase_order_number=data["purchase_order_number"],
                discount_code=data["discount_code"],
                valid_until=data["valid_until"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Le devis {quote.number} part par e-mail à {data['recipient']}.")
            return redirect(quote_page(quote))
    faults = identity.faults(employer)
    return ask(request, form, "quote_for", employer=employer, faults=faults, back=customer_page(employer))


def _earlier(request: HttpRequest, employer: Employer) -> dict:
    """What an earlier quote offered, for the fields of a new one."""
    number = request.GET.get("devis", "")
    found = employer.quotes.filter(number=number).first() if number else None
    if found is None:
        return {}
    quantities = {f"offer-{line.offer_id}": line.quantity for line in found.lines.all()}
    return quantities | {"purchase_order_number": found.purchase_order_number}


@office_action("billing.add_quote")
def quote_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail a quote again."""
    quote = get_object_or_404(Quote.objects.select_related("employer", "requested_by"), pk=pk)
    form = SendForm(posted(request), initial={"recipient": next(iter(emails.askers_of(quote)), "")})
    if form.is_valid():
        to = form.cleaned_data["recipient"]
        try:
            with transaction.atomic():
                quotes.send_again(quote, to)
                log(instance=quote, action=SENT_AGAIN, user=request.user, data={"to": to})
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Le devis {quote.number} part par e-mail à {to}.")
            return redirect(quote_page(quote))
    return ask(
        request,
        form,
        title="Envoyer à nouveau le devis",
        subtitle=quote.number,
        explanation=f"Devis de {quote.employer}, valable jusqu’au {quote.valid_until:%d/%m/%Y}, avec son PDF.",
        button="Envoyer",
        back=quote_page(quote),
    )
