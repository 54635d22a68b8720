"""The mails of commerce, one function each: queued with the change, or by the task that made the PDF."""

from typing import TYPE_CHECKING, TypeGuard

from django.conf import settings
from django.urls import reverse

from accounts.access import managers_of
from accounts.emails import absolute, deliver
from accounts.models import User

if TYPE_CHECKING:
    from .models import Invoice, Order, Quote


def buyers_of(order: "Order") -> list[str]:
    """Who hears of an order: its buyer and the billing address; failing both, those who manage the employer."""
    addresses = [order.placed_by.email] if _hears(order.placed_by) else []
    if order.buyer_email and order.buyer_email not in addresses:
        addresses.append(order.buyer_email)
    return addresses or [user.email for user in managers_of(order.employer)]


def _hears(buyer: User | None) -> TypeGuard[User]:
    """Whether mails about its orders reach this person: not the office, not an account that is closed."""
    return buyer is not None and buyer.is_active and not buyer.is_office


def invoice_with_pdf(invoice: "Invoice", pdf: bytes) -> None:
    """G16, G17: the confirmation of an order paid, with its invoice. G18: an invoice to be paid. Or a credit note."""
    context = _about_invoice(invoice)
    send("invoice", buyers_of(invoice.order), context, [(f"{invoice.number}.pdf", pdf, "application/pdf")])


def invoice_again(invoice: "Invoice", to: str, pdf: bytes) -> None:
    """The same mail once more, to whom the office says."""
    context = _about_invoice(invoice)
    send("invoice", [to], context, [(f"{invoice.number}.pdf", pdf, "application/pdf")])


def _about_invoice(invoice: "Invoice") -> dict:
    """A credit note also says by which way the money goes back: by none what was never paid, or is contested."""
    from . import refunds, settlements  # they send mails themselves

    context = about(invoice.order) | {"invoice": invoice}
    if invoice.kind == invoice.Kind.CREDIT_NOTE:
        card = refunds.of(invoice.order)
        context |= {
            "by_card": bool(card.due or card.returned),
            "by_transfer": bool(settlements.to_return(invoice.order)),
        }
    return context


def quote_with_pdf(quote: "Quote", pdf: bytes) -> None:
    """G15: the quote as a PDF, and the link that orders exactly it."""
    context = {"quote": quote, "url": absolute(reverse("billing:quote", args=[quote.public_id]))}
    send("quote", askers_of(quote), context, [(f"{quote.number}.pdf", pdf, "application/pdf")])


def askers_of(quote: "Quote") -> list[str]:
    """Who hears of a quote: whom the office sent it to, else who asked for it, else those who manage the employer."""
    if quote.recipient:
        return [quote.recipient]
    if _hears(quote.requested_by):
        return [quote.requested_by.email]
    return [user.email for user in managers_of(quote.employer)]


def about(order: "Order") -> dict:
    """What every mail about an order says: the order and its page."""
    return {"order": order, "url": absolute(reverse("billing:order", args=[order.public_id]))}


def send(name: str, to: list[str], context: dict, attachments: list | None = None) -> None:
    """A mail of its own to each: none reads the others' addresses."""
    for address in to:
        deliver(
            address,
            f"billing/email/{name}",
            context,
            attachments=attachments,
            # Whoever has a question about money answers the mail.
            reply_to=[settings.OFFICE_EMAIL],
        )
