"""Forms of the team."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm

from accounts import roles
from accounts.models import Employer, Membership, User

from .person import NamedForm


class InvitationForm(forms.Form):
    """Whom to invite, to do what."""

    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Son adresse professionnelle : l’invitation n’est valable que pour elle.",
    )
    role = forms.ChoiceField(
        label="Rôle", choices=roles.choices, widget=forms.RadioSelect, initial=Membership.Role.RECRUITER
    )


class RoleForm(forms.Form):
    """The new role of a member."""

    role = forms.ChoiceField(choices=Membership.Role.choices)


class HandOverForm(forms.Form):
    """Who becomes administrator, and what the present one becomes."""

    member = forms.TypedChoiceField(label="Nouvel administrateur", coerce=int)
    own_role = forms.ChoiceField(
        label="Votre rôle ensuite",
        choices=[(value, text) for value, text in roles.choices() if value != Membership.Role.ADMINISTRATOR],
        widget=forms.RadioSelect,
        initial=Membership.Role.RECRUITER,
    )

    def __init__(self, employer: Employer, user: User, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = employer.memberships.filter(user__is_active=True).exclude(user=user).select_related("user")
        self.fields["member"].choices = [("", "Choisissez un membre")] + [
            (m.pk, f"{m.user} ({m.user.email})") for m in others
        ]


class JoinForm(NamedForm, SetPasswordForm):
    """A new account by an invitation: the person, and its password."""

    field_order = ["civility", "last_name", "first_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Mot de passe"
        self.fields["new_password2"].label = "Le même, encore une fois"
        self.fields["new_password2"].help_text = ""

    @property
    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.field_order}
