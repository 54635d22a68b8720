"""Mails about card payments: to the buyer what became of its money, to the office what it has to do."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from accounts.emails import absolute

from .emails import about, buyers_of, send
from .money import euros

if TYPE_CHECKING:
    from .models import Payment


def failed(payment: "Payment") -> None:
    """To the buyer, who has left the page: the bank refused after all. Try again, or transfer."""
    _buyer("payment_failed", payment)


def abandoned(payment: "Payment") -> None:
    """To the buyer: the page of the payment has closed, the order still waits."""
    _buyer("payment_abandoned", payment)


def refunded(payment: "Payment", amount: Decimal) -> None:
    """To the buyer: the money goes back to the card."""
    _buyer("card_refunded", payment, amount=amount)


def unexpected_payment(payment: "Payment") -> None:
    """To the office: money came in by card for an order that was given up, or that was paid already."""
    _office("unexpected_payment", payment)


def mismatch(payment: "Payment", what: str) -> None:
    """To the office: the provider took another sum, or by another page, than the payment's."""
    _alert(
        payment,
        "Paiement par carte qui ne correspond pas",
        f"Le prestataire de paiement annonce {what} pour un paiement attendu de {euros(payment.total)}. La commande "
        "n’est pas comptée comme payée.",
        "Voyez ce paiement dans le tableau de bord du prestataire, remboursez-le là-bas, puis classez-le ici.",
    )


def refund_seen(payment: "Payment", returned: Decimal) -> None:
    """To the office: money went back that nobody asked us to give back, by the provider's dashboard."""
    _alert(
        payment,
        "Remboursement fait chez le prestataire",
        f"{euros(returned)} sur {euros(payment.total)} ont été rendus à la carte, en dehors de ce site.",
        "Si la commande a été facturée, établissez l’avoir qui correspond\u202f: sans lui, les crédits restent ouverts "
        "et la facture due.",
    )


def refund_failed(payment: "Payment", amount: Decimal) -> None:
    """To the office: the bank sent a refund back, the buyer still waits for its money."""
    _alert(
        payment,
        "Remboursement revenu",
        f"La banque du client n’a pas pu prendre le remboursement de {euros(amount)}\u202f: l’argent est revenu "
        "chez le prestataire de paiement.",
        "Demandez un IBAN au client, rendez-lui la somme par virement, puis classez ce paiement.",
    )


def disputed(payment: "Payment", amount: Decimal) -> None:
    """To the office: the holder of the card contests the payment, or the contest has ended."""
    is_open = payment.dispute == payment.Dispute.OPEN
    _alert(
        payment,
        f"Paiement {payment.get_dispute_display()}"
        if is_open
        else payment.get_dispute_display().capitalize(),
        f"Le paiement de {euros(payment.total)} est {payment.get_dispute_display()}, pour {euros(amount)}."
        if is_open
        else f"La contestation de {euros(amount)} est close.",
        "Répondez dans le tableau de bord du prestataire avant la date qu’il indique, avec la facture et la preuve de "
        "la livraison. Ne remboursez pas d’ici là."
        if is_open
        else "Si elle est perdue, la somme est rendue au porteur\u202f: établissez l’avoir, puis classez ce paiement.",
    )


def _buyer(name: str, payment: "Payment", **more: object) -> None:
    order = payment.order
    context = about(order) | {
        "payment": payment,
        "pay_url": absolute(reverse("billing:order_pay", args=[order.public_id])),
    }
    send(name, buyers_of(order), context | more)


def _alert(payment: "Payment", title: str, text: str, action: str) -> None:
    _office("card_alert", payment, title=title, text=text, action=action)


def _office(name: str, payment: "Payment", **more: object) -> None:
    url = absolute(reverse("commerce_paiements_modeladmin_inspect", args=[payment.pk]))
    context = {"payment": payment, "order": payment.order, "url": url}
    send(name, [settings.OFFICE_EMAIL], context | more)
