"""The demonstration's card form."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

ACCEPTED, REFUSED, SLOW = "4242424242424242", "4000000000000002", "4000002500003155"


class CardForm(forms.Form):
    """The demonstration's card form: its test numbers are written on it, and no number is kept."""

    method = "post"
    action = ""

    number = forms.CharField(
        label="Numéro de carte",
        error_messages={"required": "Indiquez le numéro de votre carte."},
        max_length=23,
        help_text=(
            "Démonstration\u202f: 4242 4242 4242 4242 est acceptée, 4000 0000 0000 0002 est refusée, et pour "
            "4000 0025 0000 3155 la banque prend son temps."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "cc-number"}),
    )
    expiry = forms.CharField(
        label="Expire fin (MM/AA)",
        error_messages={"required": "Indiquez le mois et l’année de fin, par exemple 12/30."},
        max_length=7,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "cc-exp", "placeholder": "12/30"}
        ),
    )
    code = forms.CharField(
        label="Code de sécurité",
        error_messages={"required": "Indiquez les trois chiffres au dos de la carte."},
        max_length=4,
        min_length=3,
        help_text="Les trois chiffres au dos de la carte.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "cc-csc"}),
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].replace(" ", "")
        if number not in (ACCEPTED, REFUSED, SLOW):
            raise ValidationError(
                "Ce numéro n’est pas une carte de démonstration\u202f: recopiez l’un de ceux ci-dessus."
            )
        return number

    def clean_expiry(self) -> str:
        month, _, year = self.cleaned_data["expiry"].replace(" ", "").partition("/")
        if not (month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12):
            raise ValidationError("Écrivez la date d’expiration ainsi\u202f: 12/30.")
        today = timezone.localdate()
        if (2000 + int(year) % 100, int(month)) < (today.year, today.month):
            raise ValidationError("Cette carte a expiré\u202f: vérifiez la date, ou prenez une autre carte.")
        return f"{month}/{year}"

    def clean_code(self) -> str:
        if not self.cleaned_data["code"].isdecimal():
            raise ValidationError("Le code de sécurité ne compte que des chiffres.")
        return self.cleaned_data["code"]
