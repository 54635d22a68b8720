"""The checkout in four steps (G14): informations, expédition, vérification, paiement.

A step sent after the session had run out keeps what was typed (`typed`), and shows it again after the log-in.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import BUYERS, MANAGERS, employer_required, managers_of
from accounts.models import Employer
from accounts.ratelimits import limited
from billing import carts, checkout, identity, money, pricing, quotes
from billing.delivery_words import deliveries
from billing.forms import InformationForm, OrderNumberForm, ProofForm, ReviewForm
from billing.models import Cart, Order, OrderLine

from . import typed

STEPS = (
    ("Informations", "billing:checkout_information"),
    ("Expédition", "billing:checkout_delivery"),
    ("Vérification", "billing:checkout_review"),
    ("Paiement", None),
)
#: Somebody who goes back to the steps within this time is shown the order just made.
JUST_NOW = timedelta(hours=1)


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


@never_cache
@require_http_methods(["GET", "POST"])
@typed.keeps_typed
@employer_required(roles=BUYERS)
@limited("checkout", "60/m/user")
def information(request: HttpRequest) -> HttpResponse:
    """Step 1: to whom the invoice is made out."""
    cart = carts.cart_of(request.employer)
    if elsewhere := _hindrance(request, cart, identified=False):
        return elsewhere
    # Who buys may not be who says to whom the invoice goes: the address of the bill decides who pays.
    may_change = request.membership.role in MANAGERS
    data = request.POST if request.method == "POST" else None
    initial = typed.again(request)
    form: InformationForm | OrderNumberForm
    if may_change:
        employer = Employer.objects.get(pk=request.employer.pk)
        form = InformationForm(data, instance=employer, initial=initial, cart=cart)
    else:
        form = OrderNumberForm(data, initial=initial, cart=cart)
    may_go_on = may_change or not identity.faults(request.employer)
    if request.method == "POST" and may_go_on and form.is_valid():
        if isinstance(form, InformationForm):
            form.save()
        else:
            form.save_number()
        return redirect("billing:checkout_delivery")
    context = {
        "form": form,
        "steps": steps(0),
        "may_change": may_change,
        "may_go_on": may_go_on,
        "employer": request.employer,
        "managers": [] if may_change else managers_of(request.employer),
        "vat_words": identity.vat_words(request.employer, pricing.cart_lines(cart)),
        "typed_for": typed.mark(request.employer),
    }
    return render(request, "billing/checkout_information.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@typed.keeps_typed
@employer_required(roles=BUYERS)
@limited("checkout", "60/m/user")
def delivery(request: HttpRequest) -> HttpResponse:
    """Step 2: when and where each line is delivered, and whether a copy of what is printed goes out."""
    cart = carts.cart_of(request.employer)
    if elsewhere := _hindrance(request, cart):
        return elsewhere
    form = None
    if checkout.prints(cart):
        initial = ProofForm.initial_of(cart) | typed.again(request)
        form = ProofForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and (form is None or form.is_valid()):
        if form:
            form.save(cart)
        return redirect("billing:checkout_review")
    context = {
        "deliveries": deliveries(cart),
        "form": form,
        "steps": steps(1),
        "vat_words": identity.vat_words(request.employer, pricing.cart_lines(cart)),
        "typed_for": typed.mark(request.employer),
    }
    return render(request, "billing/checkout_delivery.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@typed.keeps_typed
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def review(request: HttpRequest) -> HttpResponse:
    """Step 3: the last look; then a quote, or an order to pay by card or transfer."""
    form = ReviewForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            # Before any look at the cart: a second click finds it empty, and its order made.
            return _confirm(request, form.cleaned_data)
        except ValidationError as error:
            refusal = " ".join(error.messages)
    cart = carts.cart_of(request.employer)
    if elsewhere := _hindrance(request, cart):
        return elsewhere
    if refusal:
        messages.warning(request, refusal)
        return redirect("billing:checkout_review")
    return _review_page(request, cart, form)


def _review_page(request: HttpRequest, cart: Cart, form: ReviewForm) -> HttpResponse:
    priced = pricing.cart_lines(cart)
    lines = [OrderLine(**line) for line in priced]
    totals = money.totals(lines)
    if not form.is_bound:
        form = ReviewForm(initial=typed.again(request) | {"key": cart.key, "total": totals.incl})
    context = {
        "form": form,
        "cart": cart,
        "lines": lines,
        "totals": totals,
        "vat_words": identity.vat_words(request.employer, priced),
        "prints": checkout.prints(cart),
        "steps": steps(2),
        "employer": request.employer,
        "typed_for": typed.mark(request.employer),
    }
    return render(request, "billing/checkout_review.html", context)


def _confirm(request: HttpRequest, data: dict) -> HttpResponse:
    """The quote or the order of the cart that was looked at. Raises CheckoutError."""
    if data["method"] == ReviewForm.QUOTE:
        number = carts.cart_of(request.employer).purchase_order_number
        quote = quotes.request_quote(request.employer, data["key"], request.user, number)
        messages.success(request, f"Le devis {quote.number} part par e-mail à {request.user.email}.")
        return redirect("billing:quote", quote.public_id)
    order = checkout.confirm(
        request.employer, data["key"], data["method"], request.user, seen_total=data["total"]
    )
    if order.state == Order.State.PAID:
        return redirect("billing:order_paid", order.public_id)
    if order.method == Order.Method.CARD and order.state == Order.State.AWAITING_PAYMENT:
        return redirect("billing:order_pay", order.public_id)
    return redirect("billing:order", order.public_id)


def _hindrance(request: HttpRequest, cart: Cart, *, identified: bool = True) -> HttpResponse | None:
    """Where this step must lead instead: an empty cart, a changed offer, an address that is missing. Else nothing."""
    if not cart.lines.all():
        return _nothing_to_order(request)
    if carts.problems(cart):
        messages.warning(request, "Votre panier a changé : lisez ce qui suit avant de commander.")
        return redirect("billing:cart")
    if identified and identity.faults(request.employer):
        messages.info(request, "Complétez vos informations de facturation avant de continuer.")
        return redirect("billing:checkout_information")
    return None


def _nothing_to_order(request: HttpRequest) -> HttpResponse:
    made = (
        request.employer.orders.filter(placed_by=request.user, placed_at__gte=timezone.now() - JUST_NOW)
        .exclude(state=Order.State.CANCELLED)
        .first()
    )
    if made:
        messages.info(request, f"Votre commande {made.number} est déjà enregistrée : la voici.")
        return redirect("billing:order", made.public_id)
    messages.info(request, "Votre panier est vide : choisissez une offre pour commander.")
    return redirect("billing:cart")
