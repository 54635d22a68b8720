from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Zone(models.TextChoices):
    """Where a customer is for VAT."""

    METROPOLE = "metropole", "France métropolitaine"
    DROM = "drom", "Guadeloupe, Martinique, La Réunion"
    DROM_NO_VAT = "drom_sans_tva", "Guyane, Mayotte"
    EU = "ue", "Union européenne, client assujetti"
    OUTSIDE = "hors_ue", "Hors de l’Union européenne et collectivités d’outre-mer"


class VatCategory(models.TextChoices):
    """The category of a line's VAT by its code of UNCL 5305, as EN 16931 (BT-151) and the French BR-FR take it."""

    STANDARD = "S", "Taux normal"
    EXEMPT = "E", "Exonéré"
    REVERSE_CHARGE = "AE", "Autoliquidation"
    EXPORT = "G", "Export"
    OUT_OF_SCOPE = "O", "Hors du champ de la TVA française"
    ZERO = "Z", "Taux zéro"


class VatRule(models.Model):
    """The VAT of a zone, as the office set it. Without a rate the zone takes the offer's own."""

    zone = models.CharField("zone", max_length=20, choices=Zone.choices, unique=True)
    rate = models.DecimalField(
        "taux",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("99.99"))],
        help_text="en % ; vide : le taux de l’offre",
    )
    category = models.CharField("catégorie", max_length=2, choices=VatCategory.choices)
    mention = models.CharField(
        "mention", max_length=200, blank=True, help_text="imprimée sur le devis et la facture"
    )
    exemption_code = models.CharField(
        "code d’exonération", max_length=30, blank=True, help_text="liste VATEX"
    )

    class Meta:
        verbose_name = "règle de TVA"
        verbose_name_plural = "règles de TVA"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_zone_display()

    def clean(self) -> None:
        """Hold rate, category and mention together, as EN 16931 does. Raises ValidationError, by field."""
        if self.category == VatCategory.STANDARD:
            if self.rate == 0:
                raise ValidationError(
                    {"rate": "Au taux normal, indiquez un taux, ou rien pour celui de l’offre."}
                )
            return
        if self.rate != 0:
            raise ValidationError({"rate": "Cette catégorie ne porte pas de TVA : indiquez 0."})
        if not self.mention and self.category != VatCategory.ZERO:
            raise ValidationError(
                {"mention": "Dites pourquoi il n’y a pas de TVA : la loi veut cette mention."}
            )
