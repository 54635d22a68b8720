"""Twenty people publish twenty drafts on the last credit, at the same moment, on a database with real locks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from billing.models.credit import CreditLotQuerySet
from pages.models import JobAd, Placement
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory

from .tools import latest_title, publish_in_editor, spendings

PEOPLE = 20


def publish_all(ads, user, login) -> list[int]:
    """Press "publier" for each ad in a thread of its own, all at once. Returns the answers' status codes."""
    start = threading.Barrier(PEOPLE)

    def publish(number: int) -> int:
        try:
            client = login(Client(raise_request_exception=False), user)
            start.wait(timeout=30)
            return publish_in_editor(client, ads[number], title=f"Tapé par {number} F/H").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(publish, range(PEOPLE)))


@pytest.fixture
def drafts(transactional_db):
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer)
    return [JobAdFactory(employer=employer) for _ in range(PEOPLE)]


@pytest.mark.invariant
@pytest.mark.postgres
def test_the_last_credit_publishes_one_ad(drafts, login):
    user = drafts[0].employer.memberships.get().user
    assert publish_all(drafts, user, login) == [302] * PEOPLE
    live = JobAd.objects.filter(live=True)
    assert live.count() == 1
    assert Placement.objects.count() == 1
    assert spendings() == 1
    assert drafts[0].employer.credit_lots.get().balance == 0
    client = login(Client(), user)
    refused = JobAd.objects.filter(live=False)
    assert refused.count() == PEOPLE - 1
    assert {latest_title(ad) for ad in drafts} == {f"Tapé par {n} F/H" for n in range(PEOPLE)}
    # Each of the others reads why when the editor opens again.
    response = publish_in_editor(client, refused.first())
    assert "plus de crédit" in client.get(response.url).content.decode()


@pytest.mark.invariant
@pytest.mark.postgres
def test_the_same_without_the_lock_goes_wrong(drafts, login, monkeypatch):
    """Shows that the test above is one that can fail: everybody sees the last credit before anybody takes it."""
    seen = threading.Barrier(PEOPLE)

    def without_lock(lots, **kwargs):
        lots = list(lots)
        seen.wait(timeout=30)
        return lots

    monkeypatch.setattr(CreditLotQuerySet, "select_for_update", without_lock)
    user = drafts[0].employer.memberships.get().user
    answers = publish_all(drafts, user, login)
    assert answers.count(302) < PEOPLE
    # The database's own constraint is the last line: nobody got an ad for nothing.
    assert JobAd.objects.filter(live=True).count() == 1
