from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from .offer import Offer


class DiscountCode(models.Model):
    """A code that takes a part off the price. What it took off stays written on the lines of each document."""

    code = models.CharField(
        "code",
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", "Majuscules, chiffres et tirets seulement.")],
        help_text="majuscules, chiffres et tirets",
    )
    label = models.CharField("libellé", max_length=80, help_text="imprimé sur le devis et la facture")
    percent = models.DecimalField(
        "remise en %",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal("100"))],
    )
    amount = models.DecimalField(
        "remise en euros HT",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    valid_from = models.DateField("valable à partir du", null=True, blank=True)
    valid_until = models.DateField(
        "valable jusqu’au", null=True, blank=True, help_text="dernier jour compris"
    )
    offers = models.ManyToManyField(
        Offer, blank=True, related_name="+", verbose_name="offres", help_text="aucune : toutes"
    )
    most_orders = models.PositiveIntegerField(
        "nombre de commandes",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="vide : sans limite",
    )
    once_an_employer = models.BooleanField("une fois par client", default=True)
    is_active = models.BooleanField("actif", default=True)

    class Meta:
        verbose_name = "code de remise"
        verbose_name_plural = "codes de remise"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent=None) ^ models.Q(amount=None), name="billing_discount_one_kind"
            )
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        if (self.percent is None) == (self.amount is None):
            raise ValidationError("Indiquez une remise en % ou en euros, l’une des deux.")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "La fin ne peut pas précéder le début."})

    def is_valid_on(self, day: date) -> bool:
        """Whether the code holds on this day; the last day counts whole."""
        begun = self.valid_from is None or self.valid_from <= day
        return self.is_active and begun and (self.valid_until is None or day <= self.valid_until)
