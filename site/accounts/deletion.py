"""Closing one's account: personal data goes, what the law has kept (orders, invoices) stays without the person.

The row of the account stays too, emptied: ledgers and histories that are written once refer to it.
"""

from __future__ import annotations

from django.db import transaction

from . import emails, exports, onboarding, personal_data, team
from .models import Employer, Membership, User
from .signals import account_erased, closing_asked

NAME = "Compte supprimé"


class DeletionRefused(Exception):
    """Something must be done first. `sentences` say what."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def obstacles(user: User) -> list[str]:
    """French sentences on what must be done before the account can be closed; none when it can."""
    if user.is_staff or user.is_superuser:
        return ["Votre compte est celui d’un agent du site : demandez à un administrateur de le fermer."]
    alone = team.administered_alone(user)
    found = []
    for employer in alone:
        if employer.memberships.filter(user__is_active=True).exclude(user=user).exists():
            found.append(
                f"{employer} n’a pas d’autre administrateur que vous : transmettez d’abord l’administration "
                "à un autre membre."
            )
    for _, sentences in closing_asked.send(sender=User, employers=alone):
        found += sentences or []
    return found


@transaction.atomic
def delete_account(user: User) -> None:
    """Erase the person. Raises DeletionRefused. Locks the person and each employer of the person.

    Sends `account_erased` and queues the mail that says it is done.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    for employer in Employer.objects.of(user).order_by("pk"):
        team.lock(employer)
    if found := obstacles(user):
        raise DeletionRefused(found)
    left_alone = team.administered_alone(user)
    account_erased.send(sender=User, user=user, left_alone=left_alone)
    for membership in Membership.objects.filter(user=user).select_related("employer", "user"):
        onboarding.remove_member(membership)
    email, name = user.email, user.formal_name
    exports.forget(user.data_exports.all())
    personal_data.erase(user)
    _empty(user)
    emails.account_deleted(email, name)


def _empty(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"compte-{user.public_id}@supprime.invalid"
    user.first_name, user.last_name, user.civility, user.phone = NAME, "", "", ""
    user.is_active = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
