"""The desk's lists: issues of the magazine and their inserts."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_modeladmin.options import ModelAdminGroup
from wagtail_modeladmin.views import CreateView

from accounts.models import User
from billing.models import PrintFormat
from billing.office.base import Adding, OfficeList, Reading, by_choice, column, day

from . import geometry, inserts, pdf
from .forms import InsertForm
from .models import InsertMove, MagazineIssue, PrintInsert

State = PrintInsert.State


def _count(issue: MagazineIssue, state: str) -> str:
    """A count that the list annotated."""
    return str(getattr(issue, f"count_{state}"))


class CreateIssue(CreateView):
    page_title = "Nouveau numéro"


class Issues(OfficeList):
    model = MagazineIssue
    base_url_path = "magazine/numeros"
    menu_label = "Numéros"
    menu_icon = "calendar-alt"
    permission_helper_class = Adding
    create_view_class = CreateIssue
    add_label = "Nouveau numéro"
    empty = (
        "Aucun numéro pour l’instant\u202f: ajoutez le prochain, les encarts en attente y prendront place."
    )
    list_display = ("number", "title", "closes", "published", "missing", "ready", "laid_out", "printed")
    search_fields = ("number", "title")
    ordering = ("-published_on", "-pk")
    inspect_template_name = "pages/magazine/issue.html"
    panels = [
        FieldPanel("number"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("closes_at"), FieldPanel("published_on")], heading="Dates"),
    ]

    def get_queryset(self, request):
        counts = {
            f"count_{state}": Count("inserts", filter=Q(inserts__state=state))
            for state in State.values
            if state != State.CANCELLED
        }
        return super().get_queryset(request).annotate(**counts)

    @column("bouclage", "closes_at")
    def closes(self, issue: MagazineIssue) -> str:
        return day(issue.closes_at)

    @column("parution", "published_on")
    def published(self, issue: MagazineIssue) -> str:
        return day(issue.published_on)

    @column("texte manquant", "count_text_missing")
    def missing(self, issue: MagazineIssue) -> str:
        return _count(issue, "text_missing")

    @column("à mettre en page", "count_ready")
    def ready(self, issue: MagazineIssue) -> str:
        return _count(issue, "ready")

    @column("mis en page", "count_laid_out")
    def laid_out(self, issue: MagazineIssue) -> str:
        return _count(issue, "laid_out")

    @column("parus", "count_printed")
    def printed(self, issue: MagazineIssue) -> str:
        return _count(issue, "printed")

    def sheet_context(self, issue: MagazineIssue, user: User) -> dict:
        of_issue = issue.inserts.exclude(state=State.CANCELLED).select_related("employer")
        rows = list(of_issue.order_by("-format", "pk"))
        cells = sum(
            columns * height for columns, height in (geometry.CELLS[PrintFormat(r.format)] for r in rows)
        )
        return {
            "inserts": rows,
            "pages": cells / (geometry.COLUMNS * geometry.ROWS),
            "is_open": issue.closes_at > timezone.now(),
            "can_edit": user.has_perm("pages.change_magazineissue"),
        }


class OfIssue(SimpleListFilter):
    """The inserts of one issue, of the newest twenty, or those that wait for one."""

    title = "numéro"
    parameter_name = "numero"

    def lookups(self, request, model_admin):
        newest = MagazineIssue.objects.order_by("-published_on", "-pk")[:20]
        return [("attente", "En attente d’un numéro"), *((str(issue.pk), str(issue)) for issue in newest)]

    def queryset(self, request, queryset):
        if self.value() == "attente":
            return queryset.filter(issue=None)
        known = {value for value, _ in self.lookup_choices}
        return queryset.filter(issue=self.value()) if self.value() in known else queryset


class Inserts(OfficeList):
    model = PrintInsert
    base_url_path = "magazine/encarts"
    menu_label = "Encarts"
    menu_icon = "form"
    permission_helper_class = Reading
    empty = "Aucun encart pour l’instant\u202f: chaque annonce web + print publiée en donne un."
    list_display = ("headline", "customer", "format", "state", "in_issue", "created")
    list_filter = (
        OfIssue,
        by_choice("state", "état", State.choices),
        by_choice("format", "format", PrintFormat.choices),
    )
    list_select_related = ("employer", "issue")
    search_fields = ("headline", "employer__legal_name", "text")
    ordering = ("-created_at", "-pk")
    inspect_template_name = "pages/magazine/insert_sheet.html"

    @column("employeur", "employer__legal_name")
    def customer(self, insert: PrintInsert) -> str:
        return insert.employer.legal_name

    @column("numéro", "issue__published_on")
    def in_issue(self, insert: PrintInsert) -> str:
        return f"n°\u00a0{insert.issue.number}" if insert.issue else "en attente"

    @column("créé le", "created_at")
    def created(self, insert: PrintInsert) -> str:
        return day(insert.created_at)

    def row_buttons(self, insert: PrintInsert, user: User) -> list[dict]:
        url = reverse("magazine_insert_pdf", args=[insert.pk])
        classname = "button button-small button-secondary"
        return [
            {"url": url, "label": "PDF", "title": f"PDF de «\u00a0{insert}\u00a0»", "classname": classname}
        ]

    def sheet_context(self, insert: PrintInsert, user: User) -> dict:
        return sheet_context(insert, user)


def sheet_context(insert: PrintInsert, user: User, form: InsertForm | None = None) -> dict:
    """What the page of an insert shows; `form` is one that was refused."""
    may_change = user.has_perm("pages.change_printinsert")
    can_edit = may_change and inserts.is_open(insert)
    width, height = geometry.size(insert.format)
    return {
        "width": width,
        "height": height,
        "fit": pdf.fit(insert) if insert.text.strip() else None,
        "moves": InsertMove.objects.filter(insert=insert).select_related("by"),
        "steps": _steps(insert) if may_change else [],
        "form": (form or InsertForm(instance=insert)) if can_edit else None,
        "ad": insert.placement.ad,
    }


#: What the desk's buttons say.
_STEPS = {
    State.LAID_OUT: "Mis en page",
    State.PRINTED: "Paru",
    State.READY: "Remettre à mettre en page",
    State.CANCELLED: "Annuler l’encart",
}


def _steps(insert: PrintInsert) -> list[dict]:
    """The moves that the desk makes by hand; whether the text is missing follows from the text."""
    allowed = PrintInsert.MOVES[State(insert.state)]
    steps = [state for state in _STEPS if state in allowed]
    if insert.state == State.TEXT_MISSING:
        steps.remove(State.READY)
    return [
        {"state": state.value, "label": _STEPS[state], "is_grave": state == State.CANCELLED}
        for state in steps
    ]


class Magazine(ModelAdminGroup):
    menu_label = "Magazine"
    menu_icon = "doc-full"
    menu_order = 250
    items = (Issues, Inserts)
