"""What the office does with an invoice that is issued: its XML, mail it again, hand it over to the platform again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from billing import emails, facturx, tasks
from billing.models import Invoice, InvoicePdf
from billing.platform import transmissions

from .actions import ask, invoice_page, needs, office_action, posted
from .forms import ConfirmForm
from .money_forms import SendForm

SENT_AGAIN, TRANSMITTED = "billing.invoice_sent", "billing.invoice_transmitted"


@needs("billing.view_invoice")
@require_safe
def invoice_xml(request: HttpRequest, pk: int) -> HttpResponse:
    """The EN 16931 file that lies in the PDF."""
    invoice = get_object_or_404(Invoice.objects.select_related("order", "refers_to"), pk=pk)
    headers = {
        "Content-Disposition": f'attachment; filename="{invoice.number}.xml"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(facturx.invoice_xml(invoice), content_type="application/xml", headers=headers)


@office_action("billing.change_invoicepdf")
def invoice_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail an invoice again, to its buyer or to somebody else."""
    invoice = get_object_or_404(Invoice.objects.select_related("order__employer", "order__placed_by"), pk=pk)
    form = SendForm(posted(request), initial={"recipient": next(iter(emails.buyers_of(invoice.order)), "")})
    if form.is_valid():
        to = form.cleaned_data["recipient"]
        with transaction.atomic():
            emails.invoice_again(invoice, to, _pdf(invoice))
            log(instance=invoice, action=SENT_AGAIN, user=request.user, data={"to": to})
        messages.success(request, f"{invoice.number} part par e-mail à {to}.")
        return redirect(invoice_page(invoice))
    return ask(
        request,
        form,
        title="Envoyer à nouveau",
        subtitle=invoice.number,
        explanation=f"{invoice.get_kind_display()} de {invoice.buyer_name}, avec son PDF.",
        button="Envoyer",
        back=invoice_page(invoice),
    )


@office_action("billing.change_transmission")
def transmit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an invoice over to the platform once more."""
    invoice = get_object_or_404(Invoice, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        try:
            transmissions.send_again(invoice, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            log(instance=invoice, action=TRANSMITTED, user=request.user)
            messages.success(request, f"{invoice.number} part vers la plateforme.")
            return redirect(invoice_page(invoice))
    return ask(
        request,
        form,
        title="Transmettre à la plateforme",
        subtitle=invoice.number,
        explanation=(
            f"Le fichier de {invoice.number} est remis à la plateforme, qui le porte à {invoice.buyer_name}. Une "
            "facture refusée pour son contenu se corrige par un avoir et une nouvelle commande."
        ),
        button="Transmettre",
        back=invoice_page(invoice),
    )


def _pdf(invoice: Invoice) -> bytes:
    """The file that the customer has, made now where it was not yet."""
    tasks.make_invoice_pdf.func(invoice.pk)
    with InvoicePdf.objects.get(invoice=invoice).file.open("rb") as file:
        return file.read()
