from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.html import format_html

from accounts.validators import validate_person_name
from pages.models import ScreeningQuestion
from recruiting import cvs
from recruiting.applications import Sender
from recruiting.models import Candidate, Cv

from . import questions as screening
from .fields import FormKeyField, HoneypotField, PhoneField


class ApplyForm(forms.Form):
    """Applying: who, a CV, a letter. No account needed.

    A sound file is kept at once, whatever else is wrong with the form: `self.chosen` is its row and the field `staged`
    names it at the next try, because a browser forgets the chosen file.
    """

    first_name = forms.CharField(
        label="Prénom",
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Indiquez votre prénom."},
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=150,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Indiquez votre nom."},
    )
    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Indiquez votre adresse e-mail.",
            "invalid": "Écrivez votre adresse e-mail ainsi : prenom.nom@exemple.fr.",
        },
        help_text="Pour la confirmation et le lien de suivi.",
    )
    phone = PhoneField(label="Téléphone", required=False, help_text="Facultatif.")
    cv = forms.FileField(
        label="Votre CV",
        allow_empty_file=True,
        error_messages={"required": cvs.SENTENCES["missing"]},
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    letter = forms.CharField(
        label="Votre lettre",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Facultative. Quelques lignes sur ce qui vous amène suffisent.",
    )
    website = HoneypotField()
    form_key = FormKeyField()
    staged = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        candidate: Candidate | None = None,
        questions: Iterable[ScreeningQuestion] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.asked = screening.fields_for(questions)
        self.fields |= self.asked
        self.kept = cvs.current_of(candidate)
        self.chosen: Cv | None = None
        if self.is_bound and (staged := cvs.staged(self.data.get("staged", ""))):
            self.kept = staged
        self._describe_file()

    def _describe_file(self) -> None:
        limit = "En PDF, 10 Mo au plus."
        self.fields["cv"].required = self.kept is None
        # On the bound field: it took its copy of the field's text when the data were read.
        self["cv"].help_text = (
            format_html("Sans autre fichier, « {} » est joint. {}", self.kept.file_name, limit)
            if self.kept
            else limit
        )

    def clean(self):
        super().clean()
        if "cv" in self.errors:
            return
        upload = self.cleaned_data.get("cv")
        try:
            self.chosen = cvs.store(upload) if upload else self.kept
        except cvs.CvRefused as refusal:
            self.add_error("cv", refusal)
        if self.chosen and self.chosen.candidate_id is None:
            self.kept = self.chosen
            self._describe_file()

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The employer's questions, in their order."""
        return [self[name] for name in self.asked]

    @property
    def answers(self) -> list[dict[str, str]]:
        """Each question as it was asked, with its answer, once the form is valid."""
        return [
            {"question": str(field.label), "answer": self.cleaned_data[name].strip()}
            for name, field in self.asked.items()
        ]

    @property
    def sender(self) -> Sender:
        """Who applies, once the form is valid."""
        names = ("first_name", "last_name", "email", "phone")
        return Sender(**{name: self.cleaned_data[name].strip() for name in names})

    @property
    def staged_key(self) -> str:
        """What the next try must carry to find the file again; "" when there is none or it is the profile's own."""
        return cvs.staged_key(self.kept) if self.kept and self.kept.candidate_id is None else ""
