""" "Mes candidatures" of the candidate's space (G34)."""

from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.ratelimits import limited
from recruiting.access import candidate_required
from recruiting.forms import MessageForm
from recruiting.models import Application, Candidate, Message
from recruiting.responses import private
from recruiting.views import conversation

PAGE_SIZE = 20


def _own(candidate: Candidate) -> QuerySet[Application]:
    """Sent from the account, or without one from an address that the account has confirmed."""
    confirmed = EmailAddress.objects.filter(user=candidate.user, verified=True).values("email")
    return Application.objects.filter(Q(candidate=candidate) | Q(candidate=None, email__in=confirmed))


@require_GET
@never_cache
@candidate_required
def candidate_space(request: HttpRequest) -> HttpResponse:
    """The candidate's applications, the newest first, twenty a page."""
    answers = Message.objects.filter(application=OuterRef("pk"), from_candidate=False, read_at=None)
    rows = _own(request.candidate).select_related("employer").annotate(has_new_message=Exists(answers))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"space_tab": "applications", "candidate_name": str(request.user), "page": page}
    return private(render(request, "recruiting/candidate/applications.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
@limited("conversation", conversation.RATES)
def candidate_application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One application and its conversation; POST sends a message."""
    application = get_object_or_404(
        _own(request.candidate).select_related("employer", "cv"), public_id=public_id
    )
    form = MessageForm(request.POST or None)
    if request.method == "POST" and conversation.say(request, application, form):
        return redirect("recruiting:candidate_application", public_id=public_id)
    context = conversation.shown(application, form) | {
        "space_tab": "applications",
        "candidate_name": str(request.user),
    }
    status = conversation.status_of(form)
    return private(render(request, "recruiting/candidate/application.html", context, status=status))


@require_POST
@candidate_required
@limited("conversation", conversation.RATES)
def candidate_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw an application."""
    conversation.take_back(request, get_object_or_404(_own(request.candidate), public_id=public_id))
    return redirect("recruiting:candidate_application", public_id=public_id)
