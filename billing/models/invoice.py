import uuid

from django.db import models

from accounts.models import Employer
from billing.storage import private_storage

from .credit import AppendOnly, AppendOnlyQuerySet
from .document import BuyerIdentity, FrozenLine, Totals
from .order import Order


class NumberSeries(models.Model):
    """The last number given in a series and year. Its row is locked as the last step of the issuing transaction,

    so a rollback gives the number back and the series has no gap (CGI annexe II art. 242 nonies A, 7°).
    """

    code = models.CharField("série", max_length=10)
    year = models.PositiveIntegerField("année")
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "série de numéros"
        verbose_name_plural = "séries de numéros"
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="billing_series_year")]

    def __str__(self) -> str:
        return f"{self.code}{self.year}-{self.last:06d}"


class Invoice(AppendOnly, BuyerIdentity, Totals):
    """An issued invoice or credit note: frozen, numbered without gap, cancelled only by a credit note.

    Written by `billing.invoices` alone. The seller's identity and the legal mentions are copied on to it.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Facture"
        CREDIT_NOTE = "credit_note", "Avoir"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("nature", max_length=15, choices=Kind.choices, default=Kind.INVOICE)
    number = models.CharField("numéro", max_length=35, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="invoices", verbose_name="employeur")
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices", verbose_name="commande")
    refers_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_notes",
        verbose_name="facture d’origine",
    )
    issued_at = models.DateTimeField("émise le")
    issued_on = models.DateField("date de facture")
    due_on = models.DateField("échéance")
    paid_on = models.DateField(
        "payée le", null=True, blank=True, help_text="lorsqu’elle est émise déjà payée"
    )
    payment_method = models.CharField("mode de paiement", max_length=10, choices=Order.Method.choices)
    seller = models.JSONField("vendeur")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "facture"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(kind="invoice"), name="billing_one_invoice_an_order"
            )
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(AppendOnly, FrozenLine):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines", verbose_name="facture")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(FrozenLine.Meta):
        verbose_name = "ligne de facture"
        verbose_name_plural = "lignes de facture"


class InvoicePdf(models.Model):
    """The PDF of an invoice, made after the commit from the frozen row; made again it has the same bytes."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="pdf", verbose_name="facture")
    file = models.FileField("fichier", upload_to="invoices/", storage=private_storage)
    made_at = models.DateTimeField("fait le", auto_now_add=True)
    mailed_at = models.DateTimeField("envoyé par e-mail le", null=True, blank=True)

    class Meta:
        verbose_name = "PDF de facture"
        verbose_name_plural = "PDF de factures"

    def __str__(self) -> str:
        return str(self.invoice)
