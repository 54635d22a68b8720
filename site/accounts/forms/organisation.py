"""The forms of an organisation: a short one at the first arrival, the whole one in "Mon organisation"."""

from django import forms

from accounts.models import Employer
from accounts.validators import validate_organisation_name

from .fields import IdentifierField, PhoneField, SaysAll


class OrganisationForm(SaysAll, forms.ModelForm):
    """What an employer is, and what its invoices need."""

    siret = IdentifierField(
        label="SIRET",
        required=False,
        max_length=14,
        help_text="14 chiffres ; il figure sur vos factures. Pour une organisation établie en France.",
    )
    vat_number = IdentifierField(
        label="N° de TVA intracommunautaire",
        required=False,
        max_length=20,
        help_text="Si votre organisation en a un, par exemple FR44732829320.",
    )
    phone = PhoneField(label="Téléphone", required=False)

    class Meta:
        model = Employer
        fields = [
            "legal_name",
            "legal_form",
            "country",
            "siret",
            "vat_number",
            "address",
            "address_2",
            "postcode",
            "city",
            "phone",
            "billing_email",
        ]
        help_texts = {
            "legal_name": "Le nom officiel, tel qu’il doit figurer sur vos factures.",
            "country": "Outre-mer : choisissez France, le code postal fait le reste.",
            "billing_email": "Si vos factures vont à une autre personne que vous.",
        }
        widgets = {
            "country": forms.Select(attrs={"autocomplete": "country"}),
            "legal_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "address_2": forms.TextInput(attrs={"autocomplete": "address-line2"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["legal_name"].validators.append(validate_organisation_name)
        for name in ("legal_form", "address", "city"):
            self.fields[name].required = True
        self.fields["legal_form"].choices = [("", "Choisissez un statut"), *Employer.LegalForm.choices]

    def clean(self) -> dict:
        """Ask for a postcode in France; some countries have none."""
        data = super().clean() or {}
        if data.get("country") == "FR" and not data.get("postcode") and "postcode" not in self.errors:
            self.add_error("postcode", "Indiquez le code postal.")
        return data


class OrganisationDetailsForm(OrganisationForm):
    """The whole of it, in the parts that `parts` names."""

    PARTS = [
        ("Identité", ["legal_name", "legal_form", "country", "siret", "finess", "phone"]),
        ("TVA", ["vat_status", "vat_number"]),
        ("Adresse de facturation", ["address", "address_2", "postcode", "city", "billing_email"]),
        ("Adresse postale", ["postal_address", "postal_address_2", "postal_postcode", "postal_city"]),
        ("Organisme public et Chorus Pro", ["public_body", "chorus_service_code", "chorus_engagement"]),
    ]
    NOTES = {
        "Adresse postale": "Pour vos courriers et vos exemplaires du magazine. Vide : la même que pour les factures.",
        "Organisme public et Chorus Pro": "Les factures des organismes publics passent par Chorus Pro, "
        "qui les reconnaît au SIRET.",
    }

    finess = IdentifierField(
        label="N° FINESS",
        required=False,
        max_length=9,
        help_text="Facultatif : celui de l’entité juridique, 9 caractères.",
    )

    class Meta(OrganisationForm.Meta):
        fields = [
            *OrganisationForm.Meta.fields,
            "finess",
            "vat_status",
            "postal_address",
            "postal_address_2",
            "postal_postcode",
            "postal_city",
            "public_body",
            "chorus_service_code",
            "chorus_engagement",
        ]
        labels = {
            "public_body": "Organisation publique : nos factures passent par Chorus Pro",
            "postal_address": "Adresse",
            "postal_address_2": "Complément d’adresse",
            "chorus_service_code": "Code service",
            "chorus_engagement": "N° d’engagement",
        }
        help_texts = OrganisationForm.Meta.help_texts | {
            "public_body": "Coché d’office pour les collectivités et les établissements publics.",
            "chorus_service_code": "Si votre organisme en exige un.",
            "chorus_engagement": "S’il est le même pour toutes vos commandes ; sinon, vous l’indiquez en commandant.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vat_status"].choices = [("", "Non précisé"), *Employer.VatStatus.choices]
        self.initial["public_body"] = self.instance.is_public_body
        if self.instance.siren:
            self.fields["siret"].help_text += f" Votre SIREN, d’après lui : {self.instance.siren}."

    def parts(self) -> list[dict]:
        """Title, note and fields of each part, in order."""
        return [
            {"title": title, "note": self.NOTES.get(title, ""), "fields": [self[name] for name in names]}
            for title, names in self.PARTS
        ]
