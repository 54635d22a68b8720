"""The catalogue and the cart."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import BUYERS, employer_required
from accounts.middleware import current_membership
from accounts.ratelimits import limited
from billing import carts
from billing.forms import AddForm, QuantityForm
from billing.models import CartLine, Offer
from billing.shelves import shelves
from reference.dates import paris_day

#: An offer chosen before logging in: put into the cart on return.
CHOSEN = "chosen_offer"


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """"Nos offres": what each gives and what it costs. For everybody."""
    return render(request, "billing/offers.html", {"shelves": shelves(paris_day())})


@require_POST
@limited("cart", "60/m/ip")
def cart_add(request: HttpRequest) -> HttpResponse:
    """Put an offer into the cart; who is not logged in chooses first how to come in, and finds it there."""
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Cette offre n’est pas disponible. Choisissez-en une dans la liste.")
        return redirect("billing:offers")
    request.session[CHOSEN] = [form.cleaned_data["offer"], form.cleaned_data["quantity"] or 1]
    if not request.user.is_authenticated:
        messages.info(request, "Connectez-vous ou créez votre espace : l’offre choisie vous attend dans le panier.")
        return redirect("accounts:recruiter_entrance")
    return redirect("billing:cart")


@require_GET
@employer_required(roles=BUYERS)
def cart(request: HttpRequest) -> HttpResponse:
    """"Panier": its lines, and the way to the checkout."""
    _take_chosen(request)
    basket = carts.cart_of(request.employer)
    context = {"cart": basket, "totals": carts.cart_totals(basket), "problems": carts.problems(basket)}
    return render(request, "billing/cart.html", context)


@require_POST
@employer_required(roles=BUYERS)
@limited("cart", "60/m/ip")
def cart_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how many of a line, or take it out."""
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
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("billing:cart")


@require_POST
@employer_required(roles=BUYERS)
def cart_accept(request: HttpRequest) -> HttpResponse:
    """The buyer has read the new prices."""
    carts.accept_prices(carts.cart_of(request.employer))
    return redirect("billing:cart")


def _take_chosen(request: HttpRequest) -> None:
    """Put into the cart what was chosen on the shelf, once."""
    code, quantity = request.session.pop(CHOSEN, (None, 1))
    if code is None or current_membership(request) is None:
        return
    offer = Offer.objects.filter(code=code).first()
    try:
        if offer is None:
            raise carts.CartError("Cette offre n’est pas disponible. Choisissez-en une dans « Nos offres ».")
        carts.add(request.employer, offer, quantity)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"« {offer.name} » est dans votre panier.")
