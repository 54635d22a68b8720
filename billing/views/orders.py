"""Orders, quotes and invoices in the recruiter's space; paying an order."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from payments import PaymentError, RedirectNeeded

from accounts.access import BUYERS, employer_required
from accounts.ratelimits import limited
from billing import credits, payments, quotes
from billing import orders as order_service
from billing.forms import QuoteOrderForm
from billing.models import CreditMovement, Order
from reference.dates import paris_day

from .checkout import steps

PER_PAGE = 20


@require_GET
@employer_required
def orders(request: HttpRequest) -> HttpResponse:
    """"Commandes et factures": orders with their invoices, quotes, credits and their ledger."""
    employer = request.employer
    rows = employer.orders.prefetch_related("invoices", "lines")
    movements = CreditMovement.objects.filter(lot__employer=employer).select_related("lot").order_by("-at", "-pk")
    context = {
        "space_tab": "orders",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "quotes": employer.quotes.select_related("order")[:PER_PAGE],
        "today": paris_day(),
        "balances": credits.balances(employer),
        "movements": movements[:PER_PAGE],
    }
    return render(request, "billing/orders.html", context)


@require_GET
@employer_required
def order(request: HttpRequest, public_id) -> HttpResponse:
    """One order: what to do next, its lines, its invoices."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    context = {
        "space_tab": "orders",
        "order": found,
        "lines": found.lines.all(),
        "invoices": found.invoices.select_related("pdf"),
        "seller": settings.SELLER,
        "may_buy": request.membership.role in BUYERS,
    }
    return render(request, "billing/order.html", context)


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
        messages.error(request, "Le paiement par carte ne répond pas. Réessayez dans un instant, ou payez par virement.")
        return redirect("billing:order", found.public_id)
    return render(request, "billing/order_pay.html", {"order": found, "form": form, "steps": steps(3)})


@require_GET
@employer_required
def order_paid(request: HttpRequest, public_id) -> HttpResponse:
    """Where the browser comes back to: says what our own records say, whatever the address claims."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    context = {"order": found, "invoice": found.invoices.first(), "lines": found.lines.all()}
    return render(request, "billing/order_paid.html", context)


@require_GET
@employer_required
def order_payment_failed(request: HttpRequest, public_id) -> HttpResponse:
    """The card did not go through: nothing was charged, and how to go on."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    if found.state == Order.State.PAID:
        return redirect("billing:order_paid", found.public_id)
    return render(request, "billing/order_payment_failed.html", {"order": found})


@require_POST
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def order_by_transfer(request: HttpRequest, public_id) -> HttpResponse:
    """Pay by transfer rather than by card."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    try:
        order_service.change_method(found, Order.Method.TRANSFER, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("billing:order", found.public_id)


@require_POST
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def order_cancel(request: HttpRequest, public_id) -> HttpResponse:
    """Give up an order that is not paid."""
    found = get_object_or_404(request.employer.orders, public_id=public_id)
    try:
        order_service.cancel(found, by=request.user, note="Par l’acheteur")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"La commande {found.number} est annulée.")
    return redirect("billing:order", found.public_id)


@require_GET
@employer_required
def invoice_pdf(request: HttpRequest, public_id) -> HttpResponse:
    """The PDF of an invoice; a page that says to wait a moment while the worker makes it."""
    invoice = get_object_or_404(request.employer.invoices.select_related("order", "pdf"), public_id=public_id)
    if not hasattr(invoice, "pdf"):
        return render(request, "billing/pdf_soon.html", {"number": invoice.number, "order": invoice.order}, status=202)
    return pdf_response(invoice.pdf.file, invoice.number)


@require_GET
@employer_required
def quote(request: HttpRequest, public_id) -> HttpResponse:
    """A quote, and the one button that orders exactly it."""
    found = get_object_or_404(request.employer.quotes.select_related("order"), public_id=public_id)
    return _quote_page(request, found, QuoteOrderForm(initial={"purchase_order_number": found.purchase_order_number}))


@require_POST
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def quote_order(request: HttpRequest, public_id) -> HttpResponse:
    """"Commander ce devis"."""
    found = get_object_or_404(request.employer.quotes.select_related("order"), public_id=public_id)
    form = QuoteOrderForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = quotes.order_quote(found, data["method"], request.user, data["purchase_order_number"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            to_pay = made.state == Order.State.AWAITING_PAYMENT
            return redirect("billing:order_pay" if to_pay else "billing:order", made.public_id)
    return _quote_page(request, found, form)


@require_GET
@employer_required
def quote_pdf(request: HttpRequest, public_id) -> HttpResponse:
    """The PDF of a quote."""
    found = get_object_or_404(request.employer.quotes, public_id=public_id)
    if not found.pdf:
        return render(request, "billing/pdf_soon.html", {"number": found.number, "order": None}, status=202)
    return pdf_response(found.pdf, found.number)


def pdf_response(file, number: str) -> FileResponse:
    """A private PDF: shown in the browser, kept by no cache."""
    response = FileResponse(file.open("rb"), content_type="application/pdf", filename=f"{number}.pdf")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _quote_page(request: HttpRequest, found, form: QuoteOrderForm) -> HttpResponse:
    context = {
        "space_tab": "orders",
        "quote": found,
        "lines": found.lines.all(),
        "form": form,
        "may_order": quotes.is_valid(found) and request.membership.role in BUYERS,
        "today": paris_day(),
    }
    return render(request, "billing/quote.html", context)
