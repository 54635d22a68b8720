"""The checks of an ad in the editor: a draft is saved with anything missing, publishing asks for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.choices import BaseChoiceIterator

from accounts.access import EDITORS
from accounts.models import Establishment, User
from billing.models import Offer
from pages import lawful, wordings

from . import steps
from .forms import OwnPageForm, for_both

PRINT_FIELDS = ("print_text", "print_logo", "print_issue")
#: What an author reads and keeps: the name of the tick in the form.
KEEP = "keep_wordings"
#: Fields that show a whole list of reference.
CHOSEN = ("structure_type", "contract_type", "agreement", "publics", "diplomas")


class Once(BaseChoiceIterator):
    """Choices that are asked for when they are first shown, and kept: the editor goes through them twice."""

    def __init__(self, ask: Callable[[], Iterable[tuple]]):
        self.ask = ask

    @cached_property
    def choices(self) -> list[tuple]:
        return list(self.ask())

    def __iter__(self) -> Iterator[tuple]:
        return iter(self.choices)


def professions(queryset: QuerySet) -> Iterator[tuple]:
    """Choices of a profession by family, with its ROME code. One query."""
    families: dict[str, list[tuple[int, str]]] = {}
    rows = queryset.order_by("family", "label").values_list("pk", "label", "rome_code", "family")
    for pk, label, rome, family in rows:
        families.setdefault(family.capitalize(), []).append((pk, f"{label} ({rome})" if rome else label))
    yield ("", "Choisissez un métier")
    yield from families.items()


class JobAdForm(OwnPageForm):
    """An ad as its employer writes it. `missing` and `findings` are what the editor shows above its tabs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.offer_kind != Offer.Kind.WEB_PRINT:
            for name in PRINT_FIELDS:
                self.fields.pop(name, None)
        for name in CHOSEN:
            if field := self.fields.get(name):
                field.widget.choices = Once(partial(iter, field.choices))
        if profession := self.fields.get("profession"):
            profession.widget.choices = Once(partial(professions, profession.queryset))
        self._offer_own_places()
        self._offer_own_people()
        self._offer_open_issues()

    def _offer_own_places(self) -> None:
        """The employer's own establishments only, whatever is posted. Without any the field is not shown."""
        field = self.fields.get("establishment")
        if field is None:
            return
        offered = Establishment.objects.filter(employer=self.instance.employer_id).filter(
            Q(archived_at=None) | Q(pk=self.instance.establishment_id)
        )
        places = [(place.pk, str(place)) for place in offered]
        if not places:
            del self.fields["establishment"]
            return
        field.queryset = offered.select_related("commune", "structure_type")
        field.widget.choices = [("", "Aucun : je choisis le type et la commune"), *places]
        for name in ("structure_type", "commune"):
            # Either these or an establishment: `steps` asks for one of both.
            self.fields[name].required = False

    def _offer_own_people(self) -> None:
        """Those of the team who answer applications. Alone, there is nobody to choose."""
        field = self.fields.get("notified")
        if field is None:
            return
        team = User.objects.filter(
            is_active=True, memberships__employer=self.instance.employer_id, memberships__role__in=EDITORS
        ).order_by("last_name", "first_name", "email")
        people = [(user.pk, f"{user} ({user.email})") for user in team]
        if len(people) < 2:
            del self.fields["notified"]
            return
        field.queryset = team
        field.widget.choices = people

    def _offer_open_issues(self) -> None:
        if "print_issue" not in self.fields:
            return
        from pages.models import MagazineIssue

        open_or_chosen = Q(closes_at__gt=timezone.now()) | Q(pk=self.instance.print_issue_id)
        self.fields["print_issue"].queryset = MagazineIssue.objects.filter(open_or_chosen).order_by(
            "closes_at"
        )
        self.fields["print_issue"].empty_label = "Le prochain qui boucle"

    # --- What the editor shows ------------------------------------------------------------------------------------

    @cached_property
    def pay_is_required(self) -> bool:
        """The office's setting. One query."""
        from pages.models import AdRules

        rule = AdRules.objects.filter(site__is_default_site=True).values_list("pay_range", flat=True).first()
        return rule == AdRules.PayRange.REQUIRED

    @cached_property
    def own_steps(self) -> list[tuple[steps.Step, list[steps.Need]]]:
        """The steps that this ad has, with what publishing asks for in each."""
        return steps.steps_for(self.fields, pay_required=self.pay_is_required)

    def value_of(self, name: str) -> Any:
        """What a field holds now: as typed when the form was sent, else as saved."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name)
        return self.initial.get(name)

    def missing(self) -> list[tuple[steps.Step, list[steps.Need]]]:
        """Each step with what publishing still asks for in it."""
        return [(step, steps.missing(needs, self.value_of)) for step, needs in self.own_steps]

    @cached_property
    def findings(self) -> list[lawful.Finding]:
        """The wordings to look at again, in the texts as they stand."""
        names = [name for name in wordings.TEXTS if name in self.fields]
        return wordings.find(names, self.value_of, self._questions())

    @property
    def unconfirmed(self) -> list[lawful.Finding]:
        return lawful.unconfirmed(self.findings, self.instance.confirmed_warnings)

    def _questions(self) -> list[str]:
        formset = self.formsets.get("questions")
        if formset is None:
            return []
        if not self.is_bound:
            return [question.text for question in self.instance.questions.all()]
        sent = [form for form in formset.forms if form.is_valid()]
        return [form.cleaned_data.get("text", "") for form in sent if not form.cleaned_data.get("DELETE")]

    # --- Checks -----------------------------------------------------------------------------------------------------

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        self._take_the_place(cleaned)
        if self.is_publishing:
            self._check_title(cleaned)
            self._check_pay(cleaned)
            self._ask_for_what_is_missing()
            self._check_wordings()
            self._say_what_is_missing()
        return cleaned

    def _take_the_place(self, cleaned: dict) -> None:
        """The establishment says where and in what kind of house one works."""
        establishment = cleaned.get("establishment")
        if establishment:
            cleaned["commune"] = establishment.commune
            cleaned["structure_type"] = establishment.structure_type

    def _check_title(self, cleaned: dict) -> None:
        title = cleaned.get("title")
        if title and steps.is_filled(title):
            cleaned["title"] = for_both(title)

    def _check_pay(self, cleaned: dict) -> None:
        low, high = cleaned.get("pay_min"), cleaned.get("pay_max")
        if low and high and low > high:
            self.add_error("pay_max", "Le salaire maximum est inférieur au minimum.")

    def _ask_for_what_is_missing(self) -> None:
        for _, needs in self.missing():
            for need in needs:
                name = need.names[0]
                # The field's own "obligatoire" says less.
                self.errors.pop(name, None)
                self.add_error(name, need.sentence)

    def _check_wordings(self) -> None:
        """Refuse what no ad may say; let the author keep the rest once it was read."""
        for finding in self.findings:
            if finding.rule.refused:
                self.add_error(finding.field if finding.field in self.fields else None, finding.sentence)
        if self.data.get(KEEP):
            warnings = {finding.key for finding in self.findings if not finding.rule.refused}
            self.instance.confirmed_warnings = sorted(warnings)
        elif self.unconfirmed:
            self.add_error(
                None,
                "Relisez les mentions signalées : corrigez-les, ou cochez la case pour les garder.",
            )

    def _say_what_is_missing(self) -> None:
        by_step: dict[str, list[str]] = {}
        for name in self.errors:
            if name in self.fields and (title := steps.step_of(name)):
                by_step.setdefault(title, []).append(str(self.fields[name].label))
        parts = [f"{title} ({', '.join(by_step[title])})" for title in sorted(by_step)]
        if parts:
            self.add_error(
                None, "Pour publier l’annonce, il reste à compléter\u00a0: " + "\u00a0; ".join(parts) + "."
            )
