import uuid

from django.conf import settings
from django.db import models

from accounts.models import Employer
from billing.storage import private_storage

from .discount import DiscountCode
from .document import BuyerIdentity, DeliveredLine, Totals
from .order import Order


class Quote(BuyerIdentity, Totals):
    """A numbered offer of prices, valid until a date. It reserves nothing; ordering it makes one order."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="quotes", verbose_name="employeur")
    # The cart's key when the quote was asked for: a double click makes one quote.
    key = models.UUIDField(unique=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="demandé par",
    )
    # Whom the office made it for; empty: who asked for it.
    recipient = models.EmailField("destinataire", blank=True)
    issued_at = models.DateTimeField("émis le")
    valid_until = models.DateField("valable jusqu’au")
    discount_code = models.ForeignKey(
        DiscountCode, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="code de remise"
    )
    proof_address = models.TextField("adresse du justificatif", blank=True)
    # Frozen like an invoice's: made again, the PDF says the same.
    seller = models.JSONField("vendeur", default=dict)
    reminded_at = models.DateTimeField("relancé le", null=True, blank=True)
    order = models.OneToOneField(
        Order, models.PROTECT, null=True, blank=True, related_name="quote", verbose_name="commande"
    )
    pdf = models.FileField("PDF", upload_to="quotes/", storage=private_storage, blank=True)
    mailed_at = models.DateTimeField("envoyé par e-mail le", null=True, blank=True)

    class Meta:
        verbose_name = "devis"
        verbose_name_plural = "devis"
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return self.number


class QuoteLine(DeliveredLine):
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="lines", verbose_name="devis")

    class Meta(DeliveredLine.Meta):
        verbose_name = "ligne de devis"
        verbose_name_plural = "lignes de devis"
