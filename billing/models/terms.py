from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import Employer


class CustomerTerms(models.Model):
    """What was agreed with a customer who pays on invoice (G18). Without a row: the rules of its kind."""

    employer = models.OneToOneField(Employer, models.CASCADE, related_name="terms", verbose_name="client")
    invoice_limit = models.DecimalField(
        "encours autorisé TTC",
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="en euros ; vide : la limite du site",
    )
    days_to_pay = models.PositiveSmallIntegerField(
        "délai de paiement en jours",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        # Code de la commande publique, R2192-10 and 11.
        help_text="vide : 30 jours, 50 pour un établissement public de santé",
    )
    note = models.TextField("note", blank=True)

    class Meta:
        verbose_name = "conditions d’un client"
        verbose_name_plural = "conditions des clients"

    def __str__(self) -> str:
        return str(self.employer)
