from __future__ import annotations

from django import forms

from recruiting import cvs
from recruiting.models import Candidate
from reference.models import ContractType, Diploma, Profession, Public

from .fields import CommuneField, PhoneField

RADII = [(km, f"{km} km") for km in (10, 20, 30, 50, 100)]


def professions_by_family() -> list[tuple[str, list[tuple[int | str, str]]]]:
    """Choices of a profession, grouped by family. One query."""
    groups: dict[str, list[tuple[int | str, str]]] = {}
    for profession in Profession.objects.order_by("family", "label"):
        groups.setdefault(profession.family, []).append((profession.pk, profession.label))
    return [("", [("", "Choisissez un métier")]), *groups.items()] if groups else []


class ProfileForm(forms.ModelForm):
    """What a candidate looks for and brings. Everything but the profession may stay empty."""

    commune = CommuneField(
        label="Commune",
        required=False,
        help_text="Là où vous cherchez, par exemple « Villeurbanne » ou « 69100 ».",
    )
    radius_km = forms.TypedChoiceField(label="Autour, dans un rayon de", choices=RADII, coerce=int)
    phone = PhoneField(
        label="Téléphone", required=False, help_text="Montré aux seuls employeurs qui ouvrent votre profil."
    )
    diplomas = forms.ModelMultipleChoiceField(
        Diploma.objects.all(), label="Diplômes", required=False, widget=forms.CheckboxSelectMultiple
    )
    publics = forms.ModelMultipleChoiceField(
        Public.objects.all(),
        label="Publics que vous connaissez",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contract_types = forms.ModelMultipleChoiceField(
        ContractType.objects.all(),
        label="Contrats acceptés",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Candidate
        fields = [
            "profession",
            "experience",
            "commune",
            "radius_km",
            "contract_types",
            "available_on",
            "diplomas",
            "publics",
            "headline",
            "presentation",
        ]
        widgets = {
            "available_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "presentation": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "available_on": "Vide si vous êtes disponible tout de suite.",
            "headline": "En une ligne, par exemple « Éducatrice spécialisée, protection de l’enfance ».",
            "presentation": "Ne dites rien de votre santé ni de votre vie privée : l’employeur n’a pas à le savoir.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["profession"].required = True
        self.fields["profession"].error_messages["required"] = "Choisissez le métier que vous cherchez."
        self.fields["profession"].widget.choices = professions_by_family()
        self.initial["commune"] = self.instance.commune
        self.fields["phone"].initial = self.instance.user.phone
        current = self.instance.radius_km
        if current not in dict(RADII):
            self.fields["radius_km"].choices = sorted([*RADII, (current, f"{current} km")])

    def save(self, commit=True):
        candidate = super().save(commit)
        user = candidate.user
        if user.phone != self.cleaned_data["phone"]:
            user.phone = self.cleaned_data["phone"]
            user.save(update_fields=["phone"])
        return candidate


class CvForm(forms.Form):
    """A new CV file. `cvs.store` judges it."""

    cv = forms.FileField(
        label="Votre CV",
        required=False,
        allow_empty_file=True,
        help_text="En PDF, 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def save_for(self, candidate: Candidate) -> bool:
        """Store the file as the candidate's current CV; False with the error on the field when it is refused."""
        try:
            cvs.store(self.cleaned_data.get("cv"), candidate)
        except cvs.CvRefused as refusal:
            self.add_error("cv", refusal)
            return False
        return True


class LibraryForm(forms.Form):
    """Consent to the CV library: a box of its own that nobody has ticked beforehand."""

    consent = forms.BooleanField(
        label="J’accepte que mon profil et mon CV soient visibles dans la CVthèque.",
        error_messages={
            "required": "Cochez la case pour entrer dans la CVthèque : sans votre accord, rien n’est montré."
        },
    )
