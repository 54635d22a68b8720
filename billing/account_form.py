"""What the statement of the credits is filtered by, as it stands in the address."""

from django import forms

from reference.dates import validate_day

from .account import Choice
from .models import CreditMovement


class AccountForm(forms.Form):
    """All of it may be left out. What cannot be read is said, and filters nothing."""

    credit = forms.ChoiceField(label="Crédit", required=False)
    nature = forms.ChoiceField(
        label="Mouvement", required=False, choices=[("", "Tous"), *CreditMovement.Kind.choices]
    )
    du = forms.DateField(
        label="Du",
        required=False,
        validators=[validate_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label="Au",
        required=False,
        validators=[validate_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, credits: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credit"] = forms.ChoiceField(
            label="Crédit", required=False, choices=[("", "Tous"), *credits]
        )

    @property
    def choice(self) -> Choice:
        """The filters that could be read."""
        self.is_valid()
        data = self.cleaned_data
        return Choice(
            credit=data.get("credit", ""),
            nature=data.get("nature", ""),
            since=data.get("du"),
            until=data.get("au"),
        )

    @property
    def is_active(self) -> bool:
        """Whether the list is but a part of the account."""
        return self.choice != Choice()
