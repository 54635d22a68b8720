"""Company page tiers and access to the CV library: by dates."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine

from billing import credits, entitlements, invoices, orders
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


def spans(employer, kind="company_page") -> list[tuple]:
    """The rights of a kind as they follow each other."""
    rows = employer.entitlements.filter(kind=kind).order_by("starts_on", "pk")
    return [(right.tier, right.starts_on, right.ends_on) for right in rows]


def in_paris(year, month, day, hour=12, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris"))


def test_the_higher_tier_starts_at_once_and_what_is_left_of_the_lower_follows(employer, buy):
    with time_machine.travel(in_paris(2027, 1, 10), tick=False):
        buy("page-marque")
    upgraded = in_paris(2027, 6, 15)
    with time_machine.travel(upgraded, tick=False):
        buy("page-marque-plus")
    assert spans(employer) == [
        (Tier.BRAND, date(2027, 1, 10), date(2027, 6, 14)),
        (Tier.BRAND_PLUS, date(2027, 6, 15), date(2028, 6, 15)),
        # From 15 June 2027 to 10 January 2028 were 210 days.
        (Tier.BRAND, date(2028, 6, 16), date(2029, 1, 11)),
    ]
    assert entitlements.company_tier(employer, date(2027, 6, 14)) == Tier.BRAND
    assert entitlements.company_tier(employer, date(2027, 6, 15)) == Tier.BRAND_PLUS
    assert (date(2028, 1, 10) - date(2027, 6, 14)).days == (date(2029, 1, 11) - date(2028, 6, 15)).days


def test_a_lower_tier_bought_while_a_higher_runs_waits_for_its_end(employer, buy):
    buy("page-marque-plus")
    buy("page-marque")
    buy("page-marque-plus")
    plus, more, lower = spans(employer)
    assert [plus[0], more[0], lower[0]] == [Tier.BRAND_PLUS, Tier.BRAND_PLUS, Tier.BRAND]
    assert more[1] == plus[2] + timedelta(days=1)
    assert lower[1] == more[2] + timedelta(days=1)


def test_a_credit_note_on_an_upgrade_gives_the_lower_tier_back_at_once(employer, buy, sales):
    with time_machine.travel(in_paris(2027, 1, 10), tick=False):
        buy("page-marque")
    with time_machine.travel(in_paris(2027, 6, 15), tick=False):
        order = buy("page-marque-plus")
    with time_machine.travel(in_paris(2027, 7, 1), tick=False):
        invoices.credit_note(order.invoices.get(), by=sales)
        assert entitlements.company_tier(employer) == Tier.BRAND
    assert spans(employer) == [
        (Tier.BRAND, date(2027, 1, 10), date(2027, 6, 14)),
        (Tier.BRAND_PLUS, date(2027, 6, 15), date(2027, 6, 30)),
        (Tier.BRAND, date(2027, 7, 1), date(2028, 1, 26)),
    ]


def test_upgraded_twice_no_day_is_lost_and_no_two_run_together(employer, buy, sales):
    moments = [in_paris(2027, 1, 10), in_paris(2027, 3, 1), in_paris(2027, 3, 2), in_paris(2028, 12, 24)]
    for moment, code in zip(
        moments, ["page-marque", "page-marque", "page-marque-plus", "page-marque-plus"], strict=True
    ):
        with time_machine.travel(moment, tick=False):
            buy(code)
    rows = spans(employer)
    for before, after in pairwise(rows):
        assert after[1] == before[2] + timedelta(days=1)
    lower = sum((ends - starts).days + 1 for tier, starts, ends in rows if tier == Tier.BRAND)
    assert lower >= 366 + 365
    assert Order.objects.count() == 4


class TestTheFirstOfTwoCredited:
    """What was bought to follow it begins today: nobody pays for a right and waits beside a gap."""

    def test_the_second_is_brought_forward_with_all_its_months(self, employer, buy, sales):
        with time_machine.travel(in_paris(2027, 1, 10), tick=False):
            first = buy("cvtheque-12")
            buy("cvtheque-3")
            assert spans(employer, "cv_access")[1][1:] == (date(2028, 1, 11), date(2028, 4, 10))
        with time_machine.travel(in_paris(2027, 2, 1), tick=False):
            invoices.credit_note(first.invoices.get(), by=sales)
            assert entitlements.has_cv_access(employer)
        assert spans(employer, "cv_access") == [
            ("", date(2027, 1, 10), date(2027, 1, 31)),
            ("", date(2027, 2, 1), date(2027, 5, 1)),
        ]

    def test_the_third_follows_the_second(self, employer, buy, sales):
        first, *_ = buy("cvtheque-3"), buy("cvtheque-3"), buy("cvtheque-6")
        invoices.credit_note(first.invoices.get(), by=sales)
        second, third = spans(employer, "cv_access")
        assert second[1] == paris_day()
        assert third[1] == second[2] + timedelta(days=1)

    def test_twice_moves_nothing_more(self, employer, buy, sales):
        first = buy("cvtheque-12")
        buy("cvtheque-3")
        invoice = first.invoices.get()
        invoices.credit_note(invoice, by=sales)
        rows = spans(employer, "cv_access")
        invoices.credit_note(invoice, by=sales)
        assert spans(employer, "cv_access") == rows

    def test_one_that_is_over_moves_nothing(self, employer, buy, sales):
        with time_machine.travel(in_paris(2027, 1, 10), tick=False):
            first = buy("cvtheque-3")
        with time_machine.travel(in_paris(2027, 6, 1), tick=False):
            buy("cvtheque-3")
            rows = spans(employer, "cv_access")
            invoices.credit_note(first.invoices.get(), by=sales)
        assert spans(employer, "cv_access") == rows


class TestDays:
    """A right begins on the day in Paris, and ends with the whole of its last day."""

    @pytest.mark.parametrize(
        ("moment", "first"),
        [
            (datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC), date(2027, 6, 30)),
            (datetime(2027, 6, 30, 22, 0, 0, tzinfo=UTC), date(2027, 7, 1)),
            (datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC), date(2027, 12, 31)),
            (datetime(2027, 12, 31, 23, 0, 0, tzinfo=UTC), date(2028, 1, 1)),
        ],
    )
    def test_the_day_turns_at_midnight_in_paris(self, employer, buy, moment, first):
        with time_machine.travel(moment, tick=False):
            buy("cvtheque-3")
            assert entitlements.has_cv_access(employer)
        assert spans(employer, "cv_access")[0][1] == first

    @pytest.mark.parametrize(
        ("bought", "last", "next_last"),
        [
            # The 31st of a month before a short one; the next begins on the 1st and lasts whole months.
            (date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)),
            (date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)),
            (date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)),
            (date(2028, 2, 29), date(2028, 3, 29), date(2028, 4, 29)),
            (date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29)),
        ],
    )
    def test_a_month_ends_on_the_same_day_or_the_last_one(self, employer, buy, bought, last, next_last):
        Offer.objects.filter(code="cvtheque-3").update(months=1)
        with time_machine.travel(in_paris(bought.year, bought.month, bought.day), tick=False):
            buy("cvtheque-3")
            buy("cvtheque-3")
        first, second = spans(employer, "cv_access")
        assert first[1:] == (bought, last)
        assert second[1:] == (last + timedelta(days=1), next_last)

    def test_a_year_from_the_leap_day(self, employer, buy):
        with time_machine.travel(in_paris(2028, 2, 29), tick=False):
            buy("page-marque")
            buy("page-marque")
        first, second = spans(employer)
        assert first[1:] == (date(2028, 2, 29), date(2029, 2, 28))
        assert second[1:] == (date(2029, 3, 1), date(2030, 2, 28))

    def test_credits_of_the_leap_day_hold_a_year_to_the_last_second(self, employer, buy):
        with time_machine.travel(in_paris(2028, 2, 29, 23, 59), tick=False):
            buy("web-1")
        lot = employer.credit_lots.get()
        assert lot.expires_at == in_paris(2029, 3, 1, 0, 0)
        assert credits.has_credit(employer, "web", now=in_paris(2029, 2, 28, 23, 59))
        assert not credits.has_credit(employer, "web", now=in_paris(2029, 3, 1, 0, 0))

    def test_bought_on_its_last_day_it_goes_on_without_a_gap(self, employer, buy):
        with time_machine.travel(in_paris(2027, 1, 10), tick=False):
            buy("cvtheque-3")
        with time_machine.travel(in_paris(2027, 4, 10, 23, 59), tick=False):
            buy("cvtheque-3")
        assert spans(employer, "cv_access")[1][1:] == (date(2027, 4, 11), date(2027, 7, 10))

    def test_bought_the_day_after_it_starts_that_day(self, employer, buy):
        with time_machine.travel(in_paris(2027, 1, 10), tick=False):
            buy("cvtheque-3")
        with time_machine.travel(in_paris(2027, 4, 11, 0, 0), tick=False):
            buy("cvtheque-3")
        assert spans(employer, "cv_access")[1][1:] == (date(2027, 4, 11), date(2027, 7, 11))


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
