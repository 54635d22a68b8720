""" "Sécurité": what protects an account, in one page; and what allauth's own views leave to us."""

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from accounts.publisher_login import publisher_login
from accounts.ratelimits import limited
from accounts.second_factor import has_second_factor

from .me import frame


@login_required
@require_GET
@never_cache
def security(request: HttpRequest) -> HttpResponse:
    """Address, password, second factor, passkeys, recovery codes, open sessions, the publisher's account."""
    user = request.user
    factors = list(Authenticator.objects.filter(user=user))
    kinds = {factor.type for factor in factors}
    context = {
        "pending_email": EmailAddress.objects.filter(user=user, verified=False)
        .exclude(email=user.email)
        .first(),
        "has_totp": Authenticator.Type.TOTP in kinds,
        "passkey_count": sum(factor.type == Authenticator.Type.WEBAUTHN for factor in factors),
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "codes_left": _codes_left(factors),
        "session_count": UserSession.objects.filter(user=user).count(),
        "publisher": publisher_login(),
        "is_linked": user.socialaccount_set.exists(),
    }
    return render(request, "accounts/security.html", frame(request) | context)


@login_required
@require_GET
@never_cache
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why somebody of the office goes no further, and the two ways on."""
    if has_second_factor(request.user):
        return redirect("accounts:arrival")
    return render(request, "accounts/second_factor_needed.html")


@login_required
@require_POST
@limited("account", "60/h/user")
def end_session(request: HttpRequest) -> HttpResponse:
    """Close one of one's own sessions elsewhere; somebody else's answers 404, as one that is not."""
    number = request.POST.get("connexion", "")
    own = UserSession.objects.filter(user=request.user)
    session = get_object_or_404(own, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    if session.is_current():
        return redirect("account_logout")
    session.end()
    messages.success(request, "Cette connexion est fermée.")
    return redirect("usersessions_list")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("publisher_login", "30/m/ip")
def publisher_login_start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the publisher's server, by a POST; a GET asks first. When it does not answer, back to our own log-in."""
    try:
        return openid_connect.login(request, provider_id=provider_id)
    except RequestException:
        messages.error(
            request,
            "Le serveur des comptes de l’éditeur ne répond pas. Réessayez dans quelques minutes, "
            "ou connectez-vous avec votre adresse et votre mot de passe.",
        )
        return redirect("account_login")


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth's, which does not ask whether the last factor may go."""

    def form_valid(self, form) -> HttpResponse:
        if not get_mfa_adapter().can_delete_authenticator(self.object):
            messages.error(self.request, get_mfa_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


remove_passkey = RemovePasskeyView.as_view()


def _codes_left(factors: list[Authenticator]) -> int:
    codes = next((f for f in factors if f.type == Authenticator.Type.RECOVERY_CODES), None)
    return len(codes.wrap().get_unused_codes()) if codes else 0
