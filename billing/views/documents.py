"""The recruiter's quotes, and the PDFs of quotes and invoices."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BUYERS, employer_required
from accounts.ratelimits import limited
from billing import quotes
from billing.forms import QuoteOrderForm
from billing.models import Order, Quote
from reference.dates import paris_day

from .expired import ask_again
from .orders import PER_PAGE


@require_safe
@employer_required
def invoice_pdf(request: HttpRequest, public_id) -> HttpResponseBase:
    """The PDF of an invoice; a page that says to wait a moment while the worker makes it."""
    invoice = get_object_or_404(request.employer.invoices.select_related("order", "pdf"), public_id=public_id)
    file = invoice.pdf.file if hasattr(invoice, "pdf") else None
    return _pdf_or_soon(request, file, invoice.number, invoice.order)


@require_safe
@employer_required
def quote_list(request: HttpRequest) -> HttpResponse:
    """All quotes, the latest first."""
    rows = request.employer.quotes.select_related("order", "employer")
    context = {
        "space_tab": "orders",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "today": paris_day(),
    }
    return render(request, "billing/quotes.html", context)


@require_safe
@employer_required
def quote(request: HttpRequest, public_id) -> HttpResponse:
    """A quote, and the one button that orders exactly it."""
    found = get_object_or_404(
        request.employer.quotes.select_related("order", "employer"), public_id=public_id
    )
    return _quote_page(request, found, QuoteOrderForm(quote=found))


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def quote_order(request: HttpRequest, public_id) -> HttpResponse:
    """ "Commander ce devis"."""
    found = get_object_or_404(
        request.employer.quotes.select_related("order", "employer"), public_id=public_id
    )
    if request.method == "GET":
        return ask_again(request, "billing:quote", found.public_id)
    form = QuoteOrderForm(request.POST, quote=found)
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


@require_http_methods(["GET", "POST"])
@employer_required(roles=BUYERS)
@limited("order", "20/m/user")
def quote_to_cart(request: HttpRequest, public_id) -> HttpResponse:
    """The guide's way: the same offers in the cart again, at the day's prices; what is no longer sold is named."""
    found = get_object_or_404(request.employer.quotes, public_id=public_id)
    if request.method == "GET":
        return ask_again(request, "billing:quote", found.public_id)
    missing = quotes.to_cart(found)
    if missing:
        messages.warning(request, f"Ces offres ne sont plus en vente\u202f: {', '.join(missing)}.")
    if len(missing) < found.lines.count():
        messages.success(
            request, f"Les offres du devis {found.number} sont dans votre panier, au prix du jour."
        )
    return redirect("billing:cart")


@require_safe
@employer_required
def quote_pdf(request: HttpRequest, public_id) -> HttpResponseBase:
    """The PDF of a quote."""
    found = get_object_or_404(request.employer.quotes, public_id=public_id)
    return _pdf_or_soon(request, found.pdf or None, found.number)


def pdf_response(file: FieldFile, number: str) -> FileResponse:
    """A private PDF: shown in the browser, kept by no cache."""
    response = FileResponse(file.open("rb"), content_type="application/pdf", filename=f"{number}.pdf")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _pdf_or_soon(
    request: HttpRequest, file: FieldFile | None, number: str, order: Order | None = None
) -> HttpResponseBase:
    """The PDF, or the page that waits for it: it asks by itself (htmx) and is sent to the PDF once that is there."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(
            status=200 if file else 204, headers={"HX-Redirect": request.path} if file else None
        )
    elif file:
        return pdf_response(file, number)
    else:
        answer = render(request, "billing/pdf_soon.html", {"number": number, "order": order}, status=202)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _quote_page(request: HttpRequest, found: Quote, form: QuoteOrderForm) -> HttpResponse:
    context = {
        "space_tab": "orders",
        "quote": found,
        "lines": found.lines.all(),
        "form": form,
        "may_buy": request.membership.role in BUYERS,
        "may_order": quotes.is_valid(found) and request.membership.role in BUYERS,
        "is_lapsed": quotes.state_of(found) == quotes.State.LAPSED,
        "today": paris_day(),
    }
    return render(request, "billing/quote.html", context)
