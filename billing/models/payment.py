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
        # One item a line, with its discount and VAT: the provider shows the order's sum but for cents.
        for line in self.order.lines.all():
            price = line.amount * (1 + line.vat_rate / 100)
            yield PurchasedItem(
                name=f"{line.quantity} × {line.label}",
                quantity=1,
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
