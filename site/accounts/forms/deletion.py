"""Proving who one is before the account goes."""

from django import forms

from accounts.models import User


class DeletionForm(forms.Form):
    """The password; who has none (login by the publisher's server) types the address instead."""

    password = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    email = forms.EmailField(
        label="Votre adresse e-mail",
        help_text="Tapez-la en entier pour confirmer.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, user: User, data=None):
        super().__init__(data)
        self.user = user
        del self.fields["email" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("Ce n’est pas votre mot de passe.")
        return ""

    def clean_email(self) -> str:
        if self.cleaned_data["email"].lower() != self.user.email.lower():
            raise forms.ValidationError("Ce n’est pas l’adresse de votre compte.")
        return ""
