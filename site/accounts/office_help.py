"""What the office does for people who are stuck: a team without administrator, a second factor that is lost.

Both open doors: each is asked for with a reason, is written where it can be read again, and told to whom it concerns.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from wagtail.log_actions import log

from . import invitations, onboarding, team_emails
from .emails import second_factor_reset
from .models import Employer, Invitation, Membership, TeamEvent, User
from .team import TeamError, lock, record

#: The line in Wagtail's log of what was done to an account.
RESET = "accounts.second_factor_reset"
ADMINISTRATOR = Membership.Role.ADMINISTRATOR


@transaction.atomic
def appoint_administrator(
    employer: Employer, actor: User, email: str, reason: str
) -> Membership | Invitation:
    """Name an administrator for a team that has none who can log in. Raises TeamError. Locks the employer.

    A member becomes it at once. Anybody else is invited by mail, since only the mailbox shows whose the address is.
    The person and the rest of the team are told.
    """
    lock(employer)
    if Employer.objects.with_administrator().get(pk=employer.pk).has_administrator:
        raise TeamError(f"{employer} a un administrateur : c’est à lui de nommer les autres.")
    membership = employer.memberships.select_related("user").filter(user__email__iexact=email.strip()).first()
    if membership is None:
        account = User.objects.filter(email__iexact=email.strip()).first()
        if account and (account.is_staff or not account.is_active):
            raise TeamError(
                "Ce compte ne peut pas être membre d’un employeur : choisissez une autre adresse."
            )
        invitation = invitations.offer_administration(employer, actor, email, reason)
        team_emails.administration_offered(invitation)
        return invitation
    if not membership.user.is_active:
        raise TeamError(f"Le compte de {membership.user} est désactivé : choisissez quelqu’un d’autre.")
    old = membership.role
    membership = onboarding.add_member(employer, membership.user, ADMINISTRATOR)
    record(
        employer,
        TeamEvent.Kind.APPOINTED,
        actor,
        person=membership.user,
        old_role=old,
        new_role=ADMINISTRATOR,
        reason=reason,
    )
    team_emails.appointed(membership)
    return membership


def may_reset(actor: User, user: User) -> bool:
    """Whether the actor may take away this person's second factor. Never one's own; the office's: superusers only."""
    if actor == user or not (actor.is_office and actor.has_perm("accounts.reset_second_factor")):
        return False
    return actor.is_superuser or not (user.is_staff or user.is_superuser)


@transaction.atomic
def reset_second_factor(user: User, actor: User, reason: str) -> None:
    """Take away application, passkeys and recovery codes, and end what is open: the password alone opens again.

    Who must have a second factor sets one up at the next log-in. Logged and mailed. Raises TeamError. Locks the person.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not may_reset(actor, user):
        raise TeamError(
            "Ce second facteur se réinitialise par un administrateur du site, et jamais par soi-même."
        )
    if not Authenticator.objects.filter(user=user).exists():
        raise TeamError(f"{user} n’a pas de second facteur : rien à réinitialiser.")
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    log(instance=user, action=RESET, user=actor, data={"reason": reason})
    second_factor_reset(user, reason)
