"""What quotes, orders and invoices share: a frozen buyer, frozen lines, totals."""

from decimal import Decimal

from django.db import models

from .offer import Offer, PrintFormat
from .vat import VatCategory, Zone


class BuyerIdentity(models.Model):
    """The buyer's billing identity, copied when the document is made: later changes of the employer do not reach it."""

    class BuyerKind(models.TextChoices):
        TAXABLE = "taxable", "Assujetti à la TVA"
        NOT_TAXABLE = "not_taxable", "Hors du champ de la TVA"
        PUBLIC = "public", "Organisme public"
        FOREIGN = "foreign", "Établi hors de France"

    buyer_name = models.CharField("raison sociale", max_length=200)
    buyer_kind = models.CharField(
        "nature du client", max_length=15, choices=BuyerKind.choices, default=BuyerKind.TAXABLE
    )
    # As printed, one line each; the three fields after it say the same in parts, for the electronic invoice.
    buyer_address = models.TextField("adresse")
    buyer_street = models.CharField("voie", max_length=255, blank=True)
    buyer_street_2 = models.CharField("complément", max_length=255, blank=True)
    buyer_postcode = models.CharField("code postal", max_length=12, blank=True)
    buyer_city = models.CharField("ville", max_length=80, blank=True)
    buyer_country = models.CharField("pays", max_length=2, default="FR", help_text="code ISO 3166-1")
    zone = models.CharField("zone de TVA", max_length=20, choices=Zone.choices, default=Zone.METROPOLE)
    buyer_siret = models.CharField("SIRET", max_length=14, blank=True)
    buyer_vat_number = models.CharField("n° de TVA", max_length=20, blank=True)
    buyer_email = models.EmailField("e-mail", blank=True)
    purchase_order_number = models.CharField("n° de commande de l’acheteur", max_length=50, blank=True)
    chorus_service_code = models.CharField("code service Chorus Pro", max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def buyer_siren(self) -> str:
        return self.buyer_siret[:9]


class Totals(models.Model):
    """Totals in euros, rounded to the cent per VAT rate."""

    total_excl_vat = models.DecimalField("total HT", max_digits=11, decimal_places=2)
    total_vat = models.DecimalField("TVA", max_digits=11, decimal_places=2)
    total_incl_vat = models.DecimalField("total TTC", max_digits=11, decimal_places=2)

    class Meta:
        abstract = True


class FrozenLine(models.Model):
    """A sold line as it was: name, quantity, unit price excluding VAT, rate. The offer is only a reference."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+", verbose_name="offre")
    label = models.CharField("désignation", max_length=200)
    quantity = models.PositiveIntegerField("quantité")
    unit_price = models.DecimalField("prix unitaire HT", max_digits=9, decimal_places=2)
    # The whole line's discount, excluding VAT; always less than or equal to quantity × unit price.
    discount = models.DecimalField("remise HT", max_digits=9, decimal_places=2, default=Decimal("0.00"))
    discount_label = models.CharField("motif de la remise", max_length=80, blank=True)
    vat_rate = models.DecimalField("taux de TVA", max_digits=4, decimal_places=2)
    vat_category = models.CharField(
        "catégorie de TVA", max_length=2, choices=VatCategory.choices, default=VatCategory.STANDARD
    )
    vat_mention = models.CharField("mention de TVA", max_length=200, blank=True)
    vat_exemption_code = models.CharField("code d’exonération", max_length=30, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.label}"

    @property
    def amount(self) -> Decimal:
        """Amount excluding VAT, its discount taken off."""
        return self.unit_price * self.quantity - self.discount


class DeliveredLine(FrozenLine):
    """A line that also freezes what is delivered once it is paid."""

    kind = models.CharField("nature", max_length=20, choices=Offer.Kind.choices)
    credits = models.PositiveIntegerField("crédits par unité", default=0)
    print_format = models.CharField("format print", max_length=3, choices=PrintFormat.choices, blank=True)
    tier = models.CharField("niveau de page", max_length=20, choices=Offer.Tier.choices, blank=True)
    months = models.PositiveIntegerField("durée en mois", default=12)
    ad_months = models.PositiveIntegerField("durée d’une annonce en mois", default=2)

    class Meta(FrozenLine.Meta):
        abstract = True
