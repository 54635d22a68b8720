"""What the office sees of recruiting: counts and dates, to answer a customer. No letter, no message, no CV."""

from __future__ import annotations

from django.contrib.admin import SimpleListFilter
from django.db.models import Count, Exists, Max, OuterRef, Q
from wagtail.models import Page
from wagtail_modeladmin.options import ModelAdminGroup

from accounts.models import Employer, User
from billing.office.base import OfficeList, Reading, by_choice, column, day
from pages.models import JobAd
from pages.setup import SALES

from .models import Application, Candidate

_ANSWERED = Q(applications__answered_at__isnull=False)


class ReadOnly(Reading):
    """Sales and administrators read the lists; a row has no page of its own."""

    def user_can_list(self, user: User) -> bool:
        return user.is_office and (user.is_superuser or user.groups.filter(name=SALES).exists())

    # Asked of lists of pages.
    def get_valid_parent_pages(self, user: User):
        return Page.objects.none()

    user_can_unpublish_obj = user_can_publish_obj = user_can_copy_obj = Reading.user_can_edit_obj


class _List(OfficeList):
    permission_helper_class = ReadOnly
    inspect_view_enabled = False


class _Counted(_List):
    """Columns of rows annotated with what their applications count."""

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                applications_total=Count("applications"),
                applications_answered=Count("applications", filter=_ANSWERED),
                applications_last=Max("applications__sent_at"),
            )
        )

    @column("candidatures", "applications_total")
    def total(self, row) -> int:
        return row.applications_total

    @column("avec réponse", "applications_answered")
    def answered(self, row) -> int:
        return row.applications_answered

    @column("dernière le", "applications_last")
    def last(self, row) -> str:
        return day(row.applications_last)


class ByEmployer(_Counted):
    model = Employer
    base_url_path = "recrutement/employeurs"
    menu_label = "Par employeur"
    menu_icon = "group"
    list_display = ("legal_name", "city", "total", "answered", "last")
    search_fields = ("legal_name", "city", "siret")
    ordering = ("legal_name",)


class ByAd(_Counted):
    model = JobAd
    base_url_path = "recrutement/annonces"
    menu_label = "Par annonce"
    menu_icon = "doc-full"
    list_display = ("title", "of_employer", "total", "answered", "last")
    list_select_related = ("employer",)
    search_fields = ("title", "employer__legal_name")
    ordering = ("-first_published_at",)

    @column("employeur", "employer__legal_name")
    def of_employer(self, row) -> str:
        return str(row.employer)


class IsSpontaneous(SimpleListFilter):
    title = "nature"
    parameter_name = "nature"

    def lookups(self, request, model_admin):
        return [("annonce", "À une annonce"), ("spontanee", "Spontanée")]

    def queryset(self, request, queryset):
        known = {"annonce": False, "spontanee": True}
        return queryset.filter(is_spontaneous=known[self.value()]) if self.value() in known else queryset


class Applications(_List):
    model = Application
    base_url_path = "recrutement/candidatures"
    menu_label = "Candidatures"
    menu_icon = "mail"
    # Whose they are is the employer's and the candidate's business.
    list_display = ("sent_at", "employer", "ad_title", "is_spontaneous", "state", "answered_at")
    list_filter = (by_choice("state", "statut", Application.State.choices), IsSpontaneous)
    list_select_related = ("employer",)
    search_fields = ("ad_title", "employer__legal_name")


class Candidates(_List):
    model = Candidate
    base_url_path = "recrutement/candidats"
    menu_label = "Candidats"
    menu_icon = "user"
    list_display = ("user", "email", "profession", "in_library", "refreshed_at", "created_at")
    list_select_related = ("user", "profession")
    search_fields = ("user__email", "user__last_name", "user__first_name")

    def get_queryset(self, request):
        shown = Candidate.objects.in_library().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_in_library=Exists(shown))

    @column("adresse e-mail", "user__email")
    def email(self, row) -> str:
        return row.user.email

    @column("dans la CVthèque")
    def in_library(self, row) -> bool:
        return row.is_in_library

    in_library.boolean = True  # type: ignore[attr-defined]


class Recruitment(ModelAdminGroup):
    menu_label = "Recrutement"
    menu_icon = "group"
    menu_order = 300
    items = (Applications, ByEmployer, ByAd, Candidates)
