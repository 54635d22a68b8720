"""What the office does to an order, an invoice or a customer: a page that asks, a POST that calls one service."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.models import Employer
from accounts.ratelimits import limited
from billing import credits, documents, invoices, orders, transfers
from billing.models import Invoice, InvoicePdf, Order, Quote

from .forms import ConfirmForm, GrantForm, NoteForm, OrderForm, TransferForm

#: Customers shown when one is searched for.
FOUND = 20


def needs(permission: str) -> Callable:
    """Refuse whoever lacks the permission, before anything is looked for."""

    def decorator(view: Callable) -> Callable:
        @wraps(view)
        def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def office_action(permission: str) -> Callable:
    """A view that asks (GET) and does (POST), for those who hold the permission, at a person's pace."""

    def decorator(view: Callable) -> Callable:
        view = require_http_methods(["GET", "HEAD", "POST"])(view)
        return needs(permission)(limited("office", "120/m/user")(view))

    return decorator


def _order_page(order: Order) -> str:
    return reverse("commerce_commandes_modeladmin_inspect", args=[order.pk])


def _invoice_page(invoice: Invoice) -> str:
    return reverse("commerce_factures_modeladmin_inspect", args=[invoice.pk])


def _customer_page(employer: Employer) -> str:
    return reverse("commerce_clients_modeladmin_inspect", args=[employer.pk])


def _posted(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _ask(request: HttpRequest, form, template: str = "action", **context) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"billing/office/{template}.html", {"form": form, **context}, status=status)


@office_action("billing.add_transfer")
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the transfer of an order as received: the order is paid, delivered and invoiced."""
    order = get_object_or_404(Order.objects.select_related("employer"), pk=pk)
    form = TransferForm(_posted(request), order=order)
    if form.is_valid():
        try:
            transfers.receive(order, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Virement enregistré\u202f: la commande {order.number} est payée.")
            return redirect(_order_page(order))
    return _ask(request, form, "transfer", order=order, back=_order_page(order))


@office_action("billing.change_order")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up an order that nobody has paid."""
    order = get_object_or_404(Order.objects.select_related("employer"), pk=pk)
    form = NoteForm(_posted(request))
    if form.is_valid():
        try:
            orders.cancel(order, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"La commande {order.number} est annulée.")
            return redirect(_order_page(order))
    return _ask(
        request,
        form,
        title="Annuler la commande",
        subtitle=order.number,
        explanation=f"{order.employer} ne pourra plus payer cette commande. Rien n’a été livré ni facturé.",
        button="Annuler la commande",
        is_grave=True,
        back=_order_page(order),
    )


@office_action("billing.add_invoice")
def credit_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an invoice whole by a credit note."""
    invoice = get_object_or_404(Invoice.objects.select_related("employer", "order"), pk=pk)
    form = ConfirmForm(_posted(request))
    if form.is_valid():
        try:
            note = invoices.credit_note(invoice, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            log(instance=note, action="billing.credit_note", user=request.user)
            messages.success(request, f"L’avoir {note.number} annule la facture {invoice.number}.")
            return redirect(_invoice_page(note))
    return _ask(
        request,
        form,
        title="Établir un avoir",
        subtitle=f"facture {invoice.number}",
        explanation=(
            f"L’avoir annule toute la facture de {invoice.employer}\u202f: les crédits qui restent sont retirés, les "
            "droits en cours s’arrêtent, les annonces publiées avec ces crédits ne sont plus en ligne. "
            "Un avoir ne s’annule pas."
        ),
        button="Établir l’avoir",
        is_grave=True,
        back=_invoice_page(invoice),
    )


@office_action("billing.add_creditlot")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a customer credits, for a reason."""
    employer = get_object_or_404(Employer, pk=pk)
    form = GrantForm(_posted(request))
    if form.is_valid():
        data = form.cleaned_data
        lot = credits.grant(
            employer,
            data["kind"],
            data["quantity"],
            print_format=data["print_format"],
            months=data["months"],
            reference=f"office:{data['key']}",
            reason=data["reason"],
            by=request.user,
        )
        label = credits.describe(lot.kind, lot.print_format)
        messages.success(request, f"{employer} a reçu {data['quantity']} × {label}.")
        return redirect(_customer_page(employer))
    return _ask(
        request,
        form,
        title="Attribuer des crédits",
        subtitle=employer,
        explanation="Pour un geste commercial ou une erreur à réparer. Aucune facture n’est établie.",
        button="Attribuer",
        back=_customer_page(employer),
    )


@needs("billing.add_order")
@require_safe
def choose_customer(request: HttpRequest) -> HttpResponse:
    """Whom the order on invoice is for: those who pay on invoice, or whoever is searched for."""
    query = request.GET.get("q", "").strip()[:100]
    found = Employer.objects.filter(pays_on_invoice=True)
    if query:
        found = Employer.objects.filter(
            Q(legal_name__icontains=query) | Q(siret__startswith=query) | Q(city__icontains=query)
        )
    rows = list(found.order_by("-pays_on_invoice", "legal_name", "pk")[: FOUND + 1])
    context = {"query": query, "customers": rows[:FOUND], "more": len(rows) > FOUND, "shown": FOUND}
    return render(request, "billing/office/choose_customer.html", context)


@office_action("billing.add_order")
def order_on_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Order for a customer who pays on invoice (G18): delivered and invoiced at once, paid later."""
    employer = get_object_or_404(Employer, pk=pk)
    form = OrderForm(_posted(request))
    if form.is_valid():
        try:
            order = _place(employer, form, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Commande {order.number} enregistrée\u202f: livrée, facture envoyée.")
            return redirect(_order_page(order))
    return _ask(request, form, "order_on_invoice", employer=employer, back=_customer_page(employer))


def _place(employer: Employer, form: OrderForm, user) -> Order:
    if not employer.pays_on_invoice:
        raise ValidationError(
            "Ce client ne paie pas sur facture. Cochez «\u00a0paie sur facture\u00a0» dans sa fiche si c’est convenu."
        )
    data = form.cleaned_data
    # The key counts for this customer: the page sent again for another one is another order.
    key = uuid.uuid5(data["key"], str(employer.pk))
    number = data["purchase_order_number"]
    return orders.order_on_invoice(employer, form.items, user, purchase_order_number=number, key=key)


@needs("billing.view_invoice")
@require_safe
def invoice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that the customer has, or the same made now."""
    invoice = get_object_or_404(Invoice, pk=pk)
    stored = InvoicePdf.objects.filter(invoice=invoice).first()
    return _pdf(
        _content(stored.file) if stored and stored.file else documents.invoice_pdf(invoice), invoice.number
    )


@needs("billing.view_quote")
@require_safe
def quote_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that the customer has, or the same made now."""
    quote = get_object_or_404(Quote, pk=pk)
    return _pdf(_content(quote.pdf) if quote.pdf else documents.quote_pdf(quote), quote.number)


def _content(file) -> bytes:
    with file.open("rb") as opened:
        return opened.read()


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
