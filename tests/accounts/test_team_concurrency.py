"""Two administrators at once, on a database with real locks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts import invitations, team
from accounts.models import Membership
from tests.factories import EmployerFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.invariant, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

Role = Membership.Role


@pytest.fixture
def pair():
    """An employer and its two administrators."""
    employer = EmployerFactory()
    first = employer.memberships.get()
    return employer, [first, MembershipFactory(employer=employer, role=Role.ADMINISTRATOR)]


def at_once(*acts) -> list:
    """Run the acts, each in a thread, all started together. Returns results, or the exceptions raised."""
    start = threading.Barrier(len(acts))

    def one(act):
        try:
            start.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def demote_each_other(employer, one, other) -> list:
    return at_once(
        lambda: team.change_role(employer, one.user, other.pk, Role.READER),
        lambda: team.change_role(employer, other.user, one.pk, Role.READER),
    )


def administrators(employer) -> int:
    return employer.memberships.filter(role=Role.ADMINISTRATOR).count()


def test_two_administrators_who_demote_each_other_leave_one(pair):
    employer, (one, other) = pair
    results = demote_each_other(employer, one, other)
    assert [isinstance(result, team.TeamError) for result in results].count(True) == 1
    assert administrators(employer) == 1


def test_without_the_lock_they_leave_none(pair, monkeypatch):
    """Shows that the test above can fail: each reads the other as administrator before either writes."""
    employer, (one, other) = pair
    together = threading.Barrier(2)
    keep = team._keep_an_administrator

    def keep_then_wait(membership):
        keep(membership)
        together.wait(timeout=30)

    monkeypatch.setattr(team, "lock", lambda employer: None)
    monkeypatch.setattr(team, "_keep_an_administrator", keep_then_wait)
    demote_each_other(employer, one, other)
    assert administrators(employer) == 0


def test_two_who_leave_at_once_leave_one(pair):
    employer, (one, other) = pair
    at_once(lambda: team.leave(employer, one.user), lambda: team.leave(employer, other.user))
    assert administrators(employer) == 1


def test_an_invitation_accepted_and_revoked_at_once_has_one_end(pair):
    employer, (one, _) = pair
    invited = invitations.invite(employer, one.user, "ines@test.example", Role.READER)
    user = UserFactory(email="ines@test.example")
    at_once(
        lambda: invitations.accept(invited, user),
        lambda: invitations.revoke(employer, one.user, invited.pk),
    )
    invited = type(invited).objects.get(pk=invited.pk)
    assert (invited.accepted_at is None) != (invited.revoked_at is None)
    assert employer.memberships.filter(user=user).exists() == (invited.accepted_at is not None)
