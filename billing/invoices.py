"""Invoices and credit notes: issued once, frozen, numbered without gap. The only module that writes them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from reference.dates import paris_day

from . import credits, entitlements, frozen, numbers, sellers, signals, tasks, terms
from .models import Invoice, InvoiceLine, Order, OrderMove


class InvoiceError(ValidationError):
    """The document cannot be issued. The message is a French sentence."""


@transaction.atomic
def issue(order: Order, at: datetime | None = None) -> Invoice:
    """Issue the order's invoice, or return it. The caller holds the order's lock. Locks the invoice series, last."""
    existing = order.invoices.filter(kind=Invoice.Kind.INVOICE).first()
    if existing:
        return existing
    at = at or timezone.now()
    day = paris_day(at)
    paid = order.state == Order.State.PAID
    return _write(
        Invoice(
            kind=Invoice.Kind.INVOICE,
            employer=order.employer,
            order=order,
            issued_at=at,
            issued_on=day,
            due_on=day if paid else terms.due_on(order.employer, day),
            paid_on=_paid_on(order, day) if paid else None,
            payment_method=order.method,
            seller=sellers.seller(day),
            **frozen.copied(order, (*frozen.BUYER, *frozen.TOTALS)),
        ),
        [frozen.copied(line, frozen.LINE) for line in order.lines.all()],
        numbers.INVOICE,
    )


def _paid_on(order: Order, day: date) -> date | None:
    """The day the money was there, never after the invoice's: of a transfer not the day on which it was typed."""
    received = None
    if order.method == Order.Method.TRANSFER:
        received = order.transfers.aggregate(last=Max("received_on"))["last"]
    paid_on = received or (order.paid_at and paris_day(order.paid_at))
    return paid_on and min(paid_on, day)


@transaction.atomic
def credit_note(invoice: Invoice, by: User | None = None, at: datetime | None = None) -> Invoice:
    """Cancel an invoice whole: a credit note, unspent credits and running rights taken back. Twice issues one.

    Credits that were spent stay spent, and the ads that they paid for leave the public; the order's story says so.
    Its amounts are positive. Locks the order, its lots, the employer, its series, last. Raises InvoiceError.
    """
    at = at or timezone.now()
    order = Order.objects.select_for_update(of=("self",), no_key=True).get(pk=invoice.order_id)
    if invoice.kind != Invoice.Kind.INVOICE:
        raise InvoiceError("Un avoir ne s’annule pas par un autre avoir.")
    existing = invoice.credit_notes.first()
    if existing:
        return existing
    _take_back(order, by, at)
    day = paris_day(at)
    return _write(
        Invoice(
            kind=Invoice.Kind.CREDIT_NOTE,
            employer=invoice.employer,
            order=order,
            refers_to=invoice,
            issued_at=at,
            issued_on=day,
            due_on=day,
            payment_method=invoice.payment_method,
            seller=invoice.seller,
            **frozen.copied(invoice, (*frozen.BUYER, *frozen.TOTALS)),
        ),
        [frozen.copied(line, frozen.LINE) for line in invoice.lines.all()],
        numbers.CREDIT_NOTE,
    )


def _take_back(order: Order, by: User | None, at: datetime) -> None:
    taken = credits.take_back(order, by=by, at=at)
    entitlements.take_back(order, at=at)
    note = f"Avoir : {taken.summary}" if taken.summary else "Avoir"
    state = Order.State.CANCELLED if order.state == Order.State.ON_INVOICE else order.state
    OrderMove.objects.create(order=order, from_state=order.state, to_state=state, by=by, note=note)
    if order.state != state:
        order.state = state
        order.save(update_fields=["state"])
    signals.order_refunded.send(sender=Order, order=order, references=taken.references)


def _write(invoice: Invoice, lines: list[dict], series: str) -> Invoice:
    """Number and insert: the number last, so that the series' row is locked for as short as can be."""
    invoice.number = numbers.next_number(series, invoice.issued_on.year)
    invoice.save()
    InvoiceLine.objects.bulk_create(InvoiceLine(invoice=invoice, **line) for line in lines)
    tasks.send_invoice.enqueue(invoice.pk)
    return invoice
