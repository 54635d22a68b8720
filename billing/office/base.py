"""What every list of the office shares: read unless told otherwise, known filters only, no id that tells."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, IndexView, InspectView

from accounts.models import Employer, User
from billing import sheets
from billing.sheets import Column

from . import exporting
from .exporting import Exporting
from .history import Edit, History


class Reading(PermissionHelper):
    """Who may view the model reads; nobody adds, changes or deletes, not even an administrator."""

    def user_can_list(self, user: User) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user: User, obj: object) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: User) -> bool:
        return False

    def user_can_edit_obj(self, user: User, obj: object) -> bool:
        return False

    def user_can_delete_obj(self, user: User, obj: object) -> bool:
        return False


class Changing(Reading):
    """Who may view reads, who may change changes. New rows come from elsewhere."""

    def user_can_edit_obj(self, user: User, obj: object) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("change"))


class Adding(Changing):
    """Who may add adds as well. Nobody deletes: what was sold or printed refers to the row."""

    def user_can_create(self, user: User) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("add"))


class Buttons(ButtonHelper):
    """The row’s title leads to its page; the buttons beside it are for the rest."""

    def inspect_button(self, pk, classnames_add=None, classnames_exclude=None):
        button = super().inspect_button(pk, classnames_add, classnames_exclude)
        return button | {"label": "Ouvrir", "title": f"Ouvrir : {self.verbose_name}"}

    def edit_button(self, pk, classnames_add=None, classnames_exclude=None):
        button = super().edit_button(pk, classnames_add, classnames_exclude)
        return button | {"title": f"Modifier : {self.verbose_name}"}

    def add_button(self, classnames_add=None, classnames_exclude=None):
        button = super().add_button(classnames_add, classnames_exclude)
        label = self.view.model_admin.add_label
        return button | {"label": label, "title": label}

    def get_primary_button(self, obj):
        if self.permission_helper.user_can_inspect_obj(self.request.user, obj):
            return self.inspect_button(obj.pk)
        return super().get_primary_button(obj)

    def get_buttons_for_obj(self, obj, exclude=None, classnames_add=None, classnames_exclude=None):
        buttons = super().get_buttons_for_obj(obj, ["inspect"], classnames_add, classnames_exclude)
        return [*buttons, *self.view.model_admin.row_buttons(obj, self.request.user)]


class Index(Exporting, IndexView):
    """The list. modeladmin would take any lookup from the address ("user__password__startswith"): ours are named."""

    def get_page_title(self) -> str:
        return self.model_admin.get_menu_label()

    def get_filters_params(self, params=None):
        named = {name for one in self.list_filter for name in parameters_of(one)}
        return {name: value for name, value in super().get_filters_params(params).items() if name in named}

    def get_context_data(self, **kwargs):
        actions = self.model_admin.list_actions(self.request.user)
        exports = [
            {"label": format.upper(), "url": self.get_export_url(format)}
            for format in sheets.FORMATS
            if exporting.may_export(self.request.user)
        ]
        return super().get_context_data(list_actions=actions, exports=exports, **kwargs)


def parameters_of(one: Any) -> tuple[str, ...]:
    """The names that a filter reads in the address."""
    return getattr(one, "parameters", None) or (one.parameter_name,)


class Create(CreateView):
    """The form of a new row, named as the button that leads to it."""

    def get_page_title(self) -> str:
        return self.model_admin.add_label

    def get_page_subtitle(self) -> str:
        return ""

    def get_meta_title(self) -> str:
        return self.get_page_title()


class Sheet(InspectView):
    """The page of one row, by the template and the context of its list."""

    def get_page_title(self) -> str:
        return self.model_admin.sheet_title(self.instance)

    def get_meta_title(self) -> str:
        return f"{self.get_page_title()} {self.instance}"

    def get_fields_dict(self) -> list:
        # Its template names the fields it shows.
        return []

    def get_context_data(self, **kwargs):
        context = self.model_admin.sheet_context(self.instance, self.request.user)
        return super().get_context_data(**context, **kwargs)


class OfficeList(ModelAdmin):
    """A list of the office. Subclasses say what stands in it, `sheet_context` what stands on a row's page."""

    permission_helper_class = Reading
    button_helper_class = Buttons
    index_view_class = Index
    index_view_extra_css = ["css/office.css"]
    index_template_name = "billing/office/index.html"
    inspect_view_class = Sheet
    create_view_class = Create
    edit_view_class = Edit
    inspect_view_enabled = True
    history_view_enabled = False
    history_view_class = History
    history_template_name = "billing/office/history.html"
    list_per_page = 50
    #: What the list says while it is empty.
    empty = "Rien ici pour l’instant."
    add_label = "Ajouter"
    #: The columns of the list as a file; none: each field of the model.
    exports: tuple[Column, ...] = ()

    def export_columns(self) -> list[Column]:
        """The columns of the list as a file."""
        return list(self.exports) or exporting.columns_of(self.model)

    def export_queryset(self, queryset: QuerySet) -> QuerySet:
        """The rows of the file, with what its columns read: a relation not named here costs a query a row."""
        return queryset

    def sheet_title(self, instance: Any) -> str:
        """What a row is called at the head of its page."""
        return capfirst(self.opts.verbose_name)

    def list_actions(self, user: User) -> list[dict]:
        """Buttons at the head of the list: dicts of `url` and `label`."""
        return []

    def row_buttons(self, obj: Any, user: User) -> list[dict]:
        """More buttons of a row, drawn by modeladmin: dicts of `url`, `label`, `classname`, `title`."""
        return []

    def sheet_context(self, instance: Any, user: User) -> dict:
        """What the template of the row's page is given."""
        return {}

    # The permission is asked before the row is looked for: who may not read cannot tell an id that exists.
    def inspect_view(self, request, instance_pk):
        self._admit(request, instance_pk)
        return super().inspect_view(request, instance_pk)

    def edit_view(self, request, instance_pk):
        self._admit(request, instance_pk)
        return super().edit_view(request, instance_pk)

    def delete_view(self, request, instance_pk):
        self._admit(request, instance_pk)
        return super().delete_view(request, instance_pk)

    def history_view(self, request, instance_pk):
        self._admit(request, instance_pk)
        return super().history_view(request, instance_pk)

    def _admit(self, request, instance_pk: str) -> None:
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        if not (instance_pk.isascii() and instance_pk.isdigit()):
            raise Http404

    def register_indexing(self) -> None:
        # Wagtail's index of references looks for pages and images in the rows: these have none.
        pass


class Choice(SimpleListFilter):
    """A filter by a field with choices. Values that are none of them filter nothing."""

    field = ""
    choices_of: Iterable[tuple[str, str]] = ()

    def lookups(self, request, model_admin):
        return list(self.choices_of)

    def queryset(self, request, queryset):
        known = {value for value, _ in self.lookup_choices}
        return queryset.filter(**{self.field: self.value()}) if self.value() in known else queryset


def by_choice(field: str, title: str, choices: Iterable[tuple[str, str]]) -> type[Choice]:
    """A filter by one field: `by_choice("state", "état", Order.State.choices)`."""
    attributes = {"title": title, "parameter_name": field, "field": field, "choices_of": list(choices)}
    return type(f"By_{field}", (Choice,), attributes)


class ByCustomer(SimpleListFilter):
    """One employer's rows, reached from its page; shown only then."""

    title = "client"
    parameter_name = "client"

    def lookups(self, request, model_admin):
        pk = request.GET.get(self.parameter_name, "")
        found = Employer.objects.filter(pk=pk).first() if pk.isascii() and pk.isdigit() else None
        return [(str(found.pk), found.legal_name)] if found else []

    def queryset(self, request, queryset):
        known = {value for value, _ in self.lookup_choices}
        return queryset.filter(employer=self.value()) if self.value() in known else queryset


def day(moment: date | datetime | None) -> str:
    """A day as the lists write it, short enough for a column: "23/11/2026"."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return f"{moment:%d/%m/%Y}" if moment else "–"


def column(label: str, order: str | None = None):
    """Name a column that is a method: its heading, and the field it is ordered by."""

    def name(method):
        method.short_description = label
        if order:
            method.admin_order_field = order
        return method

    return name
