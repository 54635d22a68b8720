from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class PrintFormat(models.TextChoices):
    """The format of a print insert that an offer sells, as fractions of a magazine page."""

    EIGHTH = "1-8", "1/8 de page"
    QUARTER = "1-4", "1/4 de page"
    HALF = "1-2", "1/2 page"
    FULL = "1-1", "pleine page"


class OfferQuerySet(models.QuerySet):
    def on_sale(self, day: date):
        """Offers a recruiter may buy on this day, in the order of the catalogue."""
        return self.filter(
            models.Q(sold_from=None) | models.Q(sold_from__lte=day),
            models.Q(sold_until=None) | models.Q(sold_until__gte=day),
            is_active=True,
        ).order_by("kind", "position", "pk")


class Offer(models.Model):
    """Something the office sells: a pack of ad credits, a company page tier, an access to the CV library."""

    class Kind(models.TextChoices):
        WEB = "web", "Annonces web"
        WEB_PRINT = "web_print", "Annonces web + print"
        COMPANY_PAGE = "company_page", "Page entreprise"
        CV_ACCESS = "cv_access", "Accès à la CVthèque"

    class Tier(models.TextChoices):
        STANDARD = "standard", "Standard"
        BRAND = "marque", "Marque employeur"
        BRAND_PLUS = "marque_plus", "Marque employeur +"

    CREDIT_KINDS = {Kind.WEB, Kind.WEB_PRINT}

    code = models.SlugField("code", max_length=60, unique=True)
    kind = models.CharField("nature", max_length=20, choices=Kind.choices)
    name = models.CharField("nom", max_length=120)
    description = models.TextField("description", blank=True)
    price = models.DecimalField(
        "prix HT",
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0"))],
        help_text="en euros",
    )
    vat_rate = models.DecimalField(
        "taux de TVA",
        max_digits=4,
        decimal_places=2,
        default=Decimal("20.00"),
        validators=[MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("99.99"))],
        help_text="en % ; celui de la métropole, les autres zones ont leur règle de TVA",
    )
    quantity = models.PositiveIntegerField(
        "nombre de crédits",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text="annonces d’un pack",
    )
    print_format = models.CharField("format print", max_length=3, choices=PrintFormat.choices, blank=True)
    tier = models.CharField("niveau de page", max_length=20, choices=Tier.choices, blank=True)
    months = models.PositiveIntegerField(
        "durée en mois",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="validité des crédits, durée du niveau de page ou de l’accès",
    )
    ad_months = models.PositiveIntegerField(
        "durée d’une annonce en mois", default=2, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    sold_from = models.DateField("en vente à partir du", null=True, blank=True)
    sold_until = models.DateField("en vente jusqu’au", null=True, blank=True)
    is_active = models.BooleanField("active", default=True)
    position = models.PositiveIntegerField("ordre", default=0)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "offre"
        ordering = ["kind", "position", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(price__gte=0), name="billing_offer_price")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if (self.kind == self.Kind.WEB_PRINT) != bool(self.print_format):
            raise ValidationError(
                {"print_format": "Un format print va avec une annonce web + print, et avec elle seule."}
            )
        if (self.kind == self.Kind.COMPANY_PAGE) != bool(self.tier):
            raise ValidationError({"tier": "Un niveau va avec une page entreprise, et avec elle seule."})
        if self.sold_from and self.sold_until and self.sold_until < self.sold_from:
            raise ValidationError({"sold_until": "La fin de la vente ne peut pas précéder son début."})

    @property
    def gives_credits(self) -> bool:
        return self.kind in self.CREDIT_KINDS

    @property
    def unit_price(self) -> Decimal:
        """Price excluding VAT of one ad of the pack."""
        return (self.price / max(self.quantity, 1)).quantize(Decimal("0.01"))
