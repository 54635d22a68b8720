"""The link of an invitation: join with the account of the invited address, or with a new one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.forms.team import JoinForm
from accounts.middleware import choose
from accounts.models import Invitation, Membership, User
from accounts.ratelimits import limited
from accounts.roles import SUMMARIES
from accounts.team import TeamError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@limited("join", "20/h/ip")
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Say who invites to what, and the one next step: join, log in, or make an account."""
    found = invitations.find(key)
    if found is None or not found.is_open:
        return render(request, "accounts/team/invitation_over.html", {"invitation": found}, status=410)
    state = _state(request, found)
    form = JoinForm(User(email=found.email), request.POST or None) if state == "new" else None
    if request.method == "POST" and (state == "join" or (form is not None and form.is_valid())):
        try:
            return _join(request, found, form)
        except TeamError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(request.path)
    context = {"invitation": found, "state": state, "form": form, "summary": SUMMARIES[found.role]}
    return render(request, "accounts/team/invitation.html", context)


def _state(request: HttpRequest, found: Invitation) -> str:
    """What stands between the person and the team: nothing, a log-in, a new account, or the wrong account."""
    if request.user.is_authenticated:
        if request.user.is_office:
            return "office"
        return "join" if invitations.is_for(found, request.user) else "other"
    return "login" if invitations.account_to_log_in(found) else "new"


def _join(request: HttpRequest, found: Invitation, form: JoinForm | None) -> HttpResponse:
    membership: Membership
    if form is None:
        membership = invitations.accept(found, request.user)
    else:
        membership = invitations.accept_with_new_account(
            found, form.cleaned_data["new_password1"], **form.names
        )
        login(request, membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    choose(request, membership)
    role = membership.get_role_display()
    messages.success(
        request, f"Bienvenue dans l’équipe de {membership.employer}. Votre rôle : «\u00a0{role}\u00a0»."
    )
    return redirect("recruiting:space")
