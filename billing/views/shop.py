"""The catalogue and the cart."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts import returning
from accounts.access import BUYERS, employer_required, is_candidate
from accounts.middleware import current_membership
from accounts.models import Employer
from accounts.ratelimits import limited
from billing import carts
from billing.forms import AddForm, QuantityForm
from billing.models import CartLine, Offer
from billing.shelves import shelves
from reference.dates import paris_day

from .expired import ask_again

#: An offer chosen by somebody who has no cart yet: put into the cart at the first look at it.
CHOSEN = "chosen_offer"


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """ "Nos offres": what each gives and what it costs. For everybody."""
    return render(request, "billing/offers.html", {"shelves": shelves(paris_day())})


@require_POST
@limited("cart", "60/m/ip")
def cart_add(request: HttpRequest) -> HttpResponse:
    """Put an offer into the cart. Who has no cart yet finds it there once inside, with an organisation."""
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Cette offre n’est pas disponible. Choisissez-en une dans la liste.")
        return redirect("billing:offers")
    code, quantity = form.cleaned_data["offer"], form.cleaned_data["quantity"] or 1
    membership = current_membership(request) if request.user.is_authenticated else None
    if membership and membership.role in BUYERS:
        _add(request, membership.employer, code, quantity)
        return redirect("billing:cart")
    request.session[CHOSEN] = [code, quantity]
    returning.remember(request, reverse("billing:cart"))
    if not request.user.is_authenticated:
        messages.info(
            request, "Connectez-vous ou créez votre espace : l’offre choisie vous attend dans le panier."
        )
        return redirect("accounts:recruiter_entrance")
    if membership is None and not request.user.is_office and not is_candidate(request.user):
        messages.info(
            request, "Indiquez d’abord votre organisation : l’offre choisie vous attend dans le panier."
        )
    return redirect("billing:cart")


@never_cache
@require_GET
@employer_required(roles=BUYERS)
def cart(request: HttpRequest) -> HttpResponse:
    """ "Panier": its lines, and the way to the checkout."""
    returning.take(request)
    code, quantity = request.session.pop(CHOSEN, (None, 1))
    if code:
        _add(request, request.employer, code, quantity)
    return _cart_page(request)


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("cart", "60/m/ip")
def cart_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how many of a line, or take it out."""
    if request.method == "GET":
        return ask_again(request, "billing:cart")
    form = QuantityForm(request.POST)
    if "remove" in request.POST:
        quantity = 0
    elif form.is_valid():
        quantity = form.cleaned_data["quantity"]
    else:
        messages.error(request, f"Indiquez une quantité entre 1 et {carts.MOST}.")
        return redirect("billing:cart")
    try:
        carts.set_quantity(request.employer, pk, quantity)
    except CartLine.DoesNotExist:
        # Taken out in another tab, or never ours: the same answer.
        messages.warning(request, "Cette ligne n’est plus dans votre panier, que voici.")
        return _cart_page(request, status=404)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("billing:cart")


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("cart", "60/m/ip")
def cart_accept(request: HttpRequest) -> HttpResponse:
    """The buyer has read the new prices."""
    if request.method == "POST":
        carts.accept_prices(carts.cart_of(request.employer))
    return redirect("billing:cart")


def _cart_page(request: HttpRequest, status: int = 200) -> HttpResponse:
    basket = carts.cart_of(request.employer)
    context = {
        "cart": basket,
        "totals": carts.cart_totals(basket),
        "problems": carts.problems(basket),
        "prices_changed": any(line.price_changed for line in basket.lines.all()),
    }
    return render(request, "billing/cart.html", context, status=status)


def _add(request: HttpRequest, employer: Employer, code: str, quantity: int) -> None:
    """Put an offer into an employer's cart, and say so or why not."""
    offer = Offer.objects.filter(code=code).first()
    try:
        if offer is None:
            raise carts.CartError("Cette offre n’est pas disponible. Choisissez-en une dans « Nos offres ».")
        line = carts.add(employer, offer, quantity)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        times = f", en {line.quantity} exemplaires" if line.quantity > 1 else ""
        messages.success(request, f"« {offer.name} » est dans votre panier{times}.")
