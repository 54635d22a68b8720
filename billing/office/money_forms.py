"""What the office types about money: what came in, what went back, what is sold to a customer and on what terms."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.admin.widgets import AdminDateInput

from accounts.models import Employer
from accounts.validators import validate_one_line
from billing import discounts, terms
from billing.delays import load as delays_set
from billing.models import CustomerTerms, DiscountCode, Offer, Order
from reference.dates import paris_day, validate_day

from .forms import SAY_WHY, OnceForm

_SURE = "Je confirme\u202f: c’est bien cela"


class SureForm(forms.Form):
    """A form whose unusual contents are asked about once more: the box to tick appears with the doubt."""

    sure = forms.BooleanField(label=_SURE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sure" not in self.data:
            self.fields["sure"].widget = forms.HiddenInput()

    def ask_whether_sure(self, doubt: ValidationError) -> None:
        """Say what is unusual, and show the box."""
        self.add_error(None, doubt)
        self.add_error("sure", "Cochez cette case si c’est voulu, puis enregistrez à nouveau.")
        self.fields["sure"].widget = forms.CheckboxInput()


class TransferForm(SureForm, OnceForm):
    """A line of the bank statement."""

    amount = forms.DecimalField(
        label="Montant reçu", max_digits=11, decimal_places=2, min_value=Decimal("0.01"), localize=True,
        help_text="en euros, comme sur le relevé\u202f: 1080,00",
    )  # fmt: skip
    received_on = forms.DateField(
        label="Reçu le", widget=AdminDateInput, initial=paris_day, validators=[validate_day]
    )
    bank_reference = forms.CharField(
        label="Référence bancaire", max_length=80, required=False, help_text="le libellé de l’opération"
    )
    field_order = ["amount", "received_on", "bank_reference", "sure", "key"]

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_reference"].widget.attrs["placeholder"] = order.number


class ReturnForm(OnceForm):
    """Money sent back to its payer."""

    amount = forms.DecimalField(
        label="Montant rendu", max_digits=11, decimal_places=2, min_value=Decimal("0.01"), localize=True
    )
    returned_on = forms.DateField(
        label="Rendu le", widget=AdminDateInput, initial=paris_day, validators=[validate_day]
    )
    bank_reference = forms.CharField(
        label="Référence bancaire", max_length=80, required=False, help_text="le libellé de votre virement"
    )
    field_order = ["amount", "returned_on", "bank_reference", "key"]


class NoteForm(forms.Form):
    """Why an order is given up, or an entry left alone."""

    note = forms.CharField(
        label="Motif", max_length=200, required=False, help_text="reste dans l’historique de la commande"
    )


class WhyForm(forms.Form):
    """Why an order is taken up again."""

    reason = forms.CharField(
        label="Motif",
        max_length=180,
        help_text="reste dans l’historique de la commande",
        error_messages=SAY_WHY,
    )


class SaleForm(OnceForm):
    """Offers and quantities for a customer: a field an offer on sale; its order number, a discount code."""

    discount_code = forms.ModelChoiceField(
        label="Code de remise",
        queryset=DiscountCode.objects.filter(is_active=True),
        required=False,
        empty_label="Sans remise",
    )
    purchase_order_number = forms.CharField(
        label="N° de commande du client",
        max_length=50,
        required=False,
        validators=[validate_one_line],
        help_text="bon de commande ou numéro d’engagement, repris sur la facture",
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        self.fields["purchase_order_number"].initial = employer.chorus_engagement
        self.offers = {
            f"offer-{offer.pk}": offer for offer in Offer.objects.on_sale(paris_day()).exclude(price=0)
        }
        for name, offer in self.offers.items():
            self.fields[name] = forms.IntegerField(
                label=offer.name, min_value=0, max_value=99, required=False, initial=0
            )

    @property
    def rows(self) -> list[tuple[Offer, forms.BoundField]]:
        """Each offer with its field, for the template."""
        return [(offer, self[name]) for name, offer in self.offers.items()]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are no offer's and are shown."""
        return [field for field in self.visible_fields() if field.name not in self.offers]

    @property
    def items(self) -> list[tuple[Offer, int]]:
        """What was chosen, once the form is valid."""
        chosen = ((offer, self.cleaned_data.get(name)) for name, offer in self.offers.items())
        return [(offer, quantity) for offer, quantity in chosen if quantity]

    def clean(self) -> dict:
        data = super().clean() or {}
        if self.errors:
            return data
        if not self.items:
            raise ValidationError("Indiquez une quantité pour au moins une offre.")
        if code := data.get("discount_code"):
            try:
                discounts.check(code, self.employer, [offer for offer, _ in self.items])
            except discounts.DiscountError as refusal:
                self.add_error("discount_code", refusal)
        return data


class OrderForm(SaleForm):
    """An order on invoice. A public customer's invoice is rejected by Chorus Pro without what its service asks for."""

    without_reference = forms.BooleanField(
        label="Le client confirme que ni l’un ni l’autre n’est exigé",
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict:
        data = super().clean()
        named = data.get("purchase_order_number") or self.employer.chorus_service_code
        if self.employer.is_public_body and not named and not data.get("without_reference"):
            self.add_error(
                "purchase_order_number",
                "Client public\u202f: Chorus Pro demande un numéro d’engagement ou un code service. Indiquez le "
                "numéro, complétez le code service dans la fiche, ou cochez que ce client n’en exige pas.",
            )
            self.fields["without_reference"].widget = forms.CheckboxInput()
        elif data.get("without_reference"):
            self.fields["without_reference"].widget = forms.CheckboxInput()
        return data


class QuoteForm(SaleForm):
    """A quote for a customer: to whom it is mailed, until when it is valid."""

    recipient = forms.EmailField(label="Envoyer à", help_text="le devis part par e-mail à cette adresse")
    valid_until = forms.DateField(label="Valable jusqu’au", widget=AdminDateInput, validators=[validate_day])

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, employer=employer, **kwargs)
        member = (
            employer.memberships.filter(user__is_active=True).select_related("user").order_by("pk").first()
        )
        self.fields["recipient"].initial = employer.billing_email or (member.user.email if member else "")
        self.fields["valid_until"].initial = delays_set().quote_until(paris_day())


class SendForm(forms.Form):
    """To whom a quote is mailed again."""

    recipient = forms.EmailField(label="Envoyer à")


class TermsForm(forms.ModelForm):
    """What was agreed with a customer who pays on invoice."""

    pays_on_invoice = forms.BooleanField(label="Paie sur facture", required=False)

    class Meta:
        model = CustomerTerms
        fields = ["invoice_limit", "days_to_pay", "note"]
        localized_fields = ["invoice_limit"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": "pour l’équipe\u202f: qui l’a convenu, et quand"}

    field_order = ["pays_on_invoice", "invoice_limit", "days_to_pay", "note"]

    def __init__(self, data: QueryDict | None, employer: Employer) -> None:
        super().__init__(data, instance=terms.terms_of(employer))
        self.fields["pays_on_invoice"].initial = employer.pays_on_invoice

    def clean_invoice_limit(self) -> Decimal | None:
        limit = self.cleaned_data["invoice_limit"]
        if limit is not None and limit < 0:
            raise ValidationError("Indiquez une limite positive, ou rien.")
        return limit
