from django.db import models

from .transfer import Transfer


class BankStatement(models.Model):
    """A file of the bank that was read: once, by the hash of its bytes."""

    class Format(models.TextChoices):
        CAMT = "camt", "CAMT.053"
        CSV = "csv", "CSV"

    digest = models.CharField("empreinte", max_length=64, unique=True, help_text="SHA-256 du fichier")
    name = models.CharField("nom du fichier", max_length=120)
    format = models.CharField("format", max_length=5, choices=Format.choices)
    imported_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="importé par"
    )
    imported_at = models.DateTimeField("importé le", auto_now_add=True)

    class Meta:
        verbose_name = "relevé bancaire"
        verbose_name_plural = "relevés bancaires"
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class BankEntry(models.Model):
    """A credit entry of a statement, and what became of it. The same entry in two files is kept once."""

    class State(models.TextChoices):
        OPEN = "open", "À rapprocher"
        MATCHED = "matched", "Rapprochée"
        IGNORED = "ignored", "Écartée"

    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="entries", verbose_name="relevé"
    )
    # The bank's own reference where there is one, else a hash of day, amount, payer and wording with its rank.
    fingerprint = models.CharField("empreinte", max_length=80, unique=True)
    booked_on = models.DateField("date")
    amount = models.DecimalField("montant", max_digits=11, decimal_places=2)
    payer = models.CharField("donneur d’ordre", max_length=140, blank=True)
    wording = models.CharField("libellé", max_length=500, blank=True)
    bank_reference = models.CharField("référence bancaire", max_length=80, blank=True)
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.OPEN)
    transfer = models.OneToOneField(
        Transfer, models.PROTECT, null=True, blank=True, related_name="entry", verbose_name="virement"
    )
    note = models.CharField("note", max_length=200, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="traitée par"
    )
    settled_at = models.DateTimeField("traitée le", null=True, blank=True)

    class Meta:
        verbose_name = "écriture bancaire"
        verbose_name_plural = "écritures bancaires"
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_bank_entry_amount")
        ]

    def __str__(self) -> str:
        return f"{self.booked_on:%d/%m/%Y} · {self.amount} €"
