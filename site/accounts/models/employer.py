import re
import uuid

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django_countries.fields import CountryField
from stdnum.fr import siren
from wagtail.models import Collection

from accounts.validators import validate_finess, validate_one_line, validate_siret, validate_vat_number
from reference.models import Commune

_FRENCH_POSTCODE = re.compile(r"\d{5}", re.ASCII)


class EmployerQuerySet(models.QuerySet):
    def with_administrator(self):
        """Annotates `has_administrator`: whether somebody who can log in administers the team."""
        able = Membership.objects.filter(
            employer=models.OuterRef("pk"), role=Membership.Role.ADMINISTRATOR, user__is_active=True
        )
        return self.annotate(has_administrator=models.Exists(able))

    def of(self, user):
        """Employers this user is a member of, by name."""
        return self.filter(memberships__user=user).order_by("legal_name", "pk")


class Employer(models.Model):
    """An organisation that recruits: the customer of `billing`, the owner of pages, images and applications.

    Made by `accounts.onboarding.create_employer`, with one group and one image collection of its own.
    """

    class LegalForm(models.TextChoices):
        ASSOCIATION = "association", "Association"
        FOUNDATION = "fondation", "Fondation"
        MUTUAL = "mutuelle", "Mutuelle ou union"
        LOCAL = "collectivite", "Collectivité territoriale, CCAS, CIAS"
        HOSPITAL = "hopital", "Établissement public de santé"
        PUBLIC = "public", "Autre établissement public"
        COMPANY = "societe", "Société commerciale"
        COOPERATIVE = "cooperative", "Coopérative (SCOP, SCIC)"
        OTHER = "autre", "Autre"

    class VatStatus(models.TextChoices):
        LIABLE = "assujettie", "Assujettie à la TVA"
        EXEMPT = "exoneree", "Exonérée de TVA (article 261 du CGI)"
        FRANCHISE = "franchise", "Franchise en base (article 293 B du CGI)"
        OUTSIDE = "hors_champ", "Hors du champ de la TVA"

    PUBLIC_FORMS = {LegalForm.LOCAL, LegalForm.HOSPITAL, LegalForm.PUBLIC}

    PRINTED = (
        "legal_name", "address", "address_2", "postcode", "city", "postal_address", "postal_address_2",
        "postal_postcode", "postal_city", "chorus_service_code", "chorus_engagement",
    )  # fmt: skip

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    legal_name = models.CharField("raison sociale", max_length=200)
    legal_form = models.CharField("statut juridique", max_length=20, choices=LegalForm.choices, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[validate_siret])
    vat_number = models.CharField("n° de TVA", max_length=20, blank=True, validators=[validate_vat_number])
    vat_status = models.CharField("régime de TVA", max_length=20, choices=VatStatus.choices, blank=True)
    finess = models.CharField("n° FINESS", max_length=9, blank=True, validators=[validate_finess])
    public_body = models.BooleanField("organisme public", default=False)
    chorus_service_code = models.CharField("code service Chorus Pro", max_length=100, blank=True)
    chorus_engagement = models.CharField("n° d’engagement Chorus Pro", max_length=50, blank=True)
    address = models.CharField("adresse", max_length=255, blank=True)
    address_2 = models.CharField("complément d’adresse", max_length=255, blank=True)
    # Five digits in France; elsewhere as that country writes it.
    postcode = models.CharField("code postal", max_length=12, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    country = CountryField("pays", default="FR")
    commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, verbose_name="commune")
    # Where letters and printed issues go, when that is not the billing address. Empty: the same.
    postal_address = models.CharField("adresse postale", max_length=255, blank=True)
    postal_address_2 = models.CharField("complément d’adresse postale", max_length=255, blank=True)
    postal_postcode = models.CharField("code postal", max_length=12, blank=True)
    postal_city = models.CharField("ville", max_length=80, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    billing_email = models.EmailField("e-mail de facturation", blank=True)
    # Customers who pay on invoice only (G18): the office opens this door.
    pays_on_invoice = models.BooleanField("paie sur facture", default=False)
    group = models.OneToOneField(Group, models.PROTECT, related_name="employer", verbose_name="groupe")
    collection = models.OneToOneField(
        Collection, models.PROTECT, related_name="employer", verbose_name="collection"
    )
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = EmployerQuerySet.as_manager()
    has_administrator: bool  # by `with_administrator` alone

    class Meta:
        verbose_name = "employeur"
        ordering = ["legal_name", "pk"]
        permissions = [("appoint_administrator", "Nommer un administrateur d’un employeur qui n’en a plus")]

    def __str__(self) -> str:
        return self.legal_name

    def clean(self) -> None:
        """Check what one field says against another, and fill in what follows. Raises ValidationError, by field."""
        self._check_printable()
        self.public_body = self.is_public_body
        if self.is_french:
            wrong = [
                name
                for name in ("postcode", "postal_postcode")
                if (value := getattr(self, name)) and not _FRENCH_POSTCODE.fullmatch(value)
            ]
            if wrong:
                raise ValidationError(dict.fromkeys(wrong, "Cinq chiffres, par exemple 69100."))
        elif self.siret or self.is_public_body:
            raise ValidationError(
                {"country": "Un SIRET ou un organisme public va avec un établissement en France."}
            )
        if self.is_public_body and not self.siret:
            raise ValidationError(
                {"siret": "Indiquez le SIRET : Chorus Pro, par où passent les factures publiques, l’exige."}
            )
        if self.siret and self.vat_number and self.vat_number[-9:] != self.siren:
            raise ValidationError(
                {
                    "vat_number": f"Ce n° de TVA n’est pas celui de votre SIRET : il se termine par {self.siren}."
                }
            )
        if any([self.postal_address, self.postal_address_2, self.postal_postcode, self.postal_city]):
            missing = [
                name
                for name in ("postal_address", "postal_postcode", "postal_city")
                if not getattr(self, name)
            ]
            if missing:
                raise ValidationError(
                    dict.fromkeys(missing, "Complétez l’adresse postale, ou videz-en tous les champs.")
                )
        if self.vat_status == self.VatStatus.LIABLE and self.siret and not self.vat_number:
            # The number of a French company follows from its SIREN.
            self.vat_number = f"FR{siren.to_tva(self.siren)}"

    def _check_printable(self) -> None:
        """All of it may be printed on an invoice and written into its XML."""
        wrong = {}
        for name in self.PRINTED:
            try:
                validate_one_line(getattr(self, name))
            except ValidationError as error:
                wrong[name] = error
        if wrong:
            raise ValidationError(wrong)

    @property
    def name(self) -> str:
        """What the site calls it."""
        return self.legal_name

    @property
    def is_french(self) -> bool:
        """Whether French identifiers and postcodes are asked of it."""
        return str(self.country) == "FR"

    @property
    def siren(self) -> str:
        return self.siret[:9]

    @property
    def is_public_body(self) -> bool:
        """Whether its invoices go through Chorus Pro: by its legal form, or because it says so."""
        return self.public_body or self.legal_form in self.PUBLIC_FORMS

    @property
    def postal_lines(self) -> list[str]:
        """The lines of the address that letters go to."""
        if self.postal_address:
            place = f"{self.postal_postcode} {self.postal_city}"
            lines = [self.postal_address, self.postal_address_2, place]
        else:
            lines = [self.address, self.address_2, f"{self.postcode} {self.city}"]
        return [line for line in lines if line.strip()]

    @property
    def billing_is_complete(self) -> bool:
        """Whether an invoice can be made out to it: name, address, postcode, city; a public body's SIRET."""
        siret = self.siret or not self.is_public_body
        return all([self.legal_name, self.address, self.postcode, self.city, siret])


class Membership(models.Model):
    """A person's place in an employer. Only `accounts.onboarding` writes it: the group follows the membership."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrateur", "Administrateur"
        RECRUITER = "recruteur", "Recruteur"
        READER = "lecteur", "Lecteur"
        BILLING = "facturation", "Facturation"

    employer = models.ForeignKey(
        Employer, models.CASCADE, related_name="memberships", verbose_name="employeur"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name="compte"
    )
    role = models.CharField("rôle", max_length=20, choices=Role.choices, default=Role.RECRUITER)
    created_at = models.DateTimeField("depuis le", auto_now_add=True)
    # A person of several employers finds, at the next log-in, the one it chose last.
    chosen_at = models.DateTimeField("choisi le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "membre"
        ordering = ["employer_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["employer", "user"], name="accounts_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.employer}"
