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
from accounts.middleware import current_employer, current_membership
from accounts.ratelimits import limited
from billing import baskets, carts, discounts, identity, money, pricing
from billing.forms import AddForm, CodeForm, QuantityForm
from billing.models import CartLine, Offer, OrderLine
from billing.shelves import PAGE_ROWS, shelves
from billing.tiers import comparison
from reference.dates import paris_day

from .expired import ask_again

UNKNOWN = "Cette offre n’est pas disponible. Choisissez-en une dans « Nos offres »."


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """ "Nos offres": what each gives and what it costs, with the VAT of who looks at it. For everybody."""
    employer = current_employer(request) if request.user.is_authenticated else None
    context = {
        "shelves": shelves(paris_day(), employer),
        "comparison": comparison(),
        "employer": employer,
        "page_rows": PAGE_ROWS,
    }
    return render(request, "billing/offers.html", context)


@require_POST
@limited("cart", "60/m/ip")
def cart_add(request: HttpRequest) -> HttpResponse:
    """Put an offer into the cart; of who has none yet, into the basket of the session."""
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, UNKNOWN)
        return redirect("billing:offers")
    offer = Offer.objects.filter(code=form.cleaned_data["offer"]).first()
    quantity = form.cleaned_data["quantity"] or 1
    membership = current_membership(request) if request.user.is_authenticated else None
    may_not_buy = request.user.is_authenticated and (request.user.is_office or is_candidate(request.user))
    if (membership and membership.role not in BUYERS) or (membership is None and may_not_buy):
        # The cart's page says why not.
        return redirect("billing:cart")
    try:
        if offer is None:
            raise carts.CartError(UNKNOWN)
        if membership:
            number = carts.add(membership.employer, offer, quantity).quantity
        else:
            number = baskets.add(request.session, offer, quantity)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        times = f", en {number} exemplaires" if number > 1 else ""
        messages.success(request, f"« {offer.name} » est dans votre panier{times}.")
    if membership is None:
        returning.remember(request, reverse("billing:cart"))
        if request.user.is_authenticated:
            messages.info(request, "Indiquez d’abord votre organisation : votre panier vous attend.")
    return redirect("billing:cart")


@never_cache
@require_GET
def cart(request: HttpRequest) -> HttpResponse:
    """ "Panier": its lines, and the way to the checkout. A visitor's is the basket of the session."""
    return _own_cart(request) if request.user.is_authenticated else _basket_page(request)


@employer_required(roles=BUYERS)
def _own_cart(request: HttpRequest) -> HttpResponse:
    returning.take(request)
    if said := baskets.merge(request.session, request.employer):
        messages.success(request, said)
    return _cart_page(request)


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("cart", "60/m/ip")
def cart_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how many of a line, or take it out."""
    if request.method == "GET":
        return ask_again(request, "billing:cart")
    quantity = _wanted(request)
    try:
        if quantity is not None:
            carts.set_quantity(request.employer, pk, quantity)
    except CartLine.DoesNotExist:
        # Taken out in another tab, or never ours: the same answer.
        messages.warning(request, "Cette ligne n’est plus dans votre panier, que voici.")
        return _cart_page(request, status=404)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("billing:cart")


@require_http_methods(["GET", "POST"])
@limited("cart", "60/m/ip")
def cart_chosen(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a line of a visitor's basket, by its offer."""
    quantity = _wanted(request) if request.method == "POST" else None
    try:
        if quantity is not None:
            baskets.set_quantity(request.session, code, quantity)
    except (KeyError, Offer.DoesNotExist):
        messages.warning(request, "Cette ligne n’est plus dans votre panier, que voici.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("billing:cart")


@require_http_methods(["GET", "POST"])
@limited("cart", "60/m/ip")
def cart_accept(request: HttpRequest) -> HttpResponse:
    """The buyer has read the new prices."""
    if request.user.is_authenticated:
        return _accept_own(request)
    if request.method == "POST":
        baskets.accept_prices(request.session)
    return redirect("billing:cart")


@employer_required(roles=BUYERS)
def _accept_own(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        carts.accept_prices(carts.cart_of(request.employer))
    return redirect("billing:cart")


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
# Codes are words: a minute is for who mistypes, a day for who guesses.
@limited("code", "15/m/user,60/d/user,120/d/ip")
def cart_code(request: HttpRequest) -> HttpResponse:
    """Put a discount code on the cart, or take it off."""
    if request.method == "GET":
        return ask_again(request, "billing:cart")
    if "remove" in request.POST:
        carts.remove_code(request.employer)
        messages.info(request, "Le code de remise est retiré.")
        return redirect("billing:cart")
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            code = carts.apply_code(request.employer, form.cleaned_data["code"])
        except discounts.DiscountError as error:
            form.add_error("code", error)
        else:
            messages.success(request, f"Le code « {code} » est pris en compte : {code.label}.")
            return redirect("billing:cart")
    return _cart_page(request, form=form)


def _wanted(request: HttpRequest) -> int | None:
    """The quantity that a line's form asks for; nothing, and a message, when it is none."""
    if "remove" in request.POST:
        return 0
    form = QuantityForm(request.POST)
    if form.is_valid():
        return form.cleaned_data["quantity"]
    messages.error(request, f"Indiquez une quantité entre 1 et {carts.MOST}.")
    return None


def _cart_page(request: HttpRequest, status: int = 200, form: CodeForm | None = None) -> HttpResponse:
    basket = carts.cart_of(request.employer)
    held = list(basket.lines.all())
    priced = pricing.cart_lines(basket)
    sold = [OrderLine(**line) for line in priced]
    context = {
        "cart": basket,
        "rows": [
            _row(line, reverse("billing:cart_line", args=[line.pk])) | {"discount": line_sold.discount}
            for line, line_sold in zip(held, sold, strict=True)
        ],
        "totals": money.totals(sold),
        "vat_words": identity.vat_words(request.employer, priced) if priced else "",
        "problems": carts.problems(basket),
        "prices_changed": any(line.price_changed for line in held),
        "code_form": form or CodeForm(),
    }
    return render(request, "billing/cart.html", context, status=status)


def _basket_page(request: HttpRequest) -> HttpResponse:
    chosen = baskets.lines(request.session)
    context = {
        "rows": [_row(line, reverse("billing:cart_chosen", args=[line.offer.code])) for line in chosen],
        "excl": sum(line.amount for line in chosen),
        "problems": carts.line_problems(chosen) if chosen else [],
        "prices_changed": any(line.price_changed for line in chosen),
    }
    return render(request, "billing/cart_visitor.html", context)


def _row(line: CartLine | baskets.Chosen, url: str) -> dict:
    """A line of the cart or of the basket, as its table shows it."""
    return {"offer": line.offer, "quantity": line.quantity, "amount": line.amount, "url": url}
