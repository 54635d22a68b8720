from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from payments import PaymentStatus, PurchasedItem
from payments.models import BasePayment

from .order import Order

LABELS = {
    PaymentStatus.WAITING: "En cours",
    PaymentStatus.INPUT: "En attente de la banque",
    PaymentStatus.CONFIRMED: "Reçu",
    PaymentStatus.REJECTED: "Refusé ou abandonné",
    PaymentStatus.CANCELLED: "Page de paiement fermée",
    PaymentStatus.REFUNDED: "Remboursé",
}


class Payment(BasePayment):
    """A card payment of an order by django-payments. Settled states are never left: see `billing.payments`.

    `captured_amount` is what we hold of it: the total once it is paid, less what was given back.
    """

    class Unexpected(models.TextChoices):
        """Why the money that came is not the order's: it is to be given back, or looked at."""

        PAID = "paid", "commande déjà payée"
        CANCELLED = "cancelled", "commande annulée"
        MISMATCH = "mismatch", "autre montant, monnaie ou page de paiement"
        REFUND_FAILED = "refund_failed", "remboursement revenu"

    class Dispute(models.TextChoices):
        OPEN = "open", "contesté par le porteur de la carte"
        WON = "won", "contestation gagnée"
        LOST = "lost", "contestation perdue"

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name="commande")
    # What the provider calls the money, as `transaction_id` is what it calls the page on which it was paid.
    intent = models.CharField("paiement chez le prestataire", max_length=255, blank=True, db_index=True)
    refund_id = models.CharField("remboursement chez le prestataire", max_length=255, blank=True)
    unexpected = models.CharField("inattendu", max_length=15, choices=Unexpected.choices, blank=True)
    dispute = models.CharField("contestation", max_length=10, choices=Dispute.choices, blank=True)
    # The office has dealt with what was unexpected or disputed by another road than the refund.
    handled_at = models.DateTimeField("classé le", null=True, blank=True)

    class Meta:
        verbose_name = "paiement par carte"
        verbose_name_plural = "paiements par carte"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.description or self.variant

    @property
    def label(self) -> str:
        """The state in the office's words."""
        return LABELS.get(self.status, self.get_status_display())

    @property
    def returned(self) -> Decimal:
        """What was given back of a payment that came."""
        came = self.status in (PaymentStatus.CONFIRMED, PaymentStatus.REFUNDED)
        return self.total - self.captured_amount if came else Decimal("0.00")

    def get_purchased_items(self):
        # One item with the order's total: lines rounded one by one could add up to another amount.
        yield PurchasedItem(
            name=self.description,
            quantity=1,
            price=self.total,
            currency=self.currency,
            sku=self.order.number,
        )

    def get_success_url(self) -> str:
        return self._address("billing:order_paid")

    def get_failure_url(self) -> str:
        return self._address("billing:order_payment_failed")

    def _address(self, name: str) -> str:
        path = reverse(name, args=[self.order.public_id])
        # A provider elsewhere sends the browser back to the whole address; ours stays on the site it is seen on.
        return path if self.variant == "dummy" else f"{settings.SITE_URL}{path}"


class PaymentEvent(models.Model):
    """What the provider told of a payment, or the office did to it. The same event of the provider's is kept once."""

    class Kind(models.TextChoices):
        PAID = "paid", "Paiement reçu"
        PENDING = "pending", "La banque n’a pas encore répondu"
        DECLINED = "declined", "Carte refusée"
        FAILED = "failed", "Paiement refusé par la banque"
        EXPIRED = "expired", "Page de paiement expirée"
        CLOSED = "closed", "Page de paiement fermée"
        MISMATCH = "mismatch", "Paiement qui ne correspond pas à la commande"
        REFUNDED = "refunded", "Remboursement"
        REFUND_FAILED = "refund_failed", "Remboursement revenu"
        DISPUTE = "dispute", "Contestation"
        HANDLED = "handled", "Classé"

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="events", verbose_name="paiement par carte"
    )
    # The provider's own number of the event; none for what we did or asked ourselves.
    event_id = models.CharField("événement", max_length=255, blank=True)
    kind = models.CharField("nature", max_length=15, choices=Kind.choices)
    note = models.CharField("note", max_length=300, blank=True)
    # What came in or went out by it; none where no money moved. Accounting's entries are made of these.
    amount = models.DecimalField("montant", max_digits=9, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "événement de paiement"
        verbose_name_plural = "événements de paiement"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event_id"], condition=~models.Q(event_id=""), name="payment_event_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.kind}"
