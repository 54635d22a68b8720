"""Lists as files: what the list shows with its filters and its search, for those who may; each export is logged."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log

from accounts.models import User
from accounts.ratelimits import allowed, too_many
from billing import sheets
from billing.sheets import Column

PERMISSION = "billing.export_lists"
#: The action of the log. Its data: `list`, `format`, `query`.
ACTION = "billing.export"
#: Rows read at a time.
CHUNK = 1000


class ExportFormatter(LogFormatter):
    """The line of a history: "Export de « Commandes » en XLSX"."""

    label = "Exporter"

    def format_message(self, log_entry) -> str:
        data = log_entry.data
        return f"Export de «\u202f{data.get('list', '')}\u202f» en {str(data.get('format', '')).upper()}"

    def format_comment(self, log_entry) -> str:
        return log_entry.data.get("query", "")


class Exporting:
    """For the list's view (before modeladmin's): answers `?export=csv` and `?export=xlsx`."""

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponseBase:
        """The file. Raises PermissionDenied; a workbook of too many rows leads back to the list with a sentence."""
        request = self.request
        if not may_export(request.user):
            raise PermissionDenied
        if not allowed(request, "office_export", "60/h/user", reading=True):
            return too_many(request)
        if spreadsheet_format == sheets.XLSX and queryset.count() > sheets.MOST_ROWS:
            messages.error(
                request,
                f"Plus de {sheets.MOST_ROWS} lignes\u202f: réduisez la liste par ses filtres, ou prenez le CSV.",
            )
            return redirect(request.path)
        note_export(request, self.model_admin.get_menu_label(), spreadsheet_format)
        columns = self.model_admin.export_columns()
        name = str(self.model_admin.base_url_path).rsplit("/", 1)[-1]
        rows = values_of(self.model_admin.export_queryset(queryset), columns)
        return sheets.as_file(spreadsheet_format, name, [column.label for column in columns], rows)


def may_export(user: User) -> bool:
    """Whether this person may take lists out of the site."""
    return user.has_perm(PERMISSION)


def note_export(request: HttpRequest, what: str, format: str) -> None:
    """Log an export on the account of who made it: what, in which format, with which filters."""
    query = request.GET.copy()
    query.pop("export", None)
    data = {"list": str(what), "format": format, "query": query.urlencode()[:500]}
    log(instance=request.user, action=ACTION, user=request.user, data=data)


def values_of(queryset: QuerySet, columns: list[Column]) -> Iterator[list[Any]]:
    """The rows' values, read through in pieces."""
    for row in queryset.iterator(CHUNK):
        yield [column.of(row) for column in columns]


def columns_of(model: type[Model]) -> list[Column]:
    """A column for each field that says something by itself: no key, no relation, no structure."""
    return [
        Column(str(field.verbose_name), _value_of(field))
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.is_relation or field.get_internal_type() in _SILENT)
    ]


_SILENT = {"UUIDField", "JSONField", "FileField"}


def _value_of(field: Field) -> str:
    return f"get_{field.name}_display" if field.choices else field.name
