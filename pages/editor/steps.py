"""The steps of the ad's editor, and what publishing asks for in each. Editor, checks and progress mark read this."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags

#: The title of an ad that only holds the place of one.
PLACEHOLDER = "Nouvelle annonce"


@dataclass(frozen=True)
class Need:
    """Something that publishing asks for: one of `names` is filled in, where `when` (field, value) holds."""

    names: tuple[str, ...]
    label: str
    sentence: str
    when: tuple[str, str] | None = None

    def is_asked(self, value: Callable[[str], Any]) -> bool:
        return self.when is None or str(value(self.when[0]) or "") == self.when[1]

    def is_met(self, value: Callable[[str], Any]) -> bool:
        return any(is_filled(value(name)) for name in self.names)


@dataclass(frozen=True)
class Step:
    """A tab of the editor."""

    title: str
    needs: tuple[Need, ...]
    #: Its other fields, for whom a message may be meant.
    others: tuple[str, ...] = field(default=())

    @property
    def fields(self) -> tuple[str, ...]:
        return (*(name for need in self.needs for name in need.names), *self.others)


PAY = (
    Need(("pay_min",), "Salaire brut minimum", "Donnez le bas de la fourchette de salaire."),
    Need(("pay_max",), "Salaire brut maximum", "Donnez le haut de la fourchette de salaire."),
)

STEPS = (
    Step(
        "1. Le poste",
        (
            Need(("title",), "Intitulé du poste", "Donnez à l’annonce l’intitulé du poste."),
            Need(("profession",), "Métier", "Choisissez le métier dans la liste."),
            Need(
                ("structure_type", "establishment"), "Type de structure", "Choisissez le type de structure."
            ),
            Need(("commune", "establishment"), "Commune du poste", "Dites dans quelle commune on travaille."),
            Need(("missions",), "Missions", "Décrivez les missions en quelques lignes."),
        ),
        ("remote", "lede"),
    ),
    Step(
        "2. Le profil",
        (Need(("profile",), "Profil recherché", "Dites qui peut réussir à ce poste."),),
        ("publics", "diplomas", "experience", "languages", "driving_licence"),
    ),
    Step(
        "3. Les conditions",
        (Need(("contract_type",), "Type de contrat", "Choisissez le type de contrat."),),
        (
            "contract_length", "working_time", "hours", "starts_on", "agreement", "grade", "pay_min", "pay_max",
            "pay_period", "keeps_seniority", "benefits",
        ),
    ),
    Step(
        "4. Les candidatures",
        (
            Need(
                ("apply_url",),
                "Lien vers votre processus de recrutement",
                "Donnez le lien où les candidats postulent, ou recevez les candidatures ici.",
                ("apply_mode", "lien"),
            ),
            Need(
                ("apply_email",),
                "Adresse e-mail où postuler",
                "Donnez l’adresse où les candidats écrivent, ou recevez les candidatures ici.",
                ("apply_mode", "mail"),
            ),
        ),
        ("apply_mode", "questions", "notified", "go_live_at"),
    ),
    Step(
        "5. Le magazine",
        (Need(("print_text",), "Texte de l’encart", "Écrivez le texte qui paraîtra dans le magazine."),),
        ("print_logo", "print_issue"),
    ),
)  # fmt: skip


def is_filled(value: Any) -> bool:
    """Whether there is something to read in a field's value; a rich text of empty paragraphs is nothing."""
    if isinstance(value, str):
        return strip_tags(value).strip() not in ("", PLACEHOLDER)
    return value is not None and value != []


def steps_for(fields: Iterable[str], *, pay_required: bool) -> list[tuple[Step, list[Need]]]:
    """The steps that a form with these fields has, each with what publishing asks for in it."""
    present = set(fields)
    found = []
    for step in STEPS:
        if not present.intersection(step.fields):
            continue
        needs = [need for need in step.needs if need.names[0] in present]
        if pay_required and "pay_min" in step.fields:
            needs += PAY
        found.append((step, needs))
    return found


def missing(needs: Iterable[Need], value: Callable[[str], Any]) -> list[Need]:
    """What of it is still to be filled in."""
    return [need for need in needs if need.is_asked(value) and not need.is_met(value)]


def step_of(name: str) -> str:
    """The title of the step that a field stands in; "" for one that is the office's."""
    return next((step.title for step in STEPS if name in step.fields), "")
