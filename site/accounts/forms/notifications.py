"""The form of the mails one wants."""

from django import forms

from accounts import notifications
from accounts.models import User


class NotificationsForm(forms.Form):
    """A box for each kind that concerns the person."""

    def __init__(self, user: User, data=None):
        super().__init__(data)
        self.user = user
        for kind, wanted in notifications.choices_of(user).items():
            self.fields[kind.code] = forms.BooleanField(
                label=kind.label, help_text=kind.help, initial=wanted, required=False
            )

    def save(self) -> None:
        """Keep what was ticked and what was not."""
        notifications.choose(self.user, self.cleaned_data)
