"""What the office does to an invoice: a page that asks, a POST that calls one service; the PDFs."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from billing import credits, documents, invoices, refunds
from billing.models import Invoice, InvoicePdf, Quote

from .actions import ask, invoice_page, needs, office_action, posted
from .forms import ConfirmForm


@office_action("billing.add_invoice")
def credit_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an invoice whole by a credit note."""
    invoice = get_object_or_404(Invoice.objects.select_related("employer", "order"), pk=pk)
    form = ConfirmForm(posted(request))
    use = credits.use_of(invoice.order)
    if form.is_valid():
        try:
            note = invoices.credit_note(invoice, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            log(instance=note, action="billing.credit_note", user=request.user)
            messages.success(
                request, f"L’avoir {note.number} annule la facture {invoice.number}.{_what_goes_back(note)}"
            )
            if use.spent:
                messages.warning(request, _used(use))
            return redirect(invoice_page(note))
    return ask(
        request,
        form,
        "credit_note",
        title="Établir un avoir",
        subtitle=f"facture {invoice.number}",
        invoice=invoice,
        use=use,
        button="Établir l’avoir",
        is_grave=True,
        back=invoice_page(invoice),
    )


def _used(use: credits.Taken) -> str:
    number = len(use.spent)
    if number == 1:
        return "Un crédit avait déjà servi : il n’est pas repris, et son annonce n’est plus en ligne."
    return f"{number} crédits avaient déjà servi : ils ne sont pas repris, et leurs annonces ne sont plus en ligne."


def _what_goes_back(note: Invoice) -> str:
    """How the money of a credit note goes back, where that is still to be done."""
    if refunds.due(note.order.payments.all()).exists():
        return (
            " Remboursez maintenant le paiement par carte\u202f: il vous attend dans « Paiements par carte »."
        )
    return ""


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
