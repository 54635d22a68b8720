from django import forms

from .fields import FormKeyField


class MessageForm(forms.Form):
    """One message of a conversation."""

    body = forms.CharField(
        label="Votre message",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez votre message avant de l’envoyer."},
    )
    form_key = FormKeyField()
