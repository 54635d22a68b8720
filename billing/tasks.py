"""What commerce does after the commit. Tasks take ids, read again, and may run twice and in any order."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from . import credit_warnings, credits, documents, emails
from .models import Invoice, InvoicePdf, Quote
from .platform import transmissions


@task()
def make_invoice_pdf(invoice_id: int) -> None:
    """Make the PDF of an invoice, unless it is there."""
    _invoice_pdf(Invoice.objects.get(pk=invoice_id))


@task()
def send_invoice(invoice_id: int) -> None:
    """Make the PDF of an invoice or a credit note and queue the mail that carries it, once. Locks its PDF's row."""
    invoice = Invoice.objects.select_related("order__employer", "order__placed_by").get(pk=invoice_id)
    _invoice_pdf(invoice)
    with transaction.atomic():
        row = _locked_pdf(invoice)
        if row.mailed_at is None:
            with row.file.open("rb") as file:
                emails.invoice_with_pdf(invoice, file.read())
            row.mailed_at = timezone.now()
            row.save(update_fields=["mailed_at"])


@task()
def send_quote(quote_id: int) -> None:
    """Make a quote's PDF and queue the mail that carries it, once. Locks the quote."""
    with transaction.atomic():
        quote = Quote.objects.select_for_update(of=("self",), no_key=True).get(pk=quote_id)
        if quote.mailed_at is None:
            pdf = documents.quote_pdf(quote)
            if not quote.pdf:
                quote.pdf.save(f"{quote.number}.pdf", ContentFile(pdf), save=False)
            emails.quote_with_pdf(quote, pdf)
            quote.mailed_at = timezone.now()
            quote.save(update_fields=["pdf", "mailed_at"])


@task()
def catch_up() -> None:
    """Take up what a task that was lost or failed left undone: PDFs not made, invoices and quotes not sent."""
    issued = Q(issued_at__lt=timezone.now() - timedelta(minutes=2))
    for pk in _some(Invoice.objects.filter(issued, pdf__file="")):
        make_invoice_pdf.enqueue(pk)
    for pk in _some(Invoice.objects.filter(issued, Q(pdf=None) | Q(pdf__mailed_at=None))):
        send_invoice.enqueue(pk)
    for pk in _some(Quote.objects.filter(issued, mailed_at=None)):
        send_quote.enqueue(pk)


@task()
def expire_credits() -> int:
    """Write off the credits whose last day is over."""
    return credits.expire()


@task()
def warn_of_credits() -> int:
    """Tell employers, once a day at most, of credits that end soon."""
    return credit_warnings.warn()


def _some(rows: QuerySet) -> list[int]:
    """The oldest first, and not so many that they keep the worker from what is new."""
    return list(rows.order_by("issued_at", "pk").values_list("pk", flat=True)[:100])


def _invoice_pdf(invoice: Invoice) -> None:
    if InvoicePdf.objects.filter(invoice=invoice).exclude(file="").exists():
        return
    pdf = documents.invoice_pdf(invoice)
    with transaction.atomic():
        InvoicePdf.objects.get_or_create(invoice=invoice)
        row = _locked_pdf(invoice)
        if not row.file:
            row.file.save(f"{invoice.number}.pdf", ContentFile(pdf))
            transmissions.prepare(invoice)


def _locked_pdf(invoice: Invoice) -> InvoicePdf:
    return InvoicePdf.objects.select_for_update(of=("self",), no_key=True).get(invoice=invoice)
