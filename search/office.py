"""What the office sees of the search: how it does, and what was rebuilt and compared."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from billing.office.base import OfficeList, Reading, by_choice, column
from reference.dates import paris_day
from search import health
from search.models import IndexRun


class AnybodyOfTheOffice(Reading):
    """The whole office reads it; nobody changes it."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.is_office)


#: What may differ, as the list says it: one, and several.
_WORDS = {
    "missing": ("absent", "absents"),
    "stale": ("en retard", "en retard"),
    "ghosts": ("de trop", "de trop"),
    "ahead": ("en avance", "en avance"),
    "unnoticed": ("changé sans annonce", "changés sans annonce"),
    "corrected": ("corrigé avant la bascule", "corrigés avant la bascule"),
    "repaired": ("réparé", "réparés"),
}


def said(found: dict[str, int]) -> str:
    """What a run found, in words: "2 absents, 1 de trop ; 3 réparés"."""
    parts = [
        f"{count}\N{NO-BREAK SPACE}{_WORDS[name][count > 1]}"
        for name, count in found.items()
        if name in _WORDS
    ]
    return ", ".join(parts)


class Upkeep(OfficeList):
    """Rebuilds and comparisons of the indices, the latest first."""

    model = IndexRun
    base_url_path = "entretiens"
    menu_label = "Entretien de la recherche"
    menu_icon = "search"
    menu_order = 900
    add_to_settings_menu = True
    permission_helper_class = AnybodyOfTheOffice
    inspect_view_enabled = False
    list_display = (
        "started_at",
        "task",
        "content",
        "documents",
        "result",
        "told",
    )
    list_filter = (
        by_choice("kind", "contenu", IndexRun.Kind.choices),
        by_choice("work", "travail", IndexRun.Work.choices),
    )
    empty = "Rien pour l’instant : chaque nuit, la recherche est comparée à la base de données."

    @column("travail", "work")
    def task(self, run: IndexRun) -> str:
        return str(IndexRun.Work(run.work).label)

    @column("contenu", "kind")
    def content(self, run: IndexRun) -> str:
        return str(IndexRun.Kind(run.kind).label)

    @column("publics sur lus", "public")
    def documents(self, run: IndexRun) -> str:
        return f"{run.public:,} sur {run.read:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")

    @column("issue", "outcome")
    def result(self, run: IndexRun) -> str:
        if run.is_silent:
            return "Interrompue : reprend cette nuit"
        return str(IndexRun.Outcome(run.outcome).label)

    @column("écarts ou erreur")
    def told(self, run: IndexRun) -> str:
        return said(run.found) or run.message or ("aucun" if run.outcome == IndexRun.Outcome.DONE else "–")


class SearchNotice(Component):
    """Says nothing while all is well."""

    name = "search"
    order = 15
    template_name = "wagtailadmin/search_notice.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = health.look()
        kinds = {run.kind: str(IndexRun.Kind(run.kind).label) for run in [*now.ended_badly, *now.unended]}
        return {
            "health": now,
            "failed": list(kinds.values()),
            "differing": [
                {
                    "kind": IndexRun.Kind(run.kind).label,
                    "on": paris_day(run.started_at),
                    "said": said(run.found),
                }
                for run in now.differing
            ],
            "url": reverse("entretiens_modeladmin_index"),
        }
