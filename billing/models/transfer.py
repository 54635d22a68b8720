from django.db import models

from .order import Order


class Transfer(models.Model):
    """A bank transfer that the office marked as received."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="transfers", verbose_name="commande")
    #: The form it was typed into, which counts once.
    key = models.UUIDField(null=True, unique=True, editable=False)
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


class TransferReturn(models.Model):
    """Money of a transfer sent back: what came in too much, or for an order that was given up."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="returns", verbose_name="commande")
    #: The form it was typed into, which counts once.
    key = models.UUIDField(null=True, unique=True, editable=False)
    amount = models.DecimalField("montant", max_digits=11, decimal_places=2)
    returned_on = models.DateField("rendu le")
    bank_reference = models.CharField("référence bancaire", max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="saisi par"
    )
    recorded_at = models.DateTimeField("saisi le", auto_now_add=True)

    class Meta:
        verbose_name = "remboursement de virement"
        verbose_name_plural = "remboursements de virement"
        ordering = ["-returned_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_transfer_return_amount")
        ]

    def __str__(self) -> str:
        return f"{self.order} · −{self.amount} €"
