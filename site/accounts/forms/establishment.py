"""The form of an establishment."""

from django import forms

from accounts.models import Establishment
from reference.forms import CommuneField
from reference.models import StructureType

from .fields import IdentifierField


def structures_by_field() -> list[tuple[str, list[tuple[int | str, str]]]]:
    """Choices of a structure type, grouped by field. One query."""
    groups: dict[str, list[tuple[int | str, str]]] = {}
    for structure in StructureType.objects.order_by("field", "position", "label"):
        groups.setdefault(structure.field, []).append((structure.pk, structure.label))
    return [("", [("", "Choisissez un type")]), *groups.items()]


class EstablishmentForm(forms.ModelForm):
    """A place of work of the organisation."""

    commune = CommuneField(label="Commune", help_text="Par exemple « Villeurbanne » ou « 69100 ».")
    finess = IdentifierField(
        label="N° FINESS",
        required=False,
        max_length=9,
        help_text="Facultatif : celui de l’établissement, 9 caractères.",
    )

    class Meta:
        model = Establishment
        fields = ["name", "structure_type", "address", "postcode", "commune", "finess"]
        help_texts = {"name": "Tel que les candidats le connaissent, par exemple « EHPAD Les Tilleuls »."}
        widgets = {
            "address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["structure_type"].widget.choices = structures_by_field()
        if self.instance.commune_id:
            self.initial["commune"] = self.instance.commune

    def clean_name(self) -> str:
        """One name, one establishment: a list of choices must tell them apart."""
        name = " ".join(self.cleaned_data["name"].split())
        others = self.instance.employer.establishments.exclude(pk=self.instance.pk)
        if twin := others.filter(name__iexact=name).first():
            hint = " Il est archivé : remettez-le en service." if twin.is_archived else ""
            raise forms.ValidationError(f"Vous avez déjà un établissement de ce nom.{hint}")
        return name
