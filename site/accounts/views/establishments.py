""" "Mes établissements": the places of work that ads refer to. Who writes ads keeps them; the others read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import EDITORS, employer_required
from accounts.forms import EstablishmentForm
from accounts.models import Establishment
from accounts.ratelimits import limited

PAGE = 30
CHANGES = limited("establishments", "120/h/user")


@require_GET
@employer_required
def establishments(request: HttpRequest) -> HttpResponse:
    """Those in use first, by name; the archived ones at the end."""
    rows = request.employer.establishments.select_related("structure_type", "commune").order_by(
        "archived_at", "name", "pk"
    )
    in_use = rows.filter(archived_at=None)
    archived = rows.exclude(archived_at=None).order_by("name", "pk")
    context = {
        "space_tab": "account",
        "page": Paginator(in_use, PAGE).get_page(request.GET.get("page")),
        "archived": archived,
        "may_change": request.membership.role in EDITORS,
    }
    return render(request, "accounts/establishments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@CHANGES
def establishment_new(request: HttpRequest) -> HttpResponse:
    """One more."""
    return _edit(request, Establishment(employer=request.employer), "est ajouté")


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@CHANGES
def establishment(request: HttpRequest, public_id) -> HttpResponse:
    """Change one; its ads show the new name and place."""
    return _edit(request, _own(request, public_id), "est enregistré")


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=EDITORS)
@CHANGES
def establishment_remove(request: HttpRequest, public_id) -> HttpResponse:
    """Say what happens, then do it: delete what nothing refers to, archive the rest."""
    row = _own(request, public_id)
    if request.method == "POST":
        if row.remove():
            messages.success(request, f"«\u00a0{row.name}\u00a0» est supprimé.")
        else:
            messages.success(
                request,
                f"«\u00a0{row.name}\u00a0» est archivé\u00a0: ses annonces le gardent, il n’est plus proposé.",
            )
        return redirect("accounts:establishments")
    context = {"space_tab": "account", "establishment": row, "is_used": row.is_used()}
    return render(request, "accounts/establishments/remove.html", context)


@require_POST
@employer_required(roles=EDITORS)
@CHANGES
def establishment_restore(request: HttpRequest, public_id) -> HttpResponse:
    """Offer an archived one again."""
    row = _own(request, public_id)
    row.restore()
    messages.success(request, f"«\u00a0{row.name}\u00a0» est remis en service.")
    return redirect("accounts:establishments")


def _own(request: HttpRequest, public_id) -> Establishment:
    return get_object_or_404(request.employer.establishments.select_related("commune"), public_id=public_id)


def _edit(request: HttpRequest, row: Establishment, done: str) -> HttpResponse:
    is_new = row.pk is None
    form = EstablishmentForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, f"«\u00a0{row.name}\u00a0» {done}.")
        return redirect("accounts:establishments")
    context = {"space_tab": "account", "form": form, "is_new": is_new, "establishment": row}
    return render(request, "accounts/establishments/edit.html", context)
