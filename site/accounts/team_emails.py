"""The mails of the team."""

from django.urls import reverse

from . import notifications
from .emails import absolute, deliver
from .models import Employer, Invitation, Membership, User
from .roles import SUMMARIES


def invitation(invitation: Invitation, key: str) -> None:
    """To the invited address: who invites, to what, and the link. The same whether it has an account or not."""
    deliver(
        invitation.email,
        "accounts/email/team_invitation",
        {
            "invitation": invitation,
            "summary": SUMMARIES[invitation.role],
            "url": absolute(reverse("accounts:invitation", args=[key])),
        },
    )


def joined(invitation: Invitation, user: User) -> None:
    """To who invited, if it still has an account."""
    if invitation.invited_by and invitation.invited_by.is_active:
        _notice(
            invitation.invited_by,
            invitation.employer,
            f"{user} a rejoint l’équipe",
            f"{user} a accepté votre invitation, avec le rôle « {invitation.get_role_display()} ».",
            to_team=not invitation.invited_by.is_office,
            kind=notifications.TEAM,
        )


def role_changed(membership: Membership, actor: User) -> None:
    """To the member, unless it did so itself."""
    if membership.user != actor:
        role = membership.get_role_display()
        _notice(
            membership.user,
            membership.employer,
            "Votre rôle a changé",
            f"{actor} vous a donné le rôle « {role} ». Qui a ce rôle {SUMMARIES[membership.role]}.",
        )


def removed(employer: Employer, person: User, actor: User) -> None:
    """To who was taken out of the team."""
    _notice(
        person,
        employer,
        "Vous ne faites plus partie de l’équipe",
        f"{actor} vous a retiré de l’équipe. Votre compte reste ouvert ; il ne donne plus accès à cet employeur.",
        to_team=False,
    )


def handed_over(employer: Employer, person: User, actor: User) -> None:
    """To the new administrator."""
    _notice(
        person,
        employer,
        "Vous êtes administrateur",
        f"{actor} vous a transmis l’administration : vous gérez l’équipe et ses rôles.",
    )


def appointed(membership: Membership) -> None:
    """The office named an administrator: to that person, and to the others of the team."""
    person, employer = membership.user, membership.employer
    _notice(
        person,
        employer,
        "Vous êtes administrateur",
        "L’équipe n’avait plus d’administrateur : ASH Job vous a nommé. Vous gérez l’équipe et ses rôles.",
    )
    for other in _others(employer, person):
        _notice(
            other,
            employer,
            "L’équipe a un nouvel administrateur",
            f"L’équipe n’avait plus d’administrateur : ASH Job a nommé {person}. Une question ? Écrivez-nous.",
        )


def administration_offered(invitation: Invitation) -> None:
    """The office invited an administrator from outside: to the team, so that nobody comes in unseen."""
    for other in _others(invitation.employer):
        _notice(
            other,
            invitation.employer,
            "Un administrateur est invité dans votre équipe",
            f"L’équipe n’a plus d’administrateur : ASH Job a invité {invitation.email} à l’administrer. "
            "Une question ? Écrivez-nous.",
        )


def _others(employer: Employer, person: User | None = None) -> list[User]:
    """The active members, but for one."""
    members = employer.memberships.filter(user__is_active=True).select_related("user").order_by("pk")
    return [member.user for member in members if member.user != person]


def access_review(employer: Employer, members: list[Membership], invitations: list[Invitation]) -> None:
    """ "Qui a accès", to each active administrator."""
    administrators = [m.user for m in members if m.role == Membership.Role.ADMINISTRATOR and m.user.is_active]
    for person in administrators:
        deliver(
            person.email,
            "accounts/email/team_access",
            {
                "user": person,
                "employer": employer,
                "members": members,
                "invitations": invitations,
                "url": absolute(reverse("accounts:team")),
            },
            kind=notifications.TEAM,
        )


def _notice(
    person: User,
    employer: Employer,
    title: str,
    sentence: str,
    to_team: bool = True,
    kind: str | None = None,
) -> None:
    """A change of the person's own rights has no kind: it always goes."""
    deliver(
        person.email,
        "accounts/email/team_notice",
        {
            "user": person,
            "employer": employer,
            "title": title,
            "sentence": sentence,
            "url": absolute(reverse("accounts:team")) if to_team else "",
        },
        kind=kind,
    )
