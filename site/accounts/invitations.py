"""Invitations into a team: a link by mail, for the owner of the address alone.

The link carries a signature and nothing secret is kept. It proves the mailbox: so a new account made by it has its
address confirmed, and an existing one must have confirmed the same address.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.utils import timezone

from . import onboarding, signup, team_emails
from .models import Employer, Invitation, Membership, TeamEvent, User
from .models.invitation import VALID
from .signals import signed_up
from .team import TeamError, lock, record, require_administrator

Kind = TeamEvent.Kind
_signer = signing.Signer(salt="accounts.invitation")


def key_of(invitation: Invitation) -> str:
    """What the link of the mail carries. The same when it is sent again, so that every mail of it works."""
    return _signer.sign(str(invitation.pk))


def find(key: str) -> Invitation | None:
    """The invitation of a link, whatever has become of it; None for a key that we did not sign."""
    try:
        pk = _signer.unsign(key)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("employer", "invited_by").filter(pk=pk).first()


@transaction.atomic
def invite(employer: Employer, actor: User, email: str, role: str) -> Invitation:
    """Offer a place to an address; an expired invitation of it begins anew. Raises TeamError. Locks the employer.

    What the inviter learns is the same whether the address has an account or not.
    """
    lock(employer)
    require_administrator(employer, actor)
    email = email.strip().lower()
    if employer.memberships.filter(user__email__iexact=email).exists():
        raise TeamError(f"{email} fait déjà partie de l’équipe : changez son rôle dans la liste.")
    invitation = employer.invitations.pending().filter(email=email).first()
    if invitation and not invitation.has_expired:
        raise TeamError(f"Une invitation attend déjà {email} : vous pouvez la renvoyer, ou la révoquer.")
    invitation = invitation or Invitation(employer=employer, email=email)
    invitation.role = role
    _send(invitation, actor)
    record(employer, Kind.INVITED, actor, email=email, new_role=role)
    return invitation


def offer_administration(employer: Employer, actor: User, email: str, reason: str) -> Invitation:
    """The office offers to administer a team to somebody outside it. The caller holds the employer's lock.

    An invitation that waits for the same address already is sent again, for this role.
    """
    email = email.strip().lower()
    invitation = employer.invitations.pending().filter(email=email).first()
    invitation = invitation or Invitation(employer=employer, email=email)
    invitation.role = Membership.Role.ADMINISTRATOR
    _send(invitation, actor)
    record(employer, Kind.INVITED, actor, email=email, new_role=invitation.role, reason=reason)
    return invitation


@transaction.atomic
def send_again(employer: Employer, actor: User, pk: int) -> Invitation:
    """Send the mail again, for seven days more. Raises TeamError, Invitation.DoesNotExist. Locks the employer."""
    lock(employer)
    require_administrator(employer, actor)
    invitation = employer.invitations.pending().get(pk=pk)
    _send(invitation, actor)
    record(employer, Kind.SENT_AGAIN, actor, email=invitation.email, new_role=invitation.role)
    return invitation


@transaction.atomic
def revoke(employer: Employer, actor: User, pk: int) -> Invitation:
    """Take an invitation back: its link ends. Raises TeamError, Invitation.DoesNotExist. Locks the employer."""
    lock(employer)
    require_administrator(employer, actor)
    invitation = employer.invitations.pending().get(pk=pk)
    invitation.close()
    record(employer, Kind.REVOKED, actor, email=invitation.email)
    return invitation


def _send(invitation: Invitation, actor: User) -> None:
    invitation.invited_by = actor
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + VALID
    invitation.save()
    team_emails.invitation(invitation, key_of(invitation))


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether the invited address is one that this account has confirmed."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return addresses.filter(email__iexact=invitation.email).exists()


def account_to_log_in(invitation: Invitation) -> bool:
    """Whether the address has an account in use; else its owner makes one by the link."""
    account = signup.account_of(invitation.email)
    return account is not None and signup.is_confirmed(account)


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Take the place. Twice, or as a member, changes no role. Raises TeamError. Locks the employer."""
    lock(invitation.employer)
    invitation.refresh_from_db(fields=["accepted_at", "revoked_at", "expires_at", "role"])
    if not invitation.is_open:
        raise TeamError("Cette invitation n’est plus valable : demandez qu’elle vous soit renvoyée.")
    if user.is_office or not user.is_active or not is_for(invitation, user):
        raise TeamError("Cette invitation est destinée à un autre compte.")
    employer = invitation.employer
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    membership = employer.memberships.filter(user=user).first()
    if membership is None:
        membership = onboarding.add_member(employer, user, invitation.role)
        record(employer, Kind.JOINED, user, person=user, new_role=invitation.role)
        team_emails.joined(invitation, user)
    return membership


@transaction.atomic
def accept_with_new_account(invitation: Invitation, password: str, **names: str) -> Membership:
    """Make the account of the invited address, its address confirmed by the link, and take the place.

    An account begun and never confirmed is taken over: who reads the mailbox is its owner. Raises TeamError.
    Locks the employer.
    """
    lock(invitation.employer)
    user = signup.account_of(invitation.email)
    if user and (signup.is_confirmed(user) or not user.is_active):
        raise TeamError("Cette adresse a un compte : connectez-vous pour accepter l’invitation.")
    if user is None:
        user = User.objects.create_user(invitation.email, **names)
    else:
        User.objects.filter(pk=user.pk).update(**names)
        user.refresh_from_db()
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=invitation.email, defaults={"verified": True, "primary": True}
    )
    signed_up.send(sender=User, user=user, kind="recruiter")
    return accept(invitation, user)
