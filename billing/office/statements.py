"""The bank's statements: a file is sent, its entries are matched with orders one click each, or left alone."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from billing import settlements
from billing.models import BankEntry, Order
from billing.statements import MOST_BYTES, confirming, importing
from billing.statements.matching import WAITING, propose

from .actions import ask, needs, office_action, posted
from .money_forms import NoteForm
from .transfers import outcome

PER_PAGE = 25
#: Orders shown to choose one from.
FOUND = 20


class StatementForm(forms.Form):
    """A file of the bank."""

    file = forms.FileField(
        label="Relevé",
        max_length=200,
        help_text=(
            f"CAMT.053 (XML) ou CSV, {MOST_BYTES // 1024 // 1024}\u202fMo au plus, téléchargé depuis le site de "
            "votre banque"
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,.txt,text/csv,application/xml"}),
        error_messages={"empty": "Ce fichier est vide.", "required": "Choisissez le fichier du relevé."},
    )


def _home() -> str:
    return reverse("billing_office_reconcile")


def _open() -> QuerySet[BankEntry]:
    return BankEntry.objects.filter(state=BankEntry.State.OPEN).order_by("booked_on", "pk")


def _entry(pk: int) -> BankEntry:
    return get_object_or_404(BankEntry.objects.select_related("statement", "transfer__order"), pk=pk)


@office_action("billing.add_bankstatement")
def upload(request: HttpRequest) -> HttpResponse:
    """Send a statement."""
    form = StatementForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            # One byte more than the most: enough to see that it is too much.
            done = importing.import_file(file.name, file.read(MOST_BYTES + 1), request.user)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, _imported(done))
            return redirect(_home())
    return ask(request, form, "statement", back=_home())


def _imported(done: importing.Imported) -> str:
    parts = [f"{done.new} écriture{'s' if done.new > 1 else ''} à rapprocher"]
    if done.known:
        parts.append(f"{done.known} déjà connue{'s' if done.known > 1 else ''}")
    if done.left_aside:
        parts.append(f"{done.left_aside} sans objet (débits, totaux, autres monnaies)")
    return f"Relevé importé\u202f: {', '.join(parts)}."


@needs("billing.view_bankentry")
@require_safe
def reconcile(request: HttpRequest) -> HttpResponse:
    """The open entries, the oldest first, each with the order it probably pays."""
    page = Paginator(_open(), PER_PAGE).get_page(request.GET.get("p"))
    found = propose(page.object_list)
    rows = [{"entry": entry, "proposal": found.get(entry.pk)} for entry in page]
    context = {
        "page": page,
        "rows": rows,
        "certain": sum(1 for proposal in found.values() if proposal.is_certain),
        "can_match": request.user.has_perm("billing.change_bankentry"),
        "can_import": request.user.has_perm("billing.add_bankstatement"),
        "ever": page.paginator.count or BankEntry.objects.exists(),
    }
    return render(request, "billing/office/reconcile.html", context)


@needs("billing.view_bankentry")
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: the orders it may pay, by a search of the office's own; or why it was left alone."""
    found = _entry(pk)
    query = request.GET.get("q", "").strip()[:100]
    orders = settlements.with_money(_searched(found, query)).select_related("employer")
    context = {
        "entry": found,
        "is_open": found.state == BankEntry.State.OPEN,
        "proposal": propose([found]).get(found.pk) if found.state == BankEntry.State.OPEN else None,
        "orders": orders[:FOUND] if found.state == BankEntry.State.OPEN else [],
        "query": query,
        "form": NoteForm(),
        "can_match": request.user.has_perm("billing.change_bankentry"),
        "back": _home(),
    }
    return render(request, "billing/office/entry.html", context)


def _searched(entry: BankEntry, query: str) -> QuerySet[Order]:
    if not query:
        return Order.objects.filter(state__in=WAITING).order_by("placed_at", "pk")
    return Order.objects.filter(
        Q(number__icontains=query)
        | Q(buyer_name__icontains=query)
        | Q(purchase_order_number__icontains=query)
        | Q(invoices__number__icontains=query)
    ).distinct()


@office_action("billing.change_bankentry")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """This entry is that order's money."""
    found = _entry(pk)
    number = request.POST.get("order", "")
    if request.method != "POST":
        return redirect("billing_office_entry", pk)
    order = get_object_or_404(Order, number=number)
    try:
        confirming.confirm(found, order, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        order.refresh_from_db()
        messages.success(request, outcome(order))
    return redirect(_home())


@office_action("billing.change_bankentry")
def confirm_certain(request: HttpRequest) -> HttpResponse:
    """Confirm at one click all that is certain."""
    if request.method == "POST":
        count = confirming.confirm_certain(request.user)
        if count:
            messages.success(
                request, f"{count} écriture{'s' if count > 1 else ''} rapprochée{'s' if count > 1 else ''}."
            )
        else:
            messages.info(
                request, "Plus rien de certain à confirmer\u202f: regardez les écritures une à une."
            )
    return redirect(_home())


@office_action("billing.change_bankentry")
def ignore(request: HttpRequest, pk: int) -> HttpResponse:
    """This entry pays no order."""
    found = _entry(pk)
    if request.method == "POST":
        try:
            confirming.ignore(found, request.POST.get("note", ""), request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("billing_office_entry", pk)
        messages.success(request, "Écriture écartée.")
        return redirect(_home())
    return redirect("billing_office_entry", pk)


@office_action("billing.change_bankentry")
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Look again for the order of an entry that was left alone."""
    found = _entry(pk)
    if request.method == "POST":
        try:
            confirming.take_up(found, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
    return redirect("billing_office_entry", pk)
