"""What the office changed in a row: who, when, and each value before and after. Kept in Wagtail's log."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.forms import ModelForm
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.log_actions import LogFormatter, log
from wagtail_modeladmin.views import EditView, HistoryView

#: The action of the log. Its data: `changes`, triples of label, before, after.
ACTION = "billing.changed"
NOTHING = "rien"


class ChangeFormatter(LogFormatter):
    """The line of a history: "prix HT : 290,00 → 310,00"."""

    label = "Modifier"

    def format_message(self, log_entry) -> str:
        changes = log_entry.data.get("changes", [])
        return " ; ".join(f"{label} : {before} → {after}" for label, before, after in changes) or "Modifié"


class Edit(EditView):
    """The form of a row, named as the button that leads to it."""

    def get_page_title(self) -> str:
        return "Modifier"

    def get_meta_title(self) -> str:
        return f"Modifier : {self.instance}"


class KeepsHistory(Edit):
    """An edit view that logs what changed, with the values before and after; nothing when nothing did."""

    def form_valid(self, form):
        changes = changes_of(form)
        # Past the parent's own entry, which says only that something changed.
        response = super(EditView, self).form_valid(form)
        if changes:
            log(instance=self.instance, action=ACTION, content_changed=True, data={"changes": changes})
        return response


class History(HistoryView):
    """The page of what was changed in a row."""

    columns = [
        Column("message", label="Ce qui a changé"),
        UserColumn("user", label="Par", blank_display_name="le site"),
        DateColumn("timestamp", label="Quand"),
    ]


def changes_of(form: ModelForm) -> list[list[str]]:
    """Label, value before and value after of each field that the form changed. Call it before the form is saved."""
    found = []
    for name in form.changed_data:
        field = form._meta.model._meta.get_field(name)
        before, after = _said(field, form.initial.get(name)), _said(field, form.cleaned_data.get(name))
        if before != after:
            found.append([str(field.verbose_name), before, after])
    return found


def _said(field: models.Field, value: object) -> str:
    if isinstance(field, models.ManyToManyField):
        return ", ".join(str(row) for row in _rows(value)) or NOTHING
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return str(dict(field.flatchoices).get(value, value))


def _rows(value: object) -> Iterable:
    return value if isinstance(value, Iterable) else ()
