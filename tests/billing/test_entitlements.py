"""Company page tiers and access to the CV library: by dates."""

from datetime import timedelta

import pytest

from billing import entitlements, invoices, orders
from billing.models import Entitlement, Offer, Order
from reference.dates import months_later, paris_day
from tests.billing.shop import order_of
from tests.factories import EmployerFactory

pytestmark = pytest.mark.django_db
Tier = Offer.Tier


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def buyer(employer):
    return employer.memberships.get().user


@pytest.fixture
def buy(employer, buyer):
    """`buy(*codes)`: ordered and paid."""
    return lambda *codes: orders.pay(order_of(employer, buyer, Order.Method.TRANSFER, codes))


def test_a_page_is_standard_until_a_paid_tier_runs_and_after(employer, buy):
    today = paris_day()
    assert entitlements.company_tier(employer) == Tier.STANDARD
    buy("page-marque")
    right = Entitlement.objects.get()
    assert (right.starts_on, right.ends_on) == (today, months_later(today, 12))
    assert entitlements.company_tier(employer, right.ends_on) == Tier.BRAND
    assert entitlements.company_tier(employer, right.ends_on + timedelta(days=1)) == Tier.STANDARD
    assert entitlements.company_tier(employer, today - timedelta(days=1)) == Tier.STANDARD
    assert not entitlements.has_cv_access(employer)


def test_the_higher_tier_starts_at_once_and_wins_while_both_run(employer, buy):
    buy("page-marque")
    buy("page-marque-plus")
    assert entitlements.company_tier(employer) == Tier.BRAND_PLUS
    assert set(Entitlement.objects.values_list("starts_on", flat=True)) == {paris_day()}


@pytest.mark.parametrize(
    ("code", "months"), [("cvtheque-3", 3), ("cvtheque-6", 6), ("cvtheque-9", 9), ("cvtheque-12", 12)]
)
def test_access_to_the_library_lasts_what_was_bought(employer, buy, code, months):
    buy(code)
    last = months_later(paris_day(), months)
    assert entitlements.has_cv_access(employer, last)
    assert not entitlements.has_cv_access(employer, last + timedelta(days=1))


def test_what_ran_out_starts_anew_today(employer, buy):
    buy("cvtheque-3")
    past = paris_day() - timedelta(days=200)
    Entitlement.objects.update(starts_on=past, ends_on=past + timedelta(days=90))
    buy("cvtheque-3")
    assert Entitlement.objects.order_by("-starts_on").first().starts_on == paris_day()


def test_delivering_a_line_twice_gives_one_right(buy):
    line = buy("cvtheque-3").lines.get()
    assert (
        entitlements.grant_from_line(line) == entitlements.grant_from_line(line) == Entitlement.objects.get()
    )


def test_lists_know_the_tiers_in_one_query(employer, buy, django_assert_num_queries):
    buy("page-marque")
    buy("page-marque-plus")
    others = EmployerFactory.create_batch(3)
    with django_assert_num_queries(1):
        tiers = entitlements.company_tiers([employer.pk, *(other.pk for other in others)])
    assert tiers == {employer.pk: Tier.BRAND_PLUS}


def test_a_credit_note_ends_what_runs_and_drops_what_has_not_begun(employer, buy, sales):
    buy("cvtheque-3")
    second = buy("cvtheque-6")
    invoices.credit_note(second.invoices.get(), by=sales)
    assert Entitlement.objects.count() == 1
    assert entitlements.has_cv_access(employer)
    invoices.credit_note(Order.objects.order_by("pk").first().invoices.get(), by=sales)
    assert not entitlements.has_cv_access(employer)
