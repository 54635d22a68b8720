"""Forms about a person."""

from django import forms

from accounts.models import User
from accounts.validators import validate_person_name

from .fields import PhoneField

CIVILITIES = [*User.Civility.choices]


class NamedForm(forms.Form):
    """How a person is called, as every form that opens an account asks it."""

    civility = forms.ChoiceField(label="Civilité", choices=CIVILITIES, widget=forms.RadioSelect)
    last_name = forms.CharField(
        label="Nom",
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    first_name = forms.CharField(
        label="Prénom",
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )


class SignUpForm(NamedForm):
    """Opening an account: no password yet, and no answer to whether the address is known."""

    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y envoyons le lien pour choisir votre mot de passe.",
    )

    field_order = ["email", "civility", "last_name", "first_name"]


class LinkAgainForm(forms.Form):
    """Asking for a new link."""

    email = forms.EmailField(
        label="Adresse e-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class PersonForm(forms.ModelForm):
    """A person's own data. The address and the password have pages of their own."""

    civility = forms.ChoiceField(label="Civilité", choices=CIVILITIES, widget=forms.RadioSelect)
    phone = PhoneField(
        label="Téléphone", required=False, help_text="Pour le service clients ; il n’est pas publié."
    )

    class Meta:
        model = User
        fields = ["civility", "last_name", "first_name", "phone"]
        widgets = {
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
        }
        help_texts = {"phone": "Pour le service clients ; il n’est pas publié."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("last_name", "first_name"):
            self.fields[name].validators.append(validate_person_name)
