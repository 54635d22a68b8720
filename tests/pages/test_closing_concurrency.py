"""The only administrator closes the account while a colleague publishes: never an ad online that nobody answers for."""

import pytest
from django.test import Client

from accounts import deletion
from accounts.models import Membership
from pages.models import JobAd
from tests.concurrency import at_once
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory

from .tools import publish_in_editor, spendings

pytestmark = [pytest.mark.postgres, pytest.mark.invariant]
ROUNDS = 5


def test_publishing_while_the_last_account_is_closed(transactional_db, login):
    for _ in range(ROUNDS):
        employer = EmployerFactory(with_page=True)
        CreditLotFactory(employer=employer)
        user, ad, before = employer.memberships.get().user, JobAdFactory(employer=employer), spendings()
        client = login(Client(raise_request_exception=False), user)
        answer, closed = at_once(
            lambda client=client, ad=ad: publish_in_editor(client, ad).status_code,
            lambda user=user: deletion.delete_account(user),
        )
        assert answer in {302, 404}
        assert closed is None or isinstance(closed, deletion.DeletionRefused), closed
        is_public = JobAd.objects.visible().filter(pk=ad.pk).exists()
        answered_for = employer.memberships.filter(role=Membership.Role.ADMINISTRATOR).exists()
        # Either it is online, paid and somebody is there, or it was never published and nothing was spent.
        assert is_public == answered_for == (closed is not None)
        assert spendings() - before == is_public
