from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from stdnum import bic, iban
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def validate_iban(value: str) -> None:
    """An account that a bank would know: its key and length."""
    if not iban.is_valid(value):
        raise ValidationError("Cet IBAN n’est pas valable : vérifiez-le, chiffre par chiffre.")


def validate_bic(value: str) -> None:
    """Eight or eleven characters that name a bank."""
    if not bic.is_valid(value):
        raise ValidationError("Ce BIC n’est pas valable : il a 8 ou 11 caractères.")


@register_setting(icon="clipboard-list", order=700)
class SellerSettings(BaseGenericSetting):
    """The seller and the legal texts of quotes and invoices, as the office edits them. Copied on to each document.

    A field left empty takes the value of `settings.SELLER`, from the environment.
    """

    name = models.CharField("raison sociale", max_length=200, blank=True)
    legal_form = models.CharField("forme juridique", max_length=80, blank=True)
    capital = models.CharField("capital social", max_length=40, blank=True, help_text="« 50 000 € »")
    street = models.CharField("voie", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=10, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    rcs = models.CharField("RCS", max_length=80, blank=True, help_text="« RCS Paris 123 456 789 »")
    vat_number = models.CharField("n° de TVA", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    iban = models.CharField("IBAN", max_length=42, blank=True, validators=[validate_iban])
    bic = models.CharField("BIC", max_length=11, blank=True, validators=[validate_bic])
    vat_on_debits = models.BooleanField("option pour le paiement de la TVA d’après les débits", default=False)
    discount_terms = models.CharField(
        "escompte", max_length=200, blank=True, default="Escompte pour paiement anticipé : néant."
    )
    recovery_fee = models.CharField(
        "indemnité de recouvrement",
        max_length=200,
        blank=True,
        default="Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.",
    )
    quote_terms = models.TextField(
        "conditions des devis",
        blank=True,
        default="Ce devis ne vaut pas réservation. Prix fermes jusqu’à la date de validité. Paiement à la commande, "
        "par carte ou par virement, ou sur facture si c’est convenu. Réclamations : auprès du service client.",
    )
    invoice_limit = models.DecimalField(
        "encours autorisé sur facture, TTC",
        max_digits=11,
        decimal_places=2,
        default=Decimal("10000.00"),
        validators=[MinValueValidator(Decimal("0"))],
        help_text="pour un client sans accord particulier",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "name", "legal_form", "capital", "street", "postcode", "city", "siret", "rcs", "vat_number",
                    "email", "phone",
                )
            ],
            heading="Vendeur",
        ),
        MultiFieldPanel([FieldPanel("iban"), FieldPanel("bic")], heading="Banque"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("vat_on_debits", "discount_terms", "recovery_fee", "quote_terms", "invoice_limit")
            ],
            heading="Mentions et conditions",
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = "vendeur et mentions légales"


class PenaltyRate(models.Model):
    """The late penalty from a day on: it changes each half-year with the rate of the ECB (C. com. L441-10).

    Public customers have their own: ECB + 8 points (code de la commande publique, R2192-31).
    """

    valid_from = models.DateField("à partir du", unique=True)
    ecb_rate = models.DecimalField("taux de refinancement de la BCE", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "taux des pénalités de retard"
        verbose_name_plural = "taux des pénalités de retard"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y} : {self.ecb_rate} %"


@register_setting(icon="list-ol", order=710)
class AccountingSettings(BaseGenericSetting):
    """Account numbers and journals of the accounting export."""

    customers_account = models.CharField("compte clients", max_length=12, default="411000")
    bank_account = models.CharField("compte banque", max_length=12, default="512000")
    card_account = models.CharField("compte encaissements par carte", max_length=12, default="511500")
    web_account = models.CharField("compte annonces web", max_length=12, default="706100")
    print_account = models.CharField("compte annonces web + print", max_length=12, default="706200")
    page_account = models.CharField("compte pages entreprise", max_length=12, default="706300")
    cv_account = models.CharField("compte accès à la CVthèque", max_length=12, default="706400")
    vat_account = models.CharField("compte TVA collectée", max_length=12, default="445710")
    excess_account = models.CharField("compte trop-perçus", max_length=12, default="419700")
    sales_journal = models.CharField("journal des ventes", max_length=4, default="VE")
    bank_journal = models.CharField("journal de banque", max_length=4, default="BQ")

    class Meta:
        verbose_name = "comptabilité"
        # No model of their own: what they open reads many.
        permissions = [
            ("export_lists", "Exporter les listes du commerce"),
            ("export_accounting", "Lire et exporter les écritures comptables et la TVA"),
        ]
