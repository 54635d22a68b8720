import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Employer

from .discount import DiscountCode
from .document import BuyerIdentity, DeliveredLine, Totals


class Order(BuyerIdentity, Totals):
    """What an employer ordered. Its state moves only by `billing.orders`; payment state is the payments' own."""

    class State(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment", "En attente de paiement"
        AWAITING_TRANSFER = "awaiting_transfer", "En attente du virement"
        ON_INVOICE = "on_invoice", "Livrée, facture à régler"
        PAID = "paid", "Payée"
        CANCELLED = "cancelled", "Annulée"

    class Method(models.TextChoices):
        CARD = "card", "Carte bancaire"
        TRANSFER = "transfer", "Virement"
        INVOICE = "invoice", "Sur facture"

    #: Allowed moves. A repeated move is a no-op; any other raises `billing.orders.ForbiddenMove`.
    MOVES = {
        State.AWAITING_PAYMENT: {State.PAID, State.AWAITING_TRANSFER, State.CANCELLED},
        State.AWAITING_TRANSFER: {State.PAID, State.CANCELLED},
        State.ON_INVOICE: {State.PAID, State.CANCELLED},
        State.PAID: set(),
        # Reopened by the office, with a reason: the money came after all.
        State.CANCELLED: {State.AWAITING_TRANSFER},
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="orders", verbose_name="employeur")
    # The cart's (or quote's) key: the same confirmation twice finds this order.
    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField("état", max_length=20, choices=State.choices)
    method = models.CharField("mode de paiement", max_length=10, choices=Method.choices)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="passée par",
    )
    placed_at = models.DateTimeField("passée le")
    terms_accepted_at = models.DateTimeField("conditions acceptées le", null=True, blank=True)
    discount_code = models.ForeignKey(
        DiscountCode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name="code de remise",
    )
    proof_address = models.TextField("adresse du justificatif", blank=True)
    # The last day on which its payment is waited for; an order on invoice has its invoice's due date.
    pay_by = models.DateField("à payer au plus tard le", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("relances", default=0)
    reminded_on = models.DateField("dernière relance le", null=True, blank=True)
    paid_at = models.DateTimeField("payée le", null=True, blank=True)

    class Meta:
        verbose_name = "commande"
        ordering = ["-placed_at", "-pk"]

    def __str__(self) -> str:
        return self.number


class KeptQuerySet(models.QuerySet):
    """Rows that are never deleted, by any road of the ORM. The database has triggers too."""

    def delete(self):
        raise ValidationError("Ce qui a été commandé ne se supprime pas.")


class OrderLine(DeliveredLine):
    """A line of an order. Its order is protected by it, and it protects itself: no right or lot may be left of it."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name="commande")

    objects = KeptQuerySet.as_manager()

    class Meta(DeliveredLine.Meta):
        verbose_name = "ligne de commande"
        verbose_name_plural = "lignes de commande"

    def delete(self, *args, **kwargs):
        raise ValidationError("Ce qui a été commandé ne se supprime pas.")


class OrderMove(models.Model):
    """Who moved an order from one state to another, and when."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="moves", verbose_name="commande")
    from_state = models.CharField("de", max_length=20, choices=Order.State.choices, blank=True)
    to_state = models.CharField("à", max_length=20, choices=Order.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)
    note = models.CharField("note", max_length=200, blank=True)

    class Meta:
        verbose_name = "mouvement de commande"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.order}: {self.to_state}"
