"""The team of Les Ormeaux: a person for each role, an invitation that waits, and somebody of two employers."""

from __future__ import annotations

from accounts import invitations, onboarding, team
from accounts.models import Membership
from dev.demo.content import accounts

from .people import make_user
from .scene import Scene

Role = Membership.Role
MEMBERS = [
    ("comptabilite@les-ormeaux.example", "Solange", "Perrin", "mme", Role.BILLING),
    ("direction@les-ormeaux.example", "Karim", "Benali", "m", Role.READER),
]
INVITED = ("cheffe-de-service@les-ormeaux.example", Role.RECRUITER)


def make_team(scene: Scene) -> None:
    """Members, a pending invitation and a change of role; the colleague recruits for a second employer too."""
    ormeaux = scene.customers["les-ormeaux"]
    administrator = ormeaux.recruiter
    for email, first_name, last_name, civility, role in MEMBERS:
        person = make_user(scene, email, first_name, last_name, civility)
        # They came as recruiters: the changes of role begin the history.
        membership = onboarding.add_member(ormeaux.row, person, Role.RECRUITER)
        team.change_role(ormeaux.row, administrator, membership.pk, role)
    invitations.invite(ormeaux.row, administrator, *INVITED)
    others = [customer for customer in scene.customers.values() if customer is not ormeaux]
    colleague = ormeaux.row.memberships.get(user__email=accounts.COLLEAGUE.email)
    if others:
        onboarding.add_member(others[0].row, colleague.user, Role.RECRUITER)
    Membership.objects.filter(pk=colleague.pk).update(chosen_at=scene.now)
