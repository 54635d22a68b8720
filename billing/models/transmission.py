from django.db import models

from .invoice import Invoice


class Transmission(models.Model):
    """An invoice's way through the platform that transmits it to its buyer. One row an invoice."""

    class State(models.TextChoices):
        WAITING = "waiting", "À transmettre"
        SENT = "sent", "Transmise"
        RECEIVED = "received", "Reçue par le client"
        REFUSED = "refused", "Refusée"
        FAILED = "failed", "Échec de la transmission"

    invoice = models.OneToOneField(
        Invoice, models.PROTECT, related_name="transmission", verbose_name="facture"
    )
    platform = models.CharField("plateforme", max_length=40)
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.WAITING)
    remote_id = models.CharField("identifiant de la plateforme", max_length=120, blank=True)
    message = models.CharField("message", max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    sent_at = models.DateTimeField("transmise le", null=True, blank=True)
    updated_at = models.DateTimeField("mise à jour le", auto_now=True)

    class Meta:
        verbose_name = "transmission de facture"
        verbose_name_plural = "transmissions de factures"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.get_state_display()}"
