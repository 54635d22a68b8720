import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import Employer

from .discount import DiscountCode
from .offer import Offer


class Cart(models.Model):
    """What an employer is about to order. One open cart an employer; confirming it makes exactly one order.

    `key` names the order to be made: an order carries it under a unique constraint, so a second click finds the first.
    """

    employer = models.OneToOneField(Employer, models.CASCADE, related_name="cart", verbose_name="employeur")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    purchase_order_number = models.CharField("votre n° de commande", max_length=50, blank=True)
    discount_code = models.ForeignKey(
        DiscountCode,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="code de remise",
    )
    # Where a copy of the printed insert goes; empty: none is sent.
    proof_address = models.TextField("adresse du justificatif", max_length=500, blank=True)
    # The buyer was asked where to: an empty address is then a refusal.
    proof_asked = models.BooleanField("justificatif demandé ou refusé", default=False)
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        verbose_name = "panier"

    def __str__(self) -> str:
        return f"Panier de {self.employer}"


class CartLine(models.Model):
    """An offer in a cart, with the price its buyer saw."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name="panier")
    offer = models.ForeignKey(Offer, models.CASCADE, verbose_name="offre")
    quantity = models.PositiveIntegerField(
        "quantité", default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    seen_price = models.DecimalField("prix HT vu", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "ligne du panier"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cart", "offer"], name="billing_cart_offer_once")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.offer}"

    @property
    def amount(self) -> Decimal:
        """Amount excluding VAT at the offer's present price."""
        return self.offer.price * self.quantity

    @property
    def price_changed(self) -> bool:
        return self.offer.price != self.seen_price
