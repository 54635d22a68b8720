""" "Candidatures" of the recruiter's space (G26): list, one application, its state, its conversation, its CV."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import EDITORS, employer_required
from accounts.ratelimits import limited
from recruiting import applications as service
from recruiting.access import READERS
from recruiting.forms import ApplicationFilters, MessageForm
from recruiting.models import Application, Message
from recruiting.responses import cv_file, private
from recruiting.views.conversation import status_of

PAGE_SIZE = 20
RATES = "300/h/user"
State = Application.State

#: The words of the buttons that move an application, in the order they are shown.
BUTTONS = {
    State.SHORTLISTED: "Présélectionner",
    State.INTERVIEW: "Proposer un entretien",
    State.HIRED: "Recruter",
    State.REFUSED: "Refuser",
    State.READ: "Remettre parmi les lues",
}


@require_GET
@employer_required(roles=READERS)
def applications(request: HttpRequest) -> HttpResponse:
    """The employer's applications, filtered, sorted, twenty a page. A constant number of queries."""
    own = request.employer.applications
    filters = ApplicationFilters(request.GET, request.employer)
    new_words = Message.objects.filter(application=OuterRef("pk"), from_candidate=True, read_at=None)
    rows = filters.apply(own.annotate(has_new_message=Exists(new_words)))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    unanswered = own.unanswered().count()
    context = {
        "space_tab": "applications",
        "page": page,
        "filters": filters,
        "unread_applications": unanswered,
        "unanswered": unanswered,
    }
    return private(render(request, "recruiting/applications/list.html", context))


def _own(request: HttpRequest, public_id: UUID) -> Application:
    return get_object_or_404(
        request.employer.applications.select_related("employer", "cv", "ad"), public_id=public_id
    )


@require_http_methods(["GET", "HEAD", "POST"])
@employer_required(roles=READERS)
@limited("application", RATES)
def application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One application; POST sends a message to the candidate. Opened by who may answer, it counts as read."""
    found = _own(request, public_id)
    may_write = request.membership.role in EDITORS
    form = MessageForm(request.POST or None)
    if request.method == "POST":
        if not may_write:
            return _readers_only(request)
        if _say(request, found, form):
            return redirect("recruiting:application", public_id=public_id)
    elif may_write and request.method == "GET" and not _is_prefetch(request):
        service.mark_read(found, request.user)
        found.refresh_from_db(fields=["state"])
    context = {
        "space_tab": "applications",
        "application": found,
        "thread": list(found.messages.select_related("author")),
        "moves": list(found.moves.select_related("by")),
        "buttons": _buttons(found) if may_write else [],
        "may_write": may_write and found.state != State.WITHDRAWN,
        "is_reader": not may_write,
        "earlier": service.earlier(found),
        "form": form,
    }
    return private(render(request, "recruiting/applications/detail.html", context, status=status_of(form)))


def _is_prefetch(request: HttpRequest) -> bool:
    """Whether the browser only fetches the page in advance: nobody has read it."""
    return "prefetch" in request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")


def _buttons(application: Application) -> list[tuple[str, str]]:
    allowed = Application.MOVES[State(application.state)]
    return [(state.value, label) for state, label in BUTTONS.items() if state in allowed]


def _say(request: HttpRequest, found: Application, form: MessageForm) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        service.write(found, data["body"], form_key=data["form_key"], author=request.user)
    except service.ApplicationRefused as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, f"Votre message est parti à {found.full_name}.")
    return True


@require_POST
@employer_required(roles=EDITORS)
@limited("application", RATES)
def application_move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the state; with the box ticked the candidate is told by mail."""
    found = _own(request, public_id)
    to_state, notify = request.POST.get("state", ""), "notify" in request.POST
    if to_state not in State.values:
        messages.error(request, "Choisissez un statut de la liste.")
    else:
        try:
            moved = service.move(found, to_state, request.user, notify=notify)
        except service.ForbiddenMove as refusal:
            messages.error(request, refusal.messages[0])
        else:
            told = notify and to_state in service.ANSWERS and found.state != to_state
            ending = " : le candidat en est averti par e-mail." if told else "."
            messages.success(request, f"Le statut est maintenant « {moved.get_state_display()} »{ending}")
    return redirect("recruiting:application", public_id=public_id)


@require_GET
@employer_required(roles=READERS)
def application_cv(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The CV of an application, as a download."""
    return cv_file(_own(request, public_id).cv)


def _readers_only(request: HttpRequest) -> HttpResponse:
    messages.error(request, "Votre rôle permet de lire les candidatures, pas d’y répondre.")
    return redirect(request.path)
