"""Mails about money that is waited for, that came in or goes back. Queued with the change that they tell of."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from stdnum import iban

from accounts.emails import absolute

from . import epc, sellers, settlements
from .emails import about, askers_of, buyers_of, send

if TYPE_CHECKING:
    from datetime import date

    from .models import Order, Quote, Transfer, TransferReturn


@dataclass(frozen=True)
class Bank:
    """Where to transfer how much under which reference, for a screen or a mail."""

    name: str
    iban: str
    bic: str
    amount: Decimal
    reference: str
    svg: str
    png: bytes

    @classmethod
    def of(
        cls, order: "Order", amount: Decimal | None = None, seller: dict[str, Any] | None = None
    ) -> "Bank":
        """The details for what is left to pay of an order; its invoice is the reference once there is one."""
        seller = seller or sellers.seller()
        left = settlements.left(order) if amount is None else amount
        invoice = order.invoices.order_by("pk").first()
        reference = invoice.number if invoice else order.number
        qr = epc.transfer_qr(seller, left, reference)
        png = BytesIO()
        if qr:
            qr.save(png, kind="png", scale=6, border=2)
        return cls(
            name=seller["name"],
            iban=iban.format(seller["iban"]) if seller.get("iban") else "",
            bic=seller.get("bic") or "",
            amount=left,
            reference=reference,
            svg=qr.svg_inline(scale=4, border=2, omitsize=True) if qr else "",
            png=png.getvalue(),
        )

    @property
    def attachments(self) -> list[tuple[str, bytes, str]]:
        """The QR code as a picture, where a bank could carry the transfer out."""
        return [(f"virement-{self.reference}.png", self.png, "image/png")] if self.png else []


def transfer_details(order: "Order") -> None:
    """G17: where to transfer the money, and what happens next."""
    _with_bank("transfer_details", order)


def partial(order: "Order", transfer: "Transfer") -> None:
    """A transfer came in that does not pay the order: what is left, and how to pay it."""
    _with_bank("transfer_partial", order, transfer=transfer)


def settled(order: "Order", transfer: "Transfer") -> None:
    """The invoice that was to be paid later is paid: no second invoice comes, so this says it."""
    context = about(order) | {"transfer": transfer, "invoice": order.invoices.order_by("pk").first()}
    send("invoice_settled", buyers_of(order), context)


def excess(order: "Order", transfer: "Transfer") -> None:
    """More came in than was owed, or it came for an order that was given up: it is kept for its payer."""
    amount = min(settlements.to_return(order), transfer.amount)
    send("transfer_excess", buyers_of(order), about(order) | {"transfer": transfer, "amount": amount})


def returned(order: "Order", back: "TransferReturn") -> None:
    """Money went back to its payer."""
    send("transfer_returned", buyers_of(order), about(order) | {"back": back})


def transfer_reminder(order: "Order") -> None:
    """The transfer has not come yet; when the order will be given up."""
    _with_bank("transfer_reminder", order)


def invoice_reminder(order: "Order", today: "date") -> None:
    """The invoice's term is over. What the law adds to it depends on who the buyer is."""
    public = order.buyer_kind == order.BuyerKind.PUBLIC
    invoice = order.invoices.order_by("pk").get(kind="invoice")
    penalty = invoice.seller.get("late_penalty_public" if public else "late_penalty", "")
    fee = invoice.seller.get("recovery_fee", "")
    late = (today - invoice.due_on).days
    _with_bank("invoice_reminder", order, invoice=invoice, penalty=penalty, fee=fee, late=late)


def cancelled(order: "Order", *, lapsed: bool) -> None:
    """The order was given up: by the schedule since nothing came (`lapsed`), or by the office for whatever reason."""
    context = about(order) | {
        "lapsed": lapsed,
        "received": settlements.received(order),
        "offers_url": absolute(reverse("billing:offers")),
    }
    send("order_cancelled", buyers_of(order), context)


def reopened(order: "Order") -> None:
    """The office took an order up again that had been given up."""
    _with_bank("order_reopened", order)


def quote_reminder(quote: "Quote") -> None:
    """The quote is about to lapse: a page where to look at it and order it."""
    context = {"quote": quote, "url": absolute(reverse("billing:quote", args=[quote.public_id]))}
    send("quote_reminder", askers_of(quote), context)


def _with_bank(name: str, order: "Order", **more: object) -> None:
    bank = Bank.of(order)
    context = about(order) | {"bank": bank, "received": settlements.received(order)} | more
    send(name, buyers_of(order), context, bank.attachments)
