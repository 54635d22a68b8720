"""Fields that several forms share."""

from django import forms
from django.core.exceptions import ValidationError
from phonenumber_field.phonenumber import to_python
from phonenumbers import is_possible_number


class SaysAll(forms.BaseForm):
    """For a form of some of a model's fields: what is wrong with one that it does not show is said above the form.

    Without it Django answers such an error of the model's `clean` by one of its own.
    """

    def add_error(self, field, error) -> None:
        """As Django's; an error of a field that is not here becomes one of the whole form."""
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                super().add_error(name if name in self.fields else None, ValidationError(errors))
        else:
            super().add_error(field, error)


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
