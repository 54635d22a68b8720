"""The vocabulary in the admin: lists that the office edits, each with its history, and the two screens beside them."""

from __future__ import annotations

import django_filters
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from reference.models import Diploma, Profession, Public, StructureType
from search.models import SynonymRule

APPLY = "search.change_synonymrule"


class SynonymFilters(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label="En usage")

    class Meta:
        model = SynonymRule
        fields = ["is_active"]


class Synonyms(SnippetViewSet):
    model = SynonymRule
    base_url_path = "recherche/synonymes"
    icon = "comment"
    menu_label = "Synonymes"
    list_display = [
        "__str__",
        Column("finds_in_short", label="Ce qu’ils trouvent"),
        BooleanColumn("is_active", label="En usage", sort_key="is_active"),
    ]
    list_filter = None
    filterset_class = SynonymFilters
    search_fields = ["terms", "finds", "note"]
    ordering = ["terms", "pk"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(
                "<p>Genre, pluriel, accents et majuscules ne comptent pas. Une règle enregistrée attend d’être "
                "appliquée : essayez-la d’abord dans « Tester la recherche ».</p>"
            ),
            FieldPanel("terms"),
            FieldPanel("finds"),
            FieldRowPanel([FieldPanel("note"), FieldPanel("is_active")]),
        ]
    )


class TermForm(WagtailAdminModelForm):
    """A code is chosen once: addresses, exports and saved searches hold it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.help_text = "lettres, chiffres et tirets ; figure dans les adresses et ne change plus"
        if self.instance.pk:
            code.disabled = True
        for name in ("label", "short_label", "abbreviations", "family", "field", "diploma"):
            if name in self.fields:
                self.fields[name].validators.append(_no_control_character)


def _no_control_character(text: str) -> None:
    if any(ord(sign) < 32 for sign in text):
        raise forms.ValidationError("Ce texte contient un caractère invisible : tapez-le à nouveau.")


def _handler(*panels) -> ObjectList:
    return ObjectList(
        [
            HelpPanel("<p>Les annonces qui portent ce libellé sont mises à jour dans la minute.</p>"),
            MultiFieldPanel(
                [FieldPanel("label"), FieldPanel("short_label"), FieldPanel("code")], heading="Nom"
            ),
            *panels,
            FieldPanel("position"),
        ],
        base_form_class=TermForm,
    )


class TermChooser(SnippetChooserViewSet):
    """Takes no field of a form: ads and pages choose a term from a select of their own, which recruiters may read."""

    register_widget = False


class TermList(SnippetViewSet):
    """A controlled list: what it names may be reworded and added to."""

    chooser_viewset_class = TermChooser

    icon = "list-ul"
    list_display = ["label", "short_label", "position"]
    search_fields = ["label", "short_label", "code"]
    ordering = ["position", "label", "pk"]
    copy_view_enabled = False
    edit_handler = _handler()


class Professions(TermList):
    model = Profession
    base_url_path = "recherche/metiers"
    menu_label = "Métiers"
    list_display = ["label", "family", "abbreviations", "rome_code"]
    list_filter = ["family"]
    search_fields = ["label", "short_label", "abbreviations", "code", "rome_code"]
    edit_handler = _handler(
        FieldPanel("abbreviations"),
        FieldRowPanel([FieldPanel("family"), FieldPanel("diploma"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("rome_code"), FieldPanel("rome_parent")]),
    )


class StructureTypes(TermList):
    model = StructureType
    base_url_path = "recherche/structures"
    menu_label = "Types de structure"
    list_display = ["label", "short_label", "field"]
    list_filter = ["field"]
    edit_handler = _handler(FieldRowPanel([FieldPanel("field"), FieldPanel("finess_categories")]))


class Publics(TermList):
    model = Public
    base_url_path = "recherche/publics"
    menu_label = "Publics"


class Diplomas(TermList):
    model = Diploma
    base_url_path = "recherche/diplomes"
    menu_label = "Diplômes"
    list_display = ["label", "short_label", "level"]
    edit_handler = _handler(FieldPanel("level"))


class Screen(MenuItem):
    """A screen beside the lists, for who may change the synonyms."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPLY)


class Vocabulary(SnippetViewSetGroup):
    menu_label = "Recherche"
    menu_icon = "search"
    menu_order = 230
    items = (Synonyms, Professions, StructureTypes, Publics, Diplomas)

    def get_submenu_items(self) -> list[MenuItem]:
        screen = Screen(
            "Tester la recherche",
            reverse("search_office_tester"),
            name="tester",
            icon_name="search",
            order=-1,
        )
        return [screen, *super().get_submenu_items()]
