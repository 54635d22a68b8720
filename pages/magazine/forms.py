"""What the desk writes."""

from django import forms
from django.utils import timezone

from .models import MagazineIssue, PrintInsert


class InsertForm(forms.ModelForm):
    """Text and place of an insert, until it is laid out."""

    class Meta:
        model = PrintInsert
        fields = ["headline", "text", "contact_line", "issue"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "maxlength": 600})}
        help_texts = {
            "text": "600 signes au plus. Si l’employeur publie de nouveau son annonce, son texte remplace celui-ci.",
            "issue": "parmi les numéros qui ne sont pas bouclés",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        open_issues = MagazineIssue.objects.open_at(timezone.now())
        self.fields["issue"].queryset = open_issues
        self.fields["issue"].empty_label = "En attente d’un numéro"
