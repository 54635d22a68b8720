"""What the office sees of recruiting: counts and dates, to answer a customer. No letter, no message, no CV."""

from __future__ import annotations

from django.db.models import Count, Exists, Max, OuterRef, Q
from wagtail.models import Page
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from accounts.models import Employer, User
from pages.models import JobAd
from pages.setup import SALES

from .models import Application, Candidate

_ANSWERED = Q(applications__answered_at__isnull=False)


class ReadOnly(PermissionHelper):
    """Sales and administrators read; nobody adds, changes or deletes."""

    def user_can_list(self, user: User) -> bool:
        return user.is_office and (user.is_superuser or user.groups.filter(name=SALES).exists())

    def user_can_create(self, user: User) -> bool:
        return False

    def user_can_inspect_obj(self, user: User, obj) -> bool:
        return False

    user_can_edit_obj = user_can_delete_obj = user_can_inspect_obj

    # Asked of lists of pages.
    def get_valid_parent_pages(self, user: User):
        return Page.objects.none()

    user_can_unpublish_obj = user_can_publish_obj = user_can_copy_obj = user_can_inspect_obj


class _Counted(ModelAdmin):
    """Columns of rows annotated with what their applications count."""

    permission_helper_class = ReadOnly
    list_per_page = 50

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

    def total(self, row) -> int:
        return row.applications_total

    total.short_description = "candidatures"  # type: ignore[attr-defined]
    total.admin_order_field = "applications_total"  # type: ignore[attr-defined]

    def answered(self, row) -> int:
        return row.applications_answered

    answered.short_description = "avec réponse"  # type: ignore[attr-defined]
    answered.admin_order_field = "applications_answered"  # type: ignore[attr-defined]

    def last(self, row):
        return row.applications_last

    last.short_description = "dernière le"  # type: ignore[attr-defined]
    last.admin_order_field = "applications_last"  # type: ignore[attr-defined]


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

    def of_employer(self, row) -> str:
        return str(row.employer)

    of_employer.short_description = "employeur"  # type: ignore[attr-defined]
    of_employer.admin_order_field = "employer__legal_name"  # type: ignore[attr-defined]


class Applications(ModelAdmin):
    model = Application
    base_url_path = "recrutement/candidatures"
    menu_label = "Candidatures"
    menu_icon = "mail"
    # Whose they are is the employer's and the candidate's business.
    list_display = ("sent_at", "employer", "ad_title", "is_spontaneous", "state", "answered_at")
    list_filter = ("state", "is_spontaneous")
    list_select_related = ("employer",)
    search_fields = ("ad_title", "employer__legal_name")
    list_per_page = 50
    permission_helper_class = ReadOnly


class Candidates(ModelAdmin):
    model = Candidate
    base_url_path = "recrutement/candidats"
    menu_label = "Candidats"
    menu_icon = "user"
    list_display = ("user", "email", "profession", "in_library", "refreshed_at", "created_at")
    list_select_related = ("user", "profession")
    search_fields = ("user__email", "user__last_name", "user__first_name")
    list_per_page = 50
    permission_helper_class = ReadOnly

    def get_queryset(self, request):
        shown = Candidate.objects.in_library().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_in_library=Exists(shown))

    def email(self, row) -> str:
        return row.user.email

    email.short_description = "adresse e-mail"  # type: ignore[attr-defined]

    def in_library(self, row) -> bool:
        return row.is_in_library

    in_library.short_description = "dans la CVthèque"  # type: ignore[attr-defined]
    in_library.boolean = True  # type: ignore[attr-defined]


class Recruitment(ModelAdminGroup):
    menu_label = "Recrutement"
    menu_icon = "group"
    menu_order = 300
    items = (Applications, ByEmployer, ByAd, Candidates)
