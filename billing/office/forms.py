"""What the office types to move an order or to give credits."""

import uuid
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminDateInput

from billing.models import CreditLot, Offer, Order, PrintFormat
from reference.dates import paris_day


class TransferForm(forms.Form):
    """A line of the bank statement."""

    amount = forms.DecimalField(
        label="Montant reçu", max_digits=11, decimal_places=2, min_value=Decimal("0.01"), localize=True,
        help_text="en euros, comme sur le relevé : 1080,00",
    )  # fmt: skip
    received_on = forms.DateField(label="Reçu le", widget=AdminDateInput, initial=paris_day)
    bank_reference = forms.CharField(
        label="Référence bancaire", max_length=80, required=False, help_text="le libellé de l’opération"
    )

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bank_reference"].widget.attrs["placeholder"] = order.number


class NoteForm(forms.Form):
    """Why an order is given up."""

    note = forms.CharField(
        label="Motif", max_length=200, required=False, help_text="reste dans l’historique de la commande"
    )


class ConfirmForm(forms.Form):
    """An action that asks for nothing but a yes."""


class OnceForm(forms.Form):
    """A form that counts once, however often it is sent: its key travels with it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class GrantForm(OnceForm):
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
    reason = forms.CharField(
        label="Motif", max_length=200, help_text="le client le lit dans ses mouvements de crédit"
    )

    def clean(self) -> dict:
        data = super().clean() or {}
        if (data.get("kind") == Offer.Kind.WEB_PRINT) != bool(data.get("print_format")):
            self.add_error(
                "print_format", "Un format print va avec une annonce web + print, et avec elle seule."
            )
        return data


class OrderForm(OnceForm):
    """Offers and quantities for a customer: a field an offer on sale."""

    purchase_order_number = forms.CharField(
        label="N° de commande du client",
        max_length=50,
        required=False,
        help_text="bon de commande ou numéro d’engagement, repris sur la facture",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {f"offer-{offer.pk}": offer for offer in Offer.objects.on_sale(paris_day())}
        for name, offer in self.offers.items():
            self.fields[name] = forms.IntegerField(
                label=offer.name, min_value=0, max_value=99, required=False, initial=0
            )

    @property
    def rows(self):
        """Each offer with its field, for the template."""
        return [(offer, self[name]) for name, offer in self.offers.items()]

    @property
    def items(self) -> list[tuple[Offer, int]]:
        """What was ordered, once the form is valid."""
        chosen = ((offer, self.cleaned_data.get(name)) for name, offer in self.offers.items())
        return [(offer, quantity) for offer, quantity in chosen if quantity]

    def clean(self) -> dict:
        data = super().clean() or {}
        if not self.errors and not self.items:
            raise ValidationError("Indiquez une quantité pour au moins une offre.")
        return data
