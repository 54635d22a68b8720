"""Log-in with the publisher's own accounts (OpenID Connect): whom it lets in, and as whom.

The publisher's server says who a person is; an account here is taken only by an address that both sides have confirmed.
"""

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from .models import User
from .signup import is_confirmed
from .wording import ERRORS

#: allauth's name for the publisher's server, and part of its addresses.
PROVIDER = "editeur"


def publisher_login() -> dict | None:
    """The name on the button and where it leads; nothing when no server is set."""
    if not settings.PUBLISHER_LOGIN_SERVER:
        return None
    url = reverse("openid_connect_login", kwargs={"provider_id": PROVIDER})
    return {"name": settings.PUBLISHER_LOGIN_NAME, "url": url}


def confirmed_addresses(sociallogin: SocialLogin) -> list[str]:
    """The addresses that the publisher's server says it has confirmed: with a plain true, not with a word."""
    return [address.email for address in sociallogin.email_addresses if address.verified is True]


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Who comes from the publisher's server gets the account that is linked, the one of that address, or a new one."""

    error_messages = DefaultSocialAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account to link, when it is certain that both are the same person's.

        Never one of the office's: those are linked from inside, by who has logged in. Never one that is linked to
        somebody else of the publisher's, nor one that only waits for this address to be confirmed.
        """
        for email in confirmed_addresses(sociallogin):
            user = _owner(email)
            if user is None or user.is_staff or user.is_superuser:
                continue
            if not SocialAccount.objects.filter(user=user).exists():
                return user, email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop who would get no account, with a page that says why; confirm the address of a first arrival."""
        if sociallogin.state.get("process") == "connect":
            return
        confirmed = confirmed_addresses(sociallogin)
        if sociallogin.is_existing:
            _confirm(sociallogin.user, confirmed)
        elif not confirmed:
            raise ImmediateHttpResponse(_refused(request, "unconfirmed"))
        elif User.objects.filter(email__iexact=confirmed[0]).exists() or _owner(confirmed[0]):
            raise ImmediateHttpResponse(_refused(request, "link_from_inside"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        return reverse("socialaccount_connections")


def _owner(email: str) -> User | None:
    """Whose address this is: confirmed here, or the login of an account that nobody has opened yet."""
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if address:
        return address.user
    user = User.objects.filter(email__iexact=email).first()
    return user if user and not is_confirmed(user) else None


def _confirm(user: User, confirmed: list[str]) -> None:
    """An account without password whose address the publisher has confirmed needs no mail of ours any more."""
    if not is_confirmed(user) and user.email.lower() in [email.lower() for email in confirmed]:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def _refused(request: HttpRequest, why: str):
    context = {"why": why, "name": settings.PUBLISHER_LOGIN_NAME}
    return render(request, "socialaccount/refused.html", context, status=403)
