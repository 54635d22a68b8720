"""A candidate's application by the link of its mail: state, messages, answer, withdraw. No account needed.

Whoever holds the token holds this one conversation, so the pages are neither cached nor indexed, and load nothing from
elsewhere.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.ratelimits import limited
from recruiting import applications
from recruiting.forms import MessageForm
from recruiting.models import Application
from recruiting.responses import private

RATES = "60/h/ip"


def _by_token(token: str) -> Application:
    return get_object_or_404(Application.objects.select_related("employer", "cv"), token=token)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("conversation", RATES)
def conversation(request: HttpRequest, token: str) -> HttpResponse:
    """Read the conversation and answer."""
    application = _by_token(token)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and say(request, application, form):
        return private(redirect("recruiting:conversation", token=token))
    return private(
        render(request, "recruiting/conversation.html", shown(application, form), status=status_of(form))
    )


@require_POST
@never_cache
@limited("conversation", RATES)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw the application."""
    take_back(request, _by_token(token))
    return private(redirect("recruiting:conversation", token=token))


# --- Shared with the candidate's space, which reaches the same application by the account -----------------------------


def shown(application: Application, form: MessageForm) -> dict:
    """What a candidate sees of an application. Marks the employer's messages as read."""
    context = {
        "application": application,
        "thread": list(application.messages.all()),
        "form": form,
        "may_write": application.state != Application.State.WITHDRAWN,
        "may_withdraw": application.state in applications.WITHDRAWABLE,
    }
    applications.mark_read_by_candidate(application)
    return context


def say(request: HttpRequest, application: Application, form: MessageForm) -> bool:
    """Send the candidate's message; False with the error on the form."""
    if not form.is_valid():
        return False
    try:
        applications.write(
            application,
            form.cleaned_data["body"],
            form_key=form.cleaned_data["form_key"],
            from_candidate=True,
        )
    except applications.ApplicationRefused as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, "Votre message est parti : l’employeur en est averti.")
    return True


def take_back(request: HttpRequest, application: Application) -> None:
    """Withdraw, and say what came of it."""
    try:
        applications.withdraw(application)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "Votre candidature est retirée : l’employeur en est averti.")


def status_of(form: MessageForm) -> int:
    """422 for a form with errors."""
    return 422 if form.is_bound and form.errors else 200
