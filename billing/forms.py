"""Forms of the shop. Amounts never come from a form: only what is wanted, and how many."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.forms.fields import IdentifierField, SaysAll
from accounts.models import Employer
from accounts.validators import validate_one_line, validate_organisation_name

from . import identity
from .carts import MOST
from .models import Cart, Order, Quote


class AddForm(forms.Form):
    """An offer for the cart, by its code."""

    offer = forms.SlugField(max_length=60)
    quantity = forms.IntegerField(required=False, min_value=1, max_value=MOST)


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(
        validators=[MinValueValidator(0), MaxValueValidator(MOST)],
        error_messages={"required": "Indiquez une quantité.", "invalid": "Indiquez un nombre."},
    )


class CodeForm(forms.Form):
    """A discount code, as it was typed."""

    code = forms.CharField(
        label="Code de remise",
        max_length=60,
        error_messages={"required": "Tapez votre code de remise."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


def _ask_for_engagement(field: forms.Field, employer: Employer) -> None:
    """Tell a public body what its invoice is rejected without: it cannot be corrected once it is issued."""
    if employer.is_public_body:
        field.label = "N° d’engagement ou de commande"
        field.help_text = (
            "Organisme public : si votre service l’exige, Chorus Pro rejette une facture sans n° d’engagement. "
            "Demandez-le à votre service financier avant de commander."
        )


class OrderNumberForm(forms.Form):
    """Step 1 of who buys and may not change to whom the invoice is made out: only the order's own number."""

    purchase_order_number = forms.CharField(
        label="Votre n° de commande",
        max_length=50,
        required=False,
        validators=[validate_one_line],
        help_text="Facultatif : il figurera sur le devis et la facture.",
    )

    def __init__(self, *args, cart: Cart, **kwargs):
        super().__init__(*args, **kwargs)
        self.cart = cart
        self.fields["purchase_order_number"].initial = (
            cart.purchase_order_number or cart.employer.chorus_engagement
        )
        _ask_for_engagement(self.fields["purchase_order_number"], cart.employer)

    def save_number(self) -> None:
        """Save the cart's order number."""
        self.cart.purchase_order_number = self.cleaned_data["purchase_order_number"]
        self.cart.save(update_fields=["purchase_order_number"])


class InformationForm(SaysAll, OrderNumberForm, forms.ModelForm):
    """Step 1: to whom the invoice is made out."""

    siret = IdentifierField(
        label="SIRET", required=False, max_length=14, help_text="14 chiffres. Obligatoire en France."
    )
    vat_number = IdentifierField(
        label="N° de TVA intracommunautaire",
        required=False,
        max_length=20,
        help_text="Si vous en avez un, avec les deux lettres du pays. Vide hors de l’Union européenne.",
    )

    class Meta:
        model = Employer
        fields = [
            "legal_name",
            "country",
            "siret",
            "vat_number",
            "address",
            "address_2",
            "postcode",
            "city",
            "billing_email",
        ]
        help_texts = {
            "billing_email": "Facultatif avec un SIRET\u202f: la facture y est envoyée aussi.",
            "country": "Outre-mer : choisissez France, le code postal fait le reste.",
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
        # As wherever the name is typed: invitations to anybody carry it.
        self.fields["legal_name"].validators.append(validate_organisation_name)
        for name in ("address", "city"):
            self.fields[name].required = True

    def _post_clean(self) -> None:
        # The identity as a whole, once each field is on the employer; what a field said itself is not said twice.
        super()._post_clean()  # type: ignore[misc]
        for name, words in identity.faults(self.instance).items():
            if name not in self.fields:
                self.add_error(None, words)
            elif name not in self.errors:
                self.add_error(name, words)

    def save(self, commit: bool = True) -> Employer:
        """Save the employer's identity and the cart's order number."""
        employer = super().save(commit=commit)
        self.save_number()
        return employer


class ProofForm(forms.Form):
    """Step 2, for what is printed: whether a copy of the issue goes out, and where to."""

    SEND, NONE = "send", "none"

    proof = forms.ChoiceField(
        label="Un exemplaire du numéro où paraît votre annonce",
        choices=[(SEND, "Envoyez-le à cette adresse"), (NONE, "Non merci, pas d’exemplaire")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez si vous souhaitez un exemplaire."},
    )
    address = forms.CharField(
        label="Adresse d’envoi",
        max_length=500,
        required=False,
        help_text="Telle qu’elle doit être écrite sur l’enveloppe.",
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "street-address"}),
    )

    def clean(self) -> dict:
        data = super().clean() or {}
        if data.get("proof") == self.SEND and not data.get("address") and "address" not in self.errors:
            self.add_error("address", "Indiquez où envoyer l’exemplaire, ou refusez-le.")
        return data

    @classmethod
    def initial_of(cls, cart: Cart) -> dict[str, str]:
        """What was chosen; before that, a copy to where the employer has its letters sent."""
        own = "\n".join([cart.employer.legal_name, *cart.employer.postal_lines])
        refused = cart.proof_asked and not cart.proof_address
        return {"proof": cls.NONE if refused else cls.SEND, "address": cart.proof_address or own}

    def save(self, cart: Cart) -> None:
        """Keep the choice with the cart."""
        wanted = self.cleaned_data["proof"] == self.SEND
        cart.proof_address = self.cleaned_data["address"] if wanted else ""
        cart.proof_asked = True
        cart.save(update_fields=["proof_address", "proof_asked"])


class ReviewForm(forms.Form):
    """Step 3: the last look, the terms, and how to pay. `key` names the very cart that was looked at.

    `total` is the total that was looked at: a claim to compare with, never an amount to charge.
    """

    QUOTE = "quote"
    CHOICES = [
        (Order.Method.CARD, "Paiement par carte bancaire"),
        (Order.Method.TRANSFER, "Paiement par virement"),
        (QUOTE, "Obtenir un devis pour cette commande"),
    ]

    STALE = "Cette page n’est plus à jour : rechargez-la, puis confirmez à nouveau."

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE})
    total = forms.DecimalField(
        widget=forms.HiddenInput,
        required=False,
        max_digits=11,
        decimal_places=2,
        error_messages=dict.fromkeys(
            ["invalid", "max_digits", "max_decimal_places", "max_whole_digits"], STALE
        ),
    )
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
        label="Votre n° de commande",
        max_length=50,
        required=False,
        validators=[validate_one_line],
        help_text="Facultatif.",
    )
    terms = forms.BooleanField(
        label="J’accepte les conditions générales de vente",
        error_messages={"required": "Acceptez les conditions générales pour commander."},
    )

    def __init__(self, *args, quote: Quote, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purchase_order_number"].initial = quote.purchase_order_number
        _ask_for_engagement(self.fields["purchase_order_number"], quote.employer)
