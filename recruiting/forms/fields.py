"""Fields that several forms share."""

from __future__ import annotations

import uuid

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.fields import PhoneField
from reference.forms import CommuneField

__all__ = ["CommuneField", "FormKeyField", "HoneypotField", "PhoneField"]


class FormKeyField(forms.UUIDField):
    """The form's own key, made when it is shown: the same form sent twice does the thing once."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4, **kwargs)
        self.error_messages["required"] = self.error_messages["invalid"] = (
            "Ce formulaire est incomplet : rechargez la page et recommencez."
        )


class HoneypotField(forms.CharField):
    """A field that no person sees. What fills in everything fills it in too."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            label="Laissez ce champ vide",
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
            **kwargs,
        )

    def clean(self, value):
        if super().clean(value):
            raise ValidationError("Votre envoi ressemble à celui d’un robot : laissez vide le champ caché.")
        return ""
