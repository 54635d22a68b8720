import uuid

from django.conf import settings
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

    #: Allowed moves. What the platform says never leads out of a final state; the office may send again.
    MOVES = {
        State.WAITING: {State.SENT, State.RECEIVED, State.REFUSED, State.FAILED},
        State.SENT: {State.RECEIVED, State.REFUSED, State.FAILED},
        # A buyer may look at an invoice, then refuse it.
        State.RECEIVED: {State.REFUSED},
        State.REFUSED: {State.WAITING},
        State.FAILED: {State.WAITING},
    }
    FINAL = {State.REFUSED, State.FAILED}

    # Names this sending to the platform: the same one twice is sent once. The office sending again makes a new one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invoice = models.OneToOneField(
        Invoice, models.PROTECT, related_name="transmission", verbose_name="facture"
    )
    platform = models.CharField("plateforme", max_length=40)
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.WAITING)
    remote_id = models.CharField("identifiant de la plateforme", max_length=120, blank=True)
    message = models.CharField("message", max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    # While it waits: not before this moment.
    next_try_at = models.DateTimeField("prochain essai le", null=True, blank=True)
    sent_at = models.DateTimeField("transmise le", null=True, blank=True)
    updated_at = models.DateTimeField("mise à jour le", auto_now=True)

    class Meta:
        verbose_name = "transmission de facture"
        verbose_name_plural = "transmissions de factures"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"],
                condition=~models.Q(remote_id=""),
                name="billing_transmission_remote_id",
            )
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.get_state_display()}"


class TransmissionMove(models.Model):
    """How a transmission went from one state to another: what the platform said, or who sent it again."""

    transmission = models.ForeignKey(
        Transmission, models.PROTECT, related_name="moves", verbose_name="transmission"
    )
    from_state = models.CharField("de", max_length=10, choices=Transmission.State.choices, blank=True)
    to_state = models.CharField("à", max_length=10, choices=Transmission.State.choices)
    message = models.CharField("message", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "mouvement de transmission"
        verbose_name_plural = "mouvements de transmission"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.transmission_id}: {self.to_state}"
