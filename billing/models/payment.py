from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from payments import PurchasedItem
from payments.models import BasePayment

from .order import Order


class Payment(BasePayment):
    """A card payment of an order by django-payments. Settled states are never left: see `billing.payments`."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name="commande")

    class Meta:
        verbose_name = "paiement par carte"
        verbose_name_plural = "paiements par carte"
        ordering = ["-pk"]

    def get_purchased_items(self):
        for line in self.order.lines.all():
            price = line.unit_price * (1 + line.vat_rate / 100)
            yield PurchasedItem(
                name=line.label,
                quantity=line.quantity,
                price=price.quantize(Decimal("0.01")),
                currency=self.currency,
                sku=str(line.offer_id),
            )

    def get_success_url(self) -> str:
        return self._address("billing:order_paid")

    def get_failure_url(self) -> str:
        return self._address("billing:order_payment_failed")

    def _address(self, name: str) -> str:
        path = reverse(name, args=[self.order.public_id])
        # A provider elsewhere sends the browser back to the whole address; ours stays on the site it is seen on.
        return path if self.variant == "dummy" else f"{settings.SITE_URL}{path}"


class Transfer(models.Model):
    """A bank transfer that the office marked as received."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="transfers", verbose_name="commande")
    amount = models.DecimalField("montant", max_digits=11, decimal_places=2)
    received_on = models.DateField("reçu le")
    bank_reference = models.CharField("référence bancaire", max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="saisi par"
    )
    recorded_at = models.DateTimeField("saisi le", auto_now_add=True)

    class Meta:
        verbose_name = "virement reçu"
        verbose_name_plural = "virements reçus"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_transfer_amount")
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.amount} €"
