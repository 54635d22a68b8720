"""The form of an organisation."""

from django import forms

from accounts.models import Employer


class IdentifierField(forms.CharField):
    """An official number that people type or paste with spaces and dots: kept without them."""

    def to_python(self, value) -> str:
        text = super().to_python(value)
        return "".join(ch for ch in text if ch.isalnum()).upper()

    def widget_attrs(self, widget) -> dict:
        # Counted without the spaces: a browser that counts them would cut what is pasted.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class OrganisationForm(forms.ModelForm):
    """What an employer is, and what its invoices need."""

    siret = IdentifierField(
        label="SIRET", required=False, max_length=14, help_text="14 chiffres ; il figure sur vos factures."
    )
    vat_number = IdentifierField(
        label="N° de TVA intracommunautaire",
        required=False,
        max_length=20,
        help_text="Si votre organisation en a un, par exemple FR44732829320.",
    )

    class Meta:
        model = Employer
        fields = [
            "legal_name",
            "legal_form",
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
            "billing_email": "Si vos factures vont à une autre personne que vous.",
        }
        widgets = {
            "legal_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "address_2": forms.TextInput(attrs={"autocomplete": "address-line2"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("legal_form", "address", "postcode", "city"):
            self.fields[name].required = True
        self.fields["legal_form"].choices = [("", "Choisissez un statut"), *Employer.LegalForm.choices]
