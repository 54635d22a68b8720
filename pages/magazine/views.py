"""What the desk does to an insert: see its PDF, write its text, move it on."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from accounts.ratelimits import limited
from billing.office.views import needs

from . import inserts, pdf
from .forms import InsertForm
from .models import PrintInsert
from .office import sheet_context


def _page(pk: int) -> str:
    return reverse("magazine_encarts_modeladmin_inspect", args=[pk])


def _insert(pk: int) -> PrintInsert:
    return get_object_or_404(PrintInsert.objects.select_related("employer", "issue", "placement__ad"), pk=pk)


@needs("pages.view_printinsert")
@require_safe
def insert_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The insert as it would be printed now."""
    insert = _insert(pk)
    name = f"encart-{insert.pk}-{slugify(insert.headline)[:60]}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf.insert_pdf(insert), content_type="application/pdf", headers=headers)


@needs("pages.change_printinsert")
@require_POST
@limited("office", "120/m/user")
def insert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write headline, text and contact line, or put the insert into another issue."""
    insert = _insert(pk)
    form = InsertForm(request.POST, instance=_insert(pk))
    if form.is_valid():
        try:
            inserts.edit(insert, request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "L’encart est enregistré.")
            return redirect(_page(pk))
    context = {"insert": insert, **sheet_context(insert, request.user, form)}
    if context["form"] is None:
        messages.error(request, " ".join(form.non_field_errors()) or "Cet encart ne se modifie plus.")
        return redirect(_page(pk))
    return render(request, "pages/magazine/insert_edit.html", context, status=422)


@needs("pages.change_printinsert")
@require_POST
@limited("office", "120/m/user")
def insert_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the insert on."""
    insert = _insert(pk)
    state = request.POST.get("state", "")
    if state not in PrintInsert.State.values:
        messages.error(request, "Choisissez l’un des boutons de la page.")
        return redirect(_page(pk))
    try:
        insert = inserts.move(insert, state, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"L’encart est «\u00a0{insert.get_state_display()}\u00a0».")
    return redirect(_page(pk))


urlpatterns = [
    path("magazine/encarts/pdf/<int:pk>/", insert_pdf, name="magazine_insert_pdf"),
    path("magazine/encarts/ecrire/<int:pk>/", insert_edit, name="magazine_insert_edit"),
    path("magazine/encarts/etat/<int:pk>/", insert_move, name="magazine_insert_move"),
]
