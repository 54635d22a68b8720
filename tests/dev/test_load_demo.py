"""The demonstration: that it is made whole, by the rules of the site, and once."""

import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from stdnum.fr import siret

from accounts.models import Employer, User
from billing import refunds
from billing.models import CreditLot, CreditMovement, Invoice, Offer, Order, Payment, Quote
from dev.demo import identifiers
from dev.demo.compose import LEDE_MAX, compose_ads
from dev.demo.content import EMPLOYERS, PROFESSIONS, accounts
from dev.demo.people import compose_people
from pages import ads
from pages.models import AdDay, CompanyPage, JobAd, MagazineIssue, Placement, PrintInsert
from recruiting.models import Application, Candidate
from reference.loading import _communes


@pytest.fixture(scope="module")
def cities():
    return {commune.insee: commune.name for commune in _communes()}


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """Loaded once for the module, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = io.StringIO()
        call_command("load_demo", scale="small", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, db):
    return _loaded


def test_three_hundred_ads_have_texts_of_their_own(cities):
    drafts = compose_ads(cities)
    assert len(drafts) == 300
    assert len({draft.profession.key for draft in drafts}) >= 25
    assert len({(draft.lede, draft.context, *sorted(draft.missions)) for draft in drafts}) == 300
    assert len({(draft.employer.key, draft.title) for draft in drafts}) == 300
    assert all(len(draft.lede) <= LEDE_MAX and len(draft.insert) <= 350 for draft in drafts)
    assert all(draft.pay[0] < draft.pay[1] for draft in drafts)


def test_the_same_ads_are_composed_every_time(cities):
    assert compose_ads(cities) == compose_ads(cities)
    assert compose_people(cities) == compose_people(cities)


def test_sixty_employers_are_all_different_and_none_is_real(cities):
    assert len(EMPLOYERS) == 60
    for attribute in ("key", "name", "text", "tagline"):
        assert len({getattr(employer, attribute) for employer in EMPLOYERS}) == 60
    assert {employer.insee for employer in EMPLOYERS} <= set(cities)
    sirets = [identifiers.siret(index) for index in range(60)]
    assert len(set(sirets)) == 60
    assert all(siret.is_valid(number) and number.startswith(identifiers.FICTITIOUS) for number in sirets)


def test_texts_hold_french_typography():
    texts = [employer.text for employer in EMPLOYERS]
    texts += [text for profession in PROFESSIONS.values() for text in profession.ledes + profession.missions]
    for text in texts:
        assert "'" not in text
        assert not any(mark in text for mark in (" ;", " !", " ?", "« ", " »"))


def test_candidates_have_addresses_of_their_own(cities):
    people = compose_people(cities)
    assert len(people) == 200
    assert len({person.email for person in people}) == 200
    assert all(person.email.endswith(".example") and person.phone.startswith("06 39 98") for person in people)


@pytest.mark.invariant
def test_every_live_ad_of_the_demonstration_holds_an_open_placement(demo):
    now = timezone.now()
    open_now = Placement.objects.open_at(now).values("ad")
    assert JobAd.objects.filter(live=True).exists()
    assert not JobAd.objects.filter(live=True).exclude(pk__in=open_now).exists()
    assert (
        CreditMovement.objects.filter(kind=CreditMovement.Kind.SPENDING).count() == Placement.objects.count()
    )


@pytest.mark.invariant
def test_balances_are_the_sum_of_their_movements_and_never_negative(demo):
    assert CreditLot.objects.exists()
    for lot in CreditLot.objects.prefetch_related("movements"):
        assert lot.balance == sum(movement.quantity for movement in lot.movements.all()) >= 0


def test_every_state_is_there(demo):
    # All of them in the list of the recruiter who logs in.
    recruiter = User.objects.get(email=accounts.RECRUITER.email)
    states = Counter(ads.of_employer(recruiter.memberships.get().employer).values_list("state", flat=True))
    assert set(states) == set(ads.State.values)
    assert set(Order.objects.values_list("state", flat=True)) >= {
        Order.State.PAID,
        Order.State.AWAITING_TRANSFER,
        Order.State.ON_INVOICE,
        Order.State.CANCELLED,
    }
    assert set(Order.objects.values_list("method", flat=True)) == set(Order.Method.values)
    assert len(set(Application.objects.values_list("state", flat=True))) >= 5
    assert Quote.objects.exists() and Invoice.objects.exists()
    tiers = {tier for tier in Employer.objects.values_list("entitlements__tier", flat=True) if tier}
    assert tiers >= {Offer.Tier.BRAND, Offer.Tier.BRAND_PLUS}


def test_the_recruiters_statement_has_every_movement(demo):
    employer = User.objects.get(email=accounts.RECRUITER.email).memberships.get().employer
    kinds = CreditMovement.objects.filter(lot__employer=employer).values_list("kind", flat=True)
    assert set(kinds) == set(CreditMovement.Kind.values)


def test_nothing_lies_in_the_future(demo):
    now = timezone.now()
    assert not Placement.objects.filter(opened_at__gt=now).exists()
    assert not CreditMovement.objects.filter(at__gt=now).exists()
    assert not Order.objects.filter(placed_at__gt=now).exists()
    assert not Application.objects.filter(sent_at__gt=now).exists()


def test_pages_candidates_magazine_and_figures_are_there(demo):
    assert CompanyPage.objects.live().count() == Employer.objects.count() == 10
    library = Candidate.objects.in_library().count()
    assert (
        0 < library < Candidate.objects.exclude(library_consent_at=None).count() < Candidate.objects.count()
    )
    assert not Candidate.objects.exclude(cvs__is_current=True).exists()
    assert MagazineIssue.objects.open_at(timezone.now()).count() >= 2
    assert PrintInsert.objects.filter(issue__isnull=False).exists()
    assert AdDay.objects.exists()


def test_each_role_can_log_in(demo, client):
    for login in accounts.LOGINS:
        assert client.login(username=login.email, password=accounts.PASSWORD), login.email
    out = io.StringIO()
    call_command("demo_logins", stdout=out)
    assert all(login.email in out.getvalue() for login in accounts.LOGINS)
    assert accounts.PASSWORD in out.getvalue()


def test_a_second_run_changes_nothing(demo):
    before = (
        User.objects.count(),
        JobAd.objects.count(),
        Order.objects.count(),
        CreditMovement.objects.count(),
    )
    out = io.StringIO()
    call_command("load_demo", scale="small", stdout=out)
    assert "already" in out.getvalue()
    after = User.objects.count(), JobAd.objects.count(), Order.objects.count(), CreditMovement.objects.count()
    assert after == before


def test_logins_say_so_when_there_is_no_demonstration(db):
    User.objects.filter(email__in=[login.email for login in accounts.LOGINS]).update(
        email=Concat(Value("x"), "email")
    )
    out = io.StringIO()
    call_command("demo_logins", stdout=out)
    assert "make demo" in out.getvalue()


def test_every_story_of_a_card_is_told(demo):
    statuses = set(Payment.objects.values_list("status", flat=True))
    assert statuses == {"confirmed", "refunded", "rejected", "waiting", "input"}
    assert set(Payment.objects.values_list("unexpected", flat=True)) == {"", *Payment.Unexpected.values}
    assert set(Payment.objects.values_list("dispute", flat=True)) == {"", *Payment.Dispute.values}
    assert refunds.due(Payment.objects.all()).count() >= 3
