"""Fields that several forms share."""

from django import forms
from django.core.exceptions import ValidationError
from phonenumber_field.phonenumber import to_python
from phonenumbers import is_possible_number


class PhoneField(forms.CharField):
    """A telephone number as people write it, kept in the French form: "06 12 34 56 78", "+32 2 555 12 12".

    What it refuses cannot be dialled. Which ranges are in use is not asked: numbering plans change, and those of the
    overseas departments are not that of France.
    """

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, **kwargs):
        super().__init__(max_length=30, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        number = to_python(value, region="FR")
        if not number.country_code or number.extension or not is_possible_number(number):
            raise ValidationError("Ce numéro ne peut pas être composé : écrivez-le ainsi, 06 12 34 56 78.")
        return number.as_national if number.country_code == 33 else number.as_international


class IdentifierField(forms.CharField):
    """An official number that people type or paste with spaces and dots: kept without them."""

    def to_python(self, value) -> str:
        text = super().to_python(value)
        return "".join(ch for ch in text if ch.isalnum()).upper()

    def widget_attrs(self, widget) -> dict:
        # Counted without the spaces: a browser that counts them would cut what is pasted.
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}
