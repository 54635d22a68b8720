"""The second factor: who has one, who must, and what follows when the first one is set up."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.dispatch import receiver

from .models import User

#: Recovery codes stand in for a factor; they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether an application or a passkey is set up."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def must_keep(authenticator: Authenticator) -> bool:
    """Whether this is the last factor of somebody who must have one."""
    user = authenticator.user
    if not settings.OFFICE_SECOND_FACTOR or not (user.is_staff or user.is_superuser):
        return False
    others = Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk)
    return authenticator.type in FACTORS and not others.exists()


@receiver(authenticator_added, dispatch_uid="accounts.end_sessions_without_factor")
def end_sessions_without_factor(sender, request, user, authenticator, **kwargs) -> None:
    """The first factor closes what was opened by the password alone, this session apart."""
    if Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk).exists():
        return
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
