"""The chooser of communes: 35,000 rows are searched, never listed in a select."""

from django import forms
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from reference.loading import search_name


class CommuneFilterForm(BaseFilterForm):
    q = forms.CharField(
        label="Nom ou code postal",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Villeurbanne, 69100…"}),
    )

    def filter(self, objects):
        """Communes whose name begins as typed, or that have the postcode; the largest first."""
        typed = (self.cleaned_data.get("q") or "").strip()
        if typed:
            self.is_searching = True
            self.search_query = typed
        if typed.isdigit():
            return objects.filter(postcodes__contains=typed)
        return objects.filter(search_name__startswith=search_name(typed)) if typed else objects


class _Communes:
    filter_form_class = CommuneFilterForm
    ordering = ["-population", "insee"]

    def get_object_list(self):
        return super().get_object_list().select_related("department")

    @property
    def columns(self):
        return [
            *super().columns,
            Column("department", label="Département"),
            Column("postcodes", label="Codes postaux", accessor=_first_postcodes),
        ]


def _first_postcodes(commune) -> str:
    codes = commune.postcodes.split()
    return " ".join(codes[:3]) + (" …" if len(codes) > 3 else "")


class CommuneChooseView(_Communes, chooser.ChooseView):
    pass


class CommuneChooseResultsView(_Communes, chooser.ChooseResultsView):
    pass


class CommuneChooserViewSet(ChooserViewSet):
    model = "reference.Commune"
    icon = "site"
    page_title = "Choisir une commune"
    choose_one_text = "Choisir une commune"
    choose_another_text = "Choisir une autre commune"
    per_page = 20
    choose_view_class = CommuneChooseView
    choose_results_view_class = CommuneChooseResultsView


commune_chooser = CommuneChooserViewSet("commune_chooser", url_prefix="communes")
CommuneWidget = commune_chooser.widget_class
