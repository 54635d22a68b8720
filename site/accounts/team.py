"""The team of an employer: roles, removal, handing over, leaving. It is never without an administrator.

Each verb locks the employer's row first, so that what it then reads of the team stays true until its commit: two
administrators who demote each other at once are heard one after the other, and the second is none any more.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from . import onboarding, team_emails
from .models import Employer, Membership, TeamEvent, User

Role = Membership.Role
Kind = TeamEvent.Kind


class TeamError(ValidationError):
    """Refused, in a French sentence that says what to do."""


def lock(employer: Employer) -> None:
    """Hold the team as it is until the transaction ends."""
    Employer.objects.select_for_update().get(pk=employer.pk)


def require_administrator(employer: Employer, user: User) -> Membership:
    """The person's membership, read under the lock; raises TeamError when it does not administer the team."""
    membership = employer.memberships.filter(user=user, role=Role.ADMINISTRATOR).first()
    if membership is None:
        raise TeamError(f"Vous n’êtes plus administrateur de {employer} : demandez à un administrateur.")
    return membership


def record(employer: Employer, kind: str, actor: User, **what) -> None:
    """Write a line of the history, in the transaction of the change."""
    TeamEvent.objects.create(employer=employer, kind=kind, actor=actor, **what)


@transaction.atomic
def change_role(employer: Employer, actor: User, pk: int, role: str) -> Membership:
    """Give a member another role; who administers no more has its open invitations revoked.

    Raises TeamError, or Membership.DoesNotExist. Locks the employer.
    """
    lock(employer)
    require_administrator(employer, actor)
    membership = employer.memberships.select_related("user").get(pk=pk)
    old = membership.role
    if old == role:
        return membership
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(membership)
    membership = onboarding.add_member(employer, membership.user, role)
    record(employer, Kind.ROLE, actor, person=membership.user, old_role=old, new_role=role)
    if role != Role.ADMINISTRATOR:
        _revoke_sent_by(employer, membership.user, actor)
    team_emails.role_changed(membership, actor)
    return membership


@transaction.atomic
def remove(employer: Employer, actor: User, pk: int) -> User:
    """Take a member out; what it had open ends with the commit, and the invitations it sent are revoked.

    Raises TeamError, or Membership.DoesNotExist. Locks the employer.
    """
    lock(employer)
    require_administrator(employer, actor)
    membership = employer.memberships.select_related("user").get(pk=pk)
    person, role = membership.user, membership.role
    if person == actor:
        raise TeamError("Pour partir vous-même, choisissez « Quitter l’équipe ».")
    _keep_an_administrator(membership)
    onboarding.remove_member(membership)
    record(employer, Kind.REMOVED, actor, person=person, old_role=role)
    _revoke_sent_by(employer, person, actor)
    team_emails.removed(employer, person, actor)
    return person


@transaction.atomic
def hand_over(employer: Employer, actor: User, pk: int, own_role: str) -> Membership:
    """Make another member administrator and take a lesser role oneself, in one step. Locks the employer.

    Raises TeamError, or Membership.DoesNotExist.
    """
    lock(employer)
    own = require_administrator(employer, actor)
    successor = employer.memberships.select_related("user").get(pk=pk)
    if successor.user_id == actor.pk:
        raise TeamError("Choisissez un autre membre que vous.")
    if not successor.user.is_active:
        raise TeamError("Ce compte est désactivé : choisissez un autre membre.")
    onboarding.add_member(employer, successor.user, Role.ADMINISTRATOR)
    onboarding.add_member(employer, own.user, own_role)
    record(employer, Kind.HANDED_OVER, actor, person=successor.user, new_role=own_role)
    team_emails.handed_over(employer, successor.user, actor)
    return successor


@transaction.atomic
def leave(employer: Employer, user: User) -> None:
    """Go of one's own will. Raises TeamError when nobody would administer. Locks the employer."""
    lock(employer)
    membership = employer.memberships.get(user=user)
    _keep_an_administrator(membership)
    onboarding.remove_member(membership)
    record(employer, Kind.LEFT, user, person=user, old_role=membership.role)


def administered_alone(user: User) -> list[Employer]:
    """Employers that would have no administrator without this person: to be handed over before it goes."""
    administered = Employer.objects.filter(memberships__user=user, memberships__role=Role.ADMINISTRATOR)
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exclude(user=user)
    return list(administered.exclude(pk__in=others.values("employer")))


def _revoke_sent_by(employer: Employer, person: User, actor: User) -> None:
    """Or else who foresaw its removal, or a lesser role, would come back by the back door."""
    for invitation in employer.invitations.pending().filter(invited_by=person):
        invitation.close()
        record(employer, Kind.REVOKED, actor, email=invitation.email)


def _keep_an_administrator(membership: Membership) -> None:
    """Raise TeamError when this is the last active administrator. Right only under the lock."""
    others = membership.employer.memberships.filter(role=Role.ADMINISTRATOR, user__is_active=True).exclude(
        pk=membership.pk
    )
    if membership.role == Role.ADMINISTRATOR and not others.exists():
        raise TeamError(
            "L’équipe doit garder un administrateur : nommez-en d’abord un autre, ou transmettez l’administration."
        )
