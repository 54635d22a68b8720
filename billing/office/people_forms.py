"""What the office types to help the people of a customer."""

from typing import cast

from django import forms

from accounts.models import Employer

from .forms import SAY_WHY


class ReasonForm(forms.Form):
    """Why the office steps in; the person reads it too."""

    reason = forms.CharField(
        label="Motif",
        max_length=200,
        error_messages=SAY_WHY,
        help_text="reste dans l’historique, et se lit dans l’e-mail à la personne",
    )


class AdministratorForm(ReasonForm):
    """Who is to administer a team: one of its members, or somebody else by address."""

    member = forms.ChoiceField(label="Membre de l’équipe", widget=forms.RadioSelect, required=False)
    email = forms.EmailField(
        label="Adresse e-mail", required=False, help_text="celle de la personne à inviter"
    )
    field_order = ["member", "email", "reason"]

    def __init__(self, *args, employer: Employer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "reste dans l’historique de l’équipe, que ses membres lisent"
        members = employer.memberships.filter(user__is_active=True).select_related("user").order_by("pk")
        choices = [
            (m.user.email, f"{m.user}, {m.user.email} ({m.get_role_display().lower()})") for m in members
        ]
        if choices:
            field = cast(forms.ChoiceField, self.fields["member"])
            field.choices = [*choices, ("", "Une autre personne, à cette adresse\u202f:")]
        else:
            del self.fields["member"]

    def clean(self) -> dict:
        data = super().clean() or {}
        chosen, typed = data.get("member", ""), data.get("email", "")
        if chosen and typed and chosen.lower() != typed.lower():
            self.add_error("email", "Choisissez un membre, ou donnez une autre adresse\u202f: pas les deux.")
        elif not chosen and not typed and "email" not in self.errors and "member" not in self.errors:
            self.add_error("email", "Choisissez un membre, ou donnez une adresse.")
        data["email"] = chosen or typed
        return data
