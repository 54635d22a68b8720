"""The employer's own questions in the application form."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from pages.models import ScreeningQuestion

PREFIX = "question_"
YES_NO = [("Oui", "Oui"), ("Non", "Non")]


def fields_for(questions: Iterable[ScreeningQuestion]) -> dict[str, forms.Field]:
    """A field for each question, by the name it has in the form."""
    return {f"{PREFIX}{question.pk}": _field(question) for question in questions}


def _field(question: ScreeningQuestion) -> forms.Field:
    if question.kind == ScreeningQuestion.Kind.YES_NO:
        return forms.ChoiceField(
            label=question.text,
            required=question.required,
            choices=YES_NO,
            widget=forms.RadioSelect,
            error_messages={"required": "Choisissez oui ou non."},
        )
    return forms.CharField(
        label=question.text,
        required=question.required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Répondez en quelques mots."},
        help_text="" if question.required else "Facultatif.",
    )
