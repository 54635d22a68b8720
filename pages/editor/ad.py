"""The editor of an ad: five steps, of which the fifth comes with a print offer. The last tab is the office's alone."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, Panel, TabbedInterface

from pages import review

from . import steps
from .ad_form import KEEP, JobAdForm
from .choosers import CommuneWidget
from .panels import office_tab, schedule


class AdTabs(TabbedInterface):
    """The tabs, and above them what is missing in each, what is wrong, and the wordings to look at again."""

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "pages/editor/ad_tabs.html"

        def get_context_data(self, parent_context=None):
            form = self.form
            tabs = {child.heading: name for child, name in self.visible_children_with_identifiers}
            missing = [
                {"title": step.title, "tab": tabs.get(step.title, ""), "needs": needs}
                for step, needs in form.missing()
            ]
            return super().get_context_data(parent_context) | {
                "steps": missing,
                "is_complete": not any(row["needs"] for row in missing),
                "errors": _errors(form),
                "findings": form.findings,
                "has_unconfirmed": bool(form.unconfirmed),
                "keep": KEEP,
                "reason": review.reason_of(form.instance),
                "pay_advice": not form.pay_is_required and not steps.is_filled(form.value_of("pay_min")),
                "editor_data": {
                    "placeholder": steps.PLACEHOLDER,
                    "steps": [
                        {
                            "tab": tabs.get(step.title, ""),
                            "needs": [
                                {"names": need.names, "label": need.label, "when": need.when}
                                for need in needs
                            ],
                        }
                        for step, needs in form.own_steps
                    ],
                },
            }


def _errors(form) -> list[dict]:
    """What keeps the ad from being published, by step, for the summary above the tabs."""
    if not form.is_bound:
        return []
    rows: dict[str, dict] = {}
    for name, messages in form.errors.items():
        title = steps.step_of(name)
        if name in form.fields:
            row = rows.setdefault(title, {"title": title, "items": []})
            row["items"] += [
                {"name": name, "label": form.fields[name].label, "text": text} for text in messages
            ]
    for name, formset in form.formsets.items():
        if not formset.is_valid():
            title = steps.step_of(name)
            row = rows.setdefault(title, {"title": title, "items": []})
            row["items"].append(
                {"name": name, "label": "Questions", "text": "Complétez ou retirez la question."}
            )
    return [rows[title] for title in sorted(rows)]


class InsertPanel(Panel):
    """Whether the insert's text fits its format, as it is typed, and the insert as it will be printed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/editor/insert_panel.html"

        def is_shown(self):
            return "print_text" in self.form.fields

        def get_context_data(self, parent_context=None):
            from pages.magazine import geometry

            width, height = geometry.size(self.instance.print_format)
            args = [self.instance.pk]
            return super().get_context_data(parent_context) | {
                "format": self.instance.get_print_format_display(),
                "width": round(width),
                "height": round(height),
                "most": self.form.fields["print_text"].max_length,
                "fit_url": reverse("ad_insert_fit", args=args),
                "preview_url": reverse("ad_insert_preview", args=args),
            }


POST = ObjectList(
    [
        FieldPanel(
            "title",
            heading="Intitulé du poste",
            help_text="Par exemple «\u00a0Éducateur spécialisé F/H en IME\u00a0».",
        ),
        FieldPanel("profession"),
        FieldPanel("establishment"),
        FieldPanel("structure_type"),
        FieldPanel("commune", widget=CommuneWidget(show_edit_link=False)),
        FieldPanel("remote"),
        FieldPanel("lede", help_text="Ce qui donne envie de lire la suite."),
        FieldPanel("missions"),
    ],
    heading="1. Le poste",
)

PROFILE = ObjectList(
    [
        FieldPanel("profile"),
        FieldPanel("publics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("diplomas", widget=forms.CheckboxSelectMultiple),
        FieldPanel("experience"),
        FieldPanel("languages", help_text="Par exemple «\u00a0langue des signes, anglais courant\u00a0»."),
        FieldPanel("driving_licence"),
    ],
    heading="2. Le profil",
)

CONDITIONS = ObjectList(
    [
        FieldPanel("contract_type"),
        FieldPanel("contract_length", help_text="Par exemple «\u00a012 mois\u00a0»."),
        FieldRowPanel([FieldPanel("working_time"), FieldPanel("hours")]),
        FieldPanel("starts_on", help_text="Laissez vide pour «\u00a0dès que possible\u00a0»."),
        FieldPanel("agreement"),
        FieldPanel(
            "grade",
            help_text="Par exemple «\u00a0coefficient 434\u00a0» ou "
            "«\u00a0assistant socio-éducatif, catégorie A\u00a0».",
        ),
        FieldRowPanel([FieldPanel("pay_min"), FieldPanel("pay_max"), FieldPanel("pay_period")]),
        FieldPanel("keeps_seniority"),
        FieldPanel("benefits"),
    ],
    heading="3. Les conditions",
)

APPLYING = ObjectList(
    [
        FieldPanel("apply_mode"),
        FieldPanel("apply_url"),
        FieldPanel("apply_email"),
        InlinePanel(
            "questions",
            heading="Questions aux candidats",
            label="Question",
            help_text="Cinq au plus, posées dans le formulaire d’ASH Job. Ne demandez que ce qui sert à juger "
            "l’aptitude au poste.",
            panels=[FieldPanel("text"), FieldPanel("kind"), FieldPanel("required")],
            max_num=5,
        ),
        FieldPanel(
            "notified",
            widget=forms.CheckboxSelectMultiple,
            help_text="Qui reçoit un e-mail à chaque candidature. Personne de coché : toute l’équipe.",
        ),
        schedule(),
    ],
    heading="4. Les candidatures",
)

MAGAZINE = ObjectList(
    [
        FieldPanel("print_text", help_text="L’intitulé de l’annonce et votre nom s’y ajoutent."),
        InsertPanel(),
        FieldPanel("print_logo"),
        FieldPanel("print_issue"),
    ],
    heading="5. Le magazine",
)

AD_EDITOR = AdTabs(
    [POST, PROFILE, CONDITIONS, APPLYING, MAGAZINE, office_tab()],
    base_form_class=JobAdForm,
)
