"""Forms of the shop. Amounts never come from a form: only what is wanted, and how many."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.forms.fields import IdentifierField
from accounts.models import Employer

from .carts import MOST
from .models import Cart, Order


class AddForm(forms.Form):
    """An offer for the cart, by its code."""

    offer = forms.SlugField(max_length=60)
    quantity = forms.IntegerField(required=False, min_value=1, max_value=MOST)


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(
        validators=[MinValueValidator(0), MaxValueValidator(MOST)],
        error_messages={"required": "Indiquez une quantité.", "invalid": "Indiquez un nombre."},
    )


class OrderNumberForm(forms.Form):
    """Step 1 of who buys and may not change to whom the invoice is made out: only the order's own number."""

    purchase_order_number = forms.CharField(
        label="Votre n° de commande",
        max_length=50,
        required=False,
        help_text="Facultatif : il figurera sur le devis et la facture.",
    )

    def __init__(self, *args, cart: Cart, **kwargs):
        super().__init__(*args, **kwargs)
        self.cart = cart
        self.fields["purchase_order_number"].initial = (
            cart.purchase_order_number or cart.employer.chorus_engagement
        )

    def save_number(self) -> None:
        """Save the cart's order number."""
        self.cart.purchase_order_number = self.cleaned_data["purchase_order_number"]
        self.cart.save(update_fields=["purchase_order_number"])


class InformationForm(OrderNumberForm, forms.ModelForm):
    """Step 1: to whom the invoice is made out."""

    siret = IdentifierField(label="SIRET", required=False, max_length=14, help_text="14 chiffres.")
    vat_number = IdentifierField(
        label="N° de TVA intracommunautaire", required=False, max_length=20, help_text="Si vous en avez un."
    )

    class Meta:
        model = Employer
        fields = [
            "legal_name",
            "siret",
            "vat_number",
            "address",
            "address_2",
            "postcode",
            "city",
            "billing_email",
        ]
        help_texts = {"billing_email": "Facultatif : la facture y est envoyée aussi."}
        widgets = {
            "legal_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "address_2": forms.TextInput(attrs={"autocomplete": "address-line2"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("address", "postcode", "city"):
            self.fields[name].required = True

    def save(self, commit: bool = True) -> Employer:
        """Save the employer's identity and the cart's order number."""
        employer = super().save(commit=commit)
        self.save_number()
        return employer


class ReviewForm(forms.Form):
    """Step 3: the last look, the terms, and how to pay. `key` names the very cart that was looked at."""

    QUOTE = "quote"
    CHOICES = [
        (Order.Method.CARD, "Paiement par carte bancaire"),
        (Order.Method.TRANSFER, "Paiement par virement"),
        (QUOTE, "Obtenir un devis pour cette commande"),
    ]

    STALE = "Cette page n’est plus à jour : rechargez-la, puis confirmez à nouveau."

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE})
    method = forms.ChoiceField(
        label="Comment souhaitez-vous continuer ?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un paiement ou un devis."},
    )
    terms = forms.BooleanField(
        label="J’accepte les conditions générales de vente",
        required=False,
        help_text="Nécessaire pour commander, pas pour un devis.",
    )

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("method") in Order.Method.values and not data.get("terms"):
            self.add_error("terms", "Acceptez les conditions générales pour commander.")
        return data


class QuoteOrderForm(forms.Form):
    """How to pay for a quote that is ordered."""

    method = forms.ChoiceField(
        label="Mode de paiement",
        choices=[
            (Order.Method.TRANSFER, "Paiement par virement"),
            (Order.Method.CARD, "Paiement par carte bancaire"),
        ],
        widget=forms.RadioSelect,
        initial=Order.Method.TRANSFER,
        error_messages={"required": "Choisissez un mode de paiement."},
    )
    purchase_order_number = forms.CharField(
        label="Votre n° de commande", max_length=50, required=False, help_text="Facultatif."
    )
