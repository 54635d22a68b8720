"""Paying an order by card, and what the browser comes back to."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from payments import PaymentError, PaymentStatus, RedirectNeeded

from accounts.access import BUYERS, employer_required
from accounts.ratelimits import limited
from billing import orders, payments
from billing.models import Offer, Order, Payment

from .checkout import steps
from .expired import ask_again

#: Seconds between two questions to the provider about one payment.
ASK_EVERY = 5
#: A bank answers at once, or says nothing for a long time.
LATE = timedelta(minutes=2)


@sensitive_post_parameters("number", "expiry", "code")
@never_cache
@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("pay", "10/m/user")
def order_pay(request: HttpRequest, public_id) -> HttpResponse:
    """Pay an order by card, with the provider's form or on its site."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    try:
        payment = payments.resume(found, settings.PAYMENT_CARD_VARIANT)
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
    payment = None
    if found.state == Order.State.AWAITING_PAYMENT:
        payment = _asked(found)
        found.refresh_from_db(fields=["state", "method", "paid_at"])
    if payment and payment.status == PaymentStatus.REJECTED:
        return _go(request, "billing:order_payment_failed", found)
    if found.state not in (Order.State.PAID, Order.State.AWAITING_PAYMENT):
        return _go(request, "billing:order", found)
    if found.state == Order.State.AWAITING_PAYMENT and request.headers.get("HX-Request"):
        # The page asks again by itself: nothing new to read out.
        return HttpResponse(status=204)
    lines = list(found.lines.all())
    context = {
        "order": found,
        "invoice": found.invoices.first(),
        "lines": lines,
        "next_step": _next_step({line.kind for line in lines}),
        "is_late": bool(payment and payment.created < timezone.now() - LATE),
    }
    return render(request, "billing/order_paid.html", context)


def _asked(order: Order) -> Payment | None:
    """The latest payment of an order that waits, after asking its provider: its event may be late.

    The page asks again by itself, in any number of tabs: the provider is asked once in a few seconds.
    """
    payment = order.payments.select_related("order").first()
    if payment and cache.add(f"payment-asked-{payment.pk}", 1, ASK_EVERY):
        return payments.ask(payment)
    return payment


def _go(request: HttpRequest, name: str, order: Order) -> HttpResponse:
    """Elsewhere: the whole page, also when only a part of it asked."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(name, args=[order.public_id])})
    return redirect(name, order.public_id)


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
    payment = found.payments.first()
    context = {
        "order": found,
        "reason": payment.message if payment else "",
        "was_refused": bool(payment and (payment.message or payment.status == PaymentStatus.REJECTED)),
        "may_buy": request.membership.role in BUYERS,
    }
    return render(request, "billing/order_payment_failed.html", context)


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
