"""allauth's forms with this site's labels and help: a placeholder is no label."""

import struct

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html

FIRST = "Mot de passe"
ANOTHER = "Nouveau mot de passe"
#: Of a passkey's name.
NAME_LENGTH = 60

#: Label of each field that allauth's forms may have.
LABELS = {
    "login": "Adresse e-mail",
    "email": "Adresse e-mail",
    "password": FIRST,
    "remember": "Rester connecté sur cet appareil",
    "oldpassword": "Mot de passe actuel",
    "password1": ANOTHER,
    "password2": "Le même, encore une fois",
    "code": "Code",
}


class _Worded:
    """Gives a form's fields our labels, and takes placeholders and allauth's help away."""

    labels: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = (LABELS | self.labels).get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.help_text = password_validators_help_text_html() if name == "password1" else ""


class LoginForm(_Worded, account.LoginForm):
    pass


class ResetPasswordForm(_Worded, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(_Worded, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_Worded, account.ChangePasswordForm):
    pass


class SetPasswordForm(_Worded, account.SetPasswordForm):
    labels = {"password1": FIRST}


class ReauthenticateForm(_Worded, account.ReauthenticateForm):
    pass


class AddEmailForm(_Worded, account.AddEmailForm):
    labels = {"email": "Nouvelle adresse e-mail"}


class ChangeEmailForm(_Worded, account.ChangeEmailForm):
    labels = {"email": "Nouvelle adresse e-mail"}


class AuthenticateForm(_Worded, mfa.AuthenticateForm):
    pass


class MFAReauthenticateForm(_Worded, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(_Worded, totp.ActivateTOTPForm):
    pass


#: What allauth and fido2 raise for a text that no passkey wrote: all of it comes from whoever sends the form.
NO_PASSKEY = (
    InvalidSignature,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)


class _Passkey:
    """A form with a passkey's answer: what is none is an error of the form, not of the site."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except forms.ValidationError:
            raise
        except NO_PASSKEY as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginWebAuthnForm(_Passkey, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(_Passkey, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(_Passkey, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(_Worded, webauthn.AddWebAuthnForm):
    labels = {
        "name": "Nom de la clé",
        "passwordless": "M’en servir pour me connecter sans mot de passe",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = NAME_LENGTH
        self.fields["name"].widget.attrs |= {"maxlength": NAME_LENGTH, "autocomplete": "off"}
        self.fields["name"].help_text = "Pour la reconnaître dans la liste, par exemple « Téléphone »."
        self.fields["passwordless"].initial = True
        self.fields[
            "passwordless"
        ].help_text = "L’appareil demande alors votre empreinte, votre visage ou son propre code."

    def clean(self) -> dict:
        try:
            return super().clean()
        except forms.ValidationError:
            raise
        except NO_PASSKEY as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def clean_name(self) -> str:
        return super().clean_name()[:NAME_LENGTH]


class EditWebAuthnForm(_Worded, webauthn.EditWebAuthnForm):
    labels = {"name": "Nom de la clé"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["name"]
        self.fields["name"] = forms.CharField(
            label=field.label, max_length=NAME_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"})
        )
