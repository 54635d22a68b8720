"""Paying an order by card, and what the browser comes back to."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from payments import PaymentError, RedirectNeeded

from accounts.access import BUYERS, employer_required
from accounts.ratelimits import limited
from billing import orders, payments
from billing.models import Offer, Order

from .checkout import steps
from .expired import ask_again


@sensitive_post_parameters("number", "expiry", "code")
@never_cache
@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("pay", "10/m/user")
def order_pay(request: HttpRequest, public_id) -> HttpResponse:
    """Pay an order by card, with the provider's form or on its site."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    try:
        payment = payments.start(found, settings.PAYMENT_CARD_VARIANT)
        form = payment.get_form(data=request.POST or None)
    except RedirectNeeded as elsewhere:
        return redirect(str(elsewhere))
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
        return redirect("billing:order", found.public_id)
    except PaymentError:
        messages.error(
            request, "Le paiement par carte ne répond pas. Réessayez dans un instant, ou payez par virement."
        )
        return redirect("billing:order", found.public_id)
    return render(request, "billing/order_pay.html", {"order": found, "form": form, "steps": steps(3)})


@never_cache
@require_safe
@employer_required
def order_paid(request: HttpRequest, public_id) -> HttpResponse:
    """Where the browser comes back to: says what our own records say, whatever the address claims."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    if found.state not in (Order.State.PAID, Order.State.AWAITING_PAYMENT):
        return redirect("billing:order", found.public_id)
    if found.state == Order.State.AWAITING_PAYMENT and request.headers.get("HX-Request"):
        # The page asks again by itself: nothing new to read out.
        return HttpResponse(status=204)
    lines = list(found.lines.all())
    context = {
        "order": found,
        "invoice": found.invoices.first(),
        "lines": lines,
        "next_step": _next_step({line.kind for line in lines}),
    }
    return render(request, "billing/order_paid.html", context)


@never_cache
@require_safe
@employer_required
def order_payment_failed(request: HttpRequest, public_id) -> HttpResponse:
    """The card did not go through: nothing was charged, and how to go on."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    if found.state == Order.State.PAID:
        return redirect("billing:order_paid", found.public_id)
    if found.state != Order.State.AWAITING_PAYMENT:
        return redirect("billing:order", found.public_id)
    return render(request, "billing/order_payment_failed.html", {"order": found})


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def order_by_transfer(request: HttpRequest, public_id) -> HttpResponse:
    """Pay by transfer rather than by card."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    if request.method == "GET":
        return ask_again(request, "billing:order", found.public_id)
    try:
        orders.change_method(found, Order.Method.TRANSFER, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("billing:order", found.public_id)


def _next_step(kinds: set[str]) -> str:
    """What the buyer came for, of what was bought: "ad", "page" or "cvs"."""
    if kinds & Offer.CREDIT_KINDS:
        return "ad"
    return "page" if Offer.Kind.COMPANY_PAGE in kinds else "cvs"
