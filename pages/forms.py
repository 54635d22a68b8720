"""Forms of the public pages."""

from django import forms

from accounts.validators import validate_person_name

from .models import ContactMessage


class ContactForm(forms.ModelForm):
    """A message to the office. `website` is a trap: people do not see it, robots fill it in."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "phone", "organisation", "subject", "body"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "body": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "Choisissez un sujet"), *ContactMessage.Subject.choices]
        self.fields["name"].validators.append(validate_person_name)

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))
