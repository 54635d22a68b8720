"""The contact form: a row for the office, a mail to it and a receipt to who wrote."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import current_employer
from accounts.ratelimits import allowed, limited
from pages import emails
from pages.forms import ContactForm

RATES = "5/h/ip"
#: The receipt repeats what was written to an address that nobody has confirmed: no more than this to one.
RECEIPTS = "3/d/key"


@require_http_methods(["GET", "HEAD", "POST"])
@limited("contact", RATES)
def contact(request: HttpRequest) -> HttpResponse:
    """Write to the office; who is logged in finds name and address filled in."""
    form = ContactForm(request.POST or None, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        if not form.is_from_a_robot:
            with transaction.atomic():
                message = form.save()
                emails.contact_to_office(message)
                if allowed(request, "contact_receipt", RECEIPTS, key=message.email.lower()):
                    emails.contact_receipt(message)
        messages.success(request, "Votre message est envoyé. Nous vous répondons sous deux jours ouvrés.")
        return redirect("pages:contact")
    return render(request, "pages/contact.html", {"form": form})


def _known(request: HttpRequest) -> dict[str, str]:
    initial = {"subject": request.GET.get("sujet", "")}
    if not request.user.is_authenticated:
        return initial
    employer = current_employer(request)
    return initial | {
        "name": request.user.get_full_name(),
        "email": request.user.email,
        "phone": request.user.phone,
        "organisation": employer.legal_name if employer else "",
    }
