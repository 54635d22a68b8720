"""The checkout in four steps (G14): informations, expédition, vérification, paiement."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import BUYERS, employer_required
from accounts.models import Employer
from accounts.ratelimits import limited
from billing import carts, checkout, quotes
from billing.deliveries import deliveries
from billing.forms import InformationForm, ReviewForm
from billing.models import Order

STEPS = (
    ("Informations", "billing:checkout_information"),
    ("Expédition", "billing:checkout_delivery"),
    ("Vérification", "billing:checkout_review"),
    ("Paiement", None),
)


def steps(current: int) -> list[dict]:
    """The stepper: earlier steps are links back, until the order is made."""
    ordered = current == len(STEPS) - 1
    return [
        {
            "title": title,
            "url": reverse(name) if name and number < current and not ordered else "",
            "done": number < current,
            "current": number == current,
        }
        for number, (title, name) in enumerate(STEPS)
    ]


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
def information(request: HttpRequest) -> HttpResponse:
    """Step 1: to whom the invoice is made out."""
    cart = carts.cart_of(request.employer)
    if not cart.lines.all():
        return _nothing_to_order(request)
    employer = Employer.objects.get(pk=request.employer.pk)
    form = InformationForm(request.POST or None, instance=employer, cart=cart)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("billing:checkout_delivery")
    return render(request, "billing/checkout_information.html", {"form": form, "steps": steps(0)})


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
def delivery(request: HttpRequest) -> HttpResponse:
    """Step 2: when and where each line is delivered."""
    cart = carts.cart_of(request.employer)
    if not cart.lines.all():
        return _nothing_to_order(request)
    if not request.employer.billing_is_complete:
        return redirect("billing:checkout_information")
    if request.method == "POST":
        return redirect("billing:checkout_review")
    context = {"deliveries": deliveries(cart), "steps": steps(1)}
    return render(request, "billing/checkout_delivery.html", context)


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def review(request: HttpRequest) -> HttpResponse:
    """Step 3: the last look; then a quote, or an order to pay by card or transfer."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _confirm(request, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
    cart = carts.cart_of(request.employer)
    if not cart.lines.all() and request.method == "GET":
        return _nothing_to_order(request)
    if not request.employer.billing_is_complete:
        return redirect("billing:checkout_information")
    if not form.is_bound:
        form = ReviewForm(initial={"key": cart.key})
    context = {
        "form": form,
        "cart": cart,
        "totals": carts.cart_totals(cart),
        "problems": carts.problems(cart),
        "steps": steps(2),
        "employer": request.employer,
    }
    return render(request, "billing/checkout_review.html", context)


def _confirm(request: HttpRequest, data: dict) -> HttpResponse:
    if data["method"] == ReviewForm.QUOTE:
        number = carts.cart_of(request.employer).purchase_order_number
        quote = quotes.request_quote(request.employer, data["key"], request.user, number)
        messages.success(request, f"Le devis {quote.number} part par e-mail à {request.user.email}.")
        return redirect("billing:quote", quote.public_id)
    order = checkout.confirm(request.employer, data["key"], data["method"], request.user)
    if order.method == Order.Method.CARD and order.state == Order.State.AWAITING_PAYMENT:
        return redirect("billing:order_pay", order.public_id)
    return redirect("billing:order", order.public_id)


def _nothing_to_order(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Votre panier est vide : choisissez une offre pour commander.")
    return redirect("billing:cart")
