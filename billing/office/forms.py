"""What the office types to move an order or to give credits."""

import uuid

from django import forms

from billing.models import CreditLot, Offer, PrintFormat

SAY_WHY = {"required": "Dites pourquoi en quelques mots."}


class ConfirmForm(forms.Form):
    """An action that asks for nothing but a yes."""


class OnceForm(forms.Form):
    """A form that counts once, however often it is sent: its key travels with it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class MotiveForm(forms.Form):
    """Why a credit moves; the customer reads it in its statement."""

    reason = forms.CharField(
        label="Motif",
        max_length=200,
        help_text="le client le lit dans le relevé de ses crédits",
        error_messages=SAY_WHY,
    )


class CorrectionForm(MotiveForm, OnceForm):
    """How many credits a lot is to have more, or less."""

    quantity = forms.IntegerField(
        label="Correction",
        error_messages={"required": "Indiquez combien de crédits ajouter ou retirer."},
        min_value=-999,
        max_value=99,
        help_text="« 2 » ajoute deux crédits, « -2 » en retire deux",
    )
    field_order = ["quantity", "reason", "key"]


class GrantForm(MotiveForm, OnceForm):
    """Credits outside any order."""

    kind = forms.ChoiceField(label="Nature", choices=CreditLot._meta.get_field("kind").choices)
    print_format = forms.ChoiceField(
        label="Format print",
        choices=[("", "—"), *PrintFormat.choices],
        required=False,
        help_text="pour une annonce web + print",
    )
    quantity = forms.IntegerField(label="Nombre de crédits", min_value=1, max_value=99, initial=1)
    months = forms.IntegerField(label="Validité en mois", min_value=1, max_value=24, initial=12)
    field_order = ["kind", "print_format", "quantity", "months", "reason", "key"]

    def clean(self) -> dict:
        data = super().clean() or {}
        if (data.get("kind") == Offer.Kind.WEB_PRINT) != bool(data.get("print_format")):
            self.add_error(
                "print_format", "Un format print va avec une annonce web + print, et avec elle seule."
            )
        return data
