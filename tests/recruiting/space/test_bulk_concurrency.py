"""Two people, or one who clicks twice, on the same selection of ads: each ad is done once."""

import pytest
from django.test import Client

from pages.models import JobAd, Placement
from tests.concurrency import at_once
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory, MembershipFactory
from tests.pages.tools import spendings

pytestmark = [pytest.mark.postgres, pytest.mark.invariant]
BULK = "/espace-recruteur/annonces/selection/"
ADS = 6


@pytest.fixture
def employer(transactional_db):
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=4 * ADS)
    return employer


@pytest.fixture
def clients(employer, login):
    users = [employer.memberships.get().user, MembershipFactory(employer=employer).user]
    return [login(Client(raise_request_exception=False), user) for user in users]


def confirmed(client, action: str, ads: list[JobAd], backwards: bool = False) -> int:
    ads = list(reversed(ads)) if backwards else ads
    data = {"action": action, "confirme": "1", "annonce": [ad.pk for ad in ads]}
    data |= {
        f"fin-{ad.pk}": Placement.objects.filter(ad=ad).latest("ends_at").ends_at.isoformat() for ad in ads
    }
    return client.post(BULK, data).status_code


def test_one_credit_an_ad_when_two_renew_the_same(employer, clients):
    ads = [JobAdFactory(employer=employer, live=True) for _ in range(ADS)]
    ends = {ad.pk: Placement.objects.get(ad=ad).ends_at.isoformat() for ad in ads}
    data = {"action": "renouveler", "confirme": "1", "annonce": list(ends)}
    data |= {f"fin-{pk}": end for pk, end in ends.items()}
    answers = at_once(*[lambda c=c: c.post(BULK, data).status_code for c in (*clients, clients[0])])
    assert answers == [200] * 3
    assert spendings() == 2 * ADS
    assert {Placement.objects.filter(ad=ad).count() for ad in ads} == {2}


def test_two_unpublish_while_a_third_renews(employer, clients):
    ads = [JobAdFactory(employer=employer, live=True) for _ in range(ADS)]
    answers = at_once(
        lambda: confirmed(clients[0], "depublier", ads),
        lambda: confirmed(clients[0], "depublier", ads, backwards=True),
        lambda: confirmed(clients[1], "renouveler", ads),
    )
    assert answers == [200] * 3
    # Who was renewed first was unpublished afterwards; who came second was told so.
    assert not JobAd.objects.filter(live=True).exists()
    assert spendings() == Placement.objects.count() <= 2 * ADS


def test_a_draft_thrown_away_twice(employer, clients):
    ad = JobAdFactory(employer=employer)
    address = f"/espace-recruteur/annonces/{ad.pk}/supprimer/"
    answers = at_once(*[lambda c=c: c.post(address).status_code for c in (*clients, *clients)])
    assert set(answers) <= {302, 404}
    assert not JobAd.objects.filter(pk=ad.pk).exists()
