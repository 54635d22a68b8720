"""Signing up: an account without a password, and a mail whose link confirms the address and lets choose one."""

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from . import emails
from .models import User
from .signals import signed_up

KINDS = ("recruiter", "candidate")


def sign_up(kind: str, email: str, **names: str) -> None:
    """Make an account, or tell the owner of the address that there is one. Nobody else learns which.

    `names`: civility, first_name, last_name. A second sign-up before the confirmation renews the names and the mail.
    Sends `signed_up` in the transaction, except to an account in use: whoever typed its address may be a stranger.
    """
    try:
        _sign_up(kind, email, names)
    except IntegrityError:
        # Two clicks at once: the other one made the account meanwhile.
        _sign_up(kind, email, names)


@transaction.atomic
def _sign_up(kind: str, email: str, names: dict[str, str]) -> None:
    email = email.strip().lower()
    user = account_of(email)
    if user is None:
        user = User.objects.create_user(email, **names)
        EmailAddress.objects.create(user=user, email=email, primary=True)
    elif is_confirmed(user):
        emails.already_registered(user, email, kind)
        return
    else:
        User.objects.filter(pk=user.pk).update(**names)
        user.refresh_from_db()
    signed_up.send(sender=User, user=user, kind=kind)
    emails.choose_password(_pending_address(user))


@transaction.atomic
def send_link_again(email: str) -> None:
    """Mail a new link to who has not chosen a password yet; to others, what they need instead."""
    email = email.strip().lower()
    user = account_of(email)
    if user is None:
        emails.unknown_account(email)
    elif is_confirmed(user):
        emails.already_registered(user, email, "recruiter")
    else:
        emails.choose_password(_pending_address(user))


def account_of(email: str) -> User | None:
    """The account that an address belongs to: as its login, or as an address it has confirmed."""
    user = User.objects.filter(email__iexact=email).first()
    if user:
        return user
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    return address.user if address else None


def is_confirmed(user: User) -> bool:
    """Whether this account has been taken by its owner: a password chosen, or an address confirmed."""
    return user.has_usable_password() or user.emailaddress_set.filter(verified=True).exists()


def address_awaiting_password(key: str) -> EmailAddress | None:
    """The address that a sign-up link confirms, or None when the link is unknown, used or older than seven days.

    An account with a password never matches: the link that confirms its new address must not open the account to
    whoever reads that mailbox.
    """
    confirmation = EmailConfirmationHMAC.from_key(key)
    if confirmation is None or confirmation.email_address.user.has_usable_password():
        return None
    return confirmation.email_address


@transaction.atomic
def choose_first_password(request: HttpRequest, address: EmailAddress, password: str) -> bool:
    """Set the password and confirm the address, once. False when the link was used in the meantime.

    Locks the account.
    """
    user = User.objects.select_for_update().get(pk=address.user_id)
    address.refresh_from_db()
    if user.has_usable_password() or address.verified or not user.is_active:
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    return EmailConfirmationHMAC(address).confirm(request) is not None


def _pending_address(user: User) -> EmailAddress:
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    return address
