"""Credits, rights and numbers moved by several at once, on a database with real locks.

Each race is run twice: as it is, and with its lock taken out, where what it guards against must happen.
"""

import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Employer
from billing import credits, entitlements, invoices, numbers, orders, signals
from billing.models import (
    CreditLot,
    CreditMovement,
    Entitlement,
    Invoice,
    InvoiceLine,
    NumberSeries,
    Offer,
    Order,
    OrderLine,
)
from billing.pricing import sold_lines
from reference.dates import paris_day
from tests.billing.shop import order_of
from tests.billing.unlocked import meeting, without_locks_on
from tests.concurrency import at_once
from tests.factories import CreditLotFactory, EmployerFactory, OrderFactory

pytestmark = [pytest.mark.invariant, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def buyer(employer):
    return employer.memberships.get().user


def paid(employer, buyer, *codes) -> Order:
    return orders.pay(order_of(employer, buyer, Order.Method.TRANSFER, codes))


def spend(employer):
    return credits.spend(employer, "web", reference=f"autre:{uuid.uuid4()}", label="Essai")


def broken(results) -> list:
    """What no rule of ours answered: the database's own refusals."""
    return [result for result in results if isinstance(result, IntegrityError)]


def unexpected(results, *allowed) -> list:
    return [r for r in results if isinstance(r, Exception) and not isinstance(r, allowed)]


def check_ledger() -> None:
    for lot in CreditLot.objects.all():
        assert lot.balance == sum(lot.movements.values_list("quantity", flat=True)) >= 0


class TestSpendingAgainstExpiry:
    def race(self, employer):
        lot = CreditLotFactory(employer=employer)
        last = lot.expires_at - timedelta(seconds=1)
        return lot, at_once(
            lambda: credits.spend(employer, "web", reference=f"autre:{lot.pk}", at=last),
            lambda: credits.expire(lot.expires_at),
        )

    def test_one_of_the_two_has_the_credit(self, employer):
        for _ in range(ROUNDS):
            _lot, (spent, expired) = self.race(employer)
            assert unexpected([spent, expired], credits.NoCreditLeft) == []
            assert isinstance(spent, CreditMovement) != bool(expired)
            check_ledger()

    def test_without_the_lock_both_take_it(self, employer):
        lot = CreditLotFactory(employer=employer)
        last = lot.expires_at - timedelta(seconds=1)
        with without_locks_on(CreditLot), meeting(credits, "_move"):
            results = at_once(
                lambda: credits.spend(employer, "web", reference="autre:1", at=last),
                lambda: credits.expire(lot.expires_at),
            )
        assert len(broken(results)) == 1, results


class TestSpendingAgainstACreditNote:
    def race(self, employer, buyer):
        order = paid(employer, buyer, "web-1", "web-3")
        invoice, closed = order.invoices.get(), []

        def heard(references, **kwargs):
            closed.extend(references)

        signals.order_refunded.connect(heard)
        try:
            results = at_once(lambda: invoices.credit_note(invoice), *[lambda: spend(employer)] * 3)
        finally:
            signals.order_refunded.disconnect(heard)
        return results, closed

    def test_what_was_spent_before_is_ended_and_nothing_is_spent_after(self, employer, buyer):
        for _ in range(ROUNDS):
            results, closed = self.race(employer, buyer)
            assert unexpected(results, credits.NoCreditLeft) == []
            spent = [r.reference for r in results if isinstance(r, CreditMovement)]
            assert sorted(spent) == sorted(closed)
            assert not credits.balances(employer)
            check_ledger()

    def test_without_the_lock_both_take_the_same_credit(self, employer, buyer):
        invoice = paid(employer, buyer, "web-1").invoices.get()
        with without_locks_on(CreditLot), meeting(credits, "_move"):
            results = at_once(lambda: invoices.credit_note(invoice), lambda: spend(employer))
        assert len(broken(results)) == 1, results

    def test_two_lots_are_locked_in_the_order_in_which_others_lock_them(self, employer, buyer):
        """The line that was sold last expires first: a credit note that went by the lines would lock them crosswise."""
        Offer.objects.filter(code="web-3").update(months=6)
        for _ in range(ROUNDS):
            invoice = paid(employer, buyer, "web-1", "web-3").invoices.get()
            results = at_once(lambda i=invoice: invoices.credit_note(i), *[lambda: spend(employer)] * 5)
            assert unexpected(results, credits.NoCreditLeft) == []


class TestGrantsAndCorrections:
    def test_clicks_on_both_count_once_each(self, employer):
        lot = CreditLotFactory(employer=employer, quantity=5)
        acts = [
            lambda: credits.grant(employer, "web", 2, reference="office:g", reason="Essai"),
            lambda: credits.correct(lot, -3, reference="office:c", reason="Essai"),
        ] * 6
        assert unexpected(at_once(*acts)) == []
        assert credits.balances(employer)[0].quantity == 5 + 2 - 3
        check_ledger()

    def test_two_corrections_do_not_take_what_one_of_them_took(self, employer):
        for number in range(ROUNDS):
            lot = CreditLotFactory(employer=employer, quantity=3)
            results = at_once(*(
                lambda lot=lot, n=n: credits.correct(lot, -2, reference=f"office:{n}", reason="Essai")
                for n in (10 * number, 10 * number + 1)
            ))  # fmt: skip
            assert unexpected(results, credits.CreditError) == []
            assert sum(isinstance(r, credits.CreditError) for r in results) == 1

    def test_without_the_lot_the_database_alone_refuses_the_second_correction(self, employer):
        lot = CreditLotFactory(employer=employer, quantity=3)
        acts = [lambda n=n: credits.correct(lot, -2, reference=f"office:{n}", reason="Essai") for n in "ab"]
        with without_locks_on(CreditLot), meeting(credits, "_move"):
            results = at_once(*acts)
        assert len(broken(results)) == 1, results

    def test_without_the_employer_the_second_click_on_a_grant_fails(self, employer):
        acts = [lambda: credits.grant(employer, "web", 2, reference="office:g", reason="Essai")] * 2
        with without_locks_on(Employer), meeting(credits, "_move"):
            results = at_once(*acts)
        assert len(broken(results)) == 1, results

    def test_a_credit_given_back_by_two_clicks_comes_back_once(self, employer):
        CreditLotFactory(employer=employer)
        reference = spend(employer).reference
        assert unexpected(at_once(*[lambda: credits.give_back(reference)] * 6)) == []
        assert credits.balances(employer)[0].quantity == 1

    def test_without_the_lot_the_second_click_that_gives_back_fails(self, employer):
        CreditLotFactory(employer=employer)
        reference = spend(employer).reference
        with without_locks_on(CreditLot), meeting(credits, "_move"):
            results = at_once(*[lambda: credits.give_back(reference)] * 2)
        assert len(broken(results)) == 1, results


class TestTwoCreditNotes:
    def test_of_one_invoice_are_one(self, employer, buyer):
        invoice = paid(employer, buyer, "web-3", "cvtheque-3").invoices.get()
        results = at_once(*[lambda: invoices.credit_note(invoice).number] * 8)
        assert len(set(results)) == 1
        assert invoice.credit_notes.count() == 1

    def test_without_the_orders_lock_two_are_issued(self, employer, buyer):
        invoice = paid(employer, buyer, "web-3").invoices.get()
        with without_locks_on(Order), meeting(credits, "take_back"):
            at_once(*[lambda: invoices.credit_note(invoice).number] * 2)
        assert invoice.credit_notes.count() == 2

    def test_of_two_orders_of_one_employer_neither_waits_for_ever(self, employer, buyer):
        for _ in range(ROUNDS):
            both = [paid(employer, buyer, "web-3", "cvtheque-3").invoices.get() for _ in range(2)]
            assert unexpected(at_once(*(lambda i=i: invoices.credit_note(i) for i in both))) == []
        assert not entitlements.has_cv_access(employer)


class TestProlongingAtOnce:
    def race(self, employer, buyer):
        lines = []
        for _ in range(2):
            order = order_of(employer, buyer, Order.Method.TRANSFER, ["page-marque"])
            lines.append(order.lines.select_related("order").get())
        return at_once(*(lambda line=line: entitlements.grant_from_line(line) for line in lines))

    def test_one_follows_the_other(self, employer, buyer):
        assert unexpected(self.race(employer, buyer)) == []
        first, second = Entitlement.objects.order_by("starts_on")
        assert second.starts_on == first.ends_on + timedelta(days=1)

    def test_without_the_employers_lock_a_year_is_lost(self, employer, buyer):
        with without_locks_on(Employer), meeting(entitlements, "_lay_out", after=True):
            self.race(employer, buyer)
        assert set(Entitlement.objects.values_list("starts_on", flat=True)) == {paris_day()}

    def test_an_upgrade_a_prolongation_and_a_credit_note_leave_no_gap(self, employer, buyer):
        first = paid(employer, buyer, "page-marque")
        waiting = [
            order_of(employer, buyer, Order.Method.TRANSFER, [code])
            for code in ("page-marque", "page-marque-plus", "page-marque")
        ]
        results = at_once(
            lambda: invoices.credit_note(first.invoices.get()),
            *(lambda order=order: orders.pay(order) for order in waiting),
        )
        assert unexpected(results) == []
        rights = list(Entitlement.objects.filter(ends_on__gte=paris_day()).order_by("starts_on"))
        assert rights[0].starts_on == paris_day() and rights[0].tier == Offer.Tier.BRAND_PLUS
        for before, after in pairwise(rights):
            assert after.starts_on == before.ends_on + timedelta(days=1)


class Changed(Exception):
    """Somebody thought better of it at the last moment."""


class TestNumbers:
    ISSUES, CONNECTIONS = 500, 20

    @pytest.fixture
    def waiting(self):
        """Five hundred orders to invoice, of ten employers."""
        employers = EmployerFactory.create_batch(10)
        line = sold_lines(employers[0], [(Offer.objects.get(code="web-1"), 1)], None)[0]
        made = Order.objects.bulk_create(
            OrderFactory.build(
                employer=employers[n % 10], number=f"C2026-{n:06d}", state=Order.State.ON_INVOICE,
                method=Order.Method.INVOICE,
            )
            for n in range(self.ISSUES)
        )  # fmt: skip
        OrderLine.objects.bulk_create(OrderLine(order=order, **line) for order in made)
        return made

    def share(self, rows, act, connections=CONNECTIONS) -> list:
        """Each connection does its part; a third is given up after it was done."""

        def work(part: int) -> int:
            done = 0
            for index in range(part, len(rows), connections):
                try:
                    with transaction.atomic():
                        act(rows[index])
                        if index % 3 == 0:
                            raise Changed
                    done += 1
                except Changed:
                    continue
            return done

        return at_once(*(lambda part=part: work(part) for part in range(connections)))

    def test_five_hundred_over_twenty_connections_a_third_undone(self, waiting):
        done = self.share(waiting, invoices.issue)
        assert unexpected(done) == []
        issued = self.ISSUES - len(range(0, self.ISSUES, 3))
        assert sum(done) == issued
        assert self.given(Invoice.Kind.INVOICE) == self.wanted(numbers.INVOICE, issued)
        assert InvoiceLine.objects.count() == issued

        rows = list(Invoice.objects.order_by("pk"))
        done = self.share(rows, invoices.credit_note)
        assert unexpected(done) == []
        noted = issued - len(range(0, issued, 3))
        assert self.given(Invoice.Kind.CREDIT_NOTE) == self.wanted(numbers.CREDIT_NOTE, noted)
        assert self.given(Invoice.Kind.INVOICE) == self.wanted(numbers.INVOICE, issued)

    @pytest.mark.parametrize("kind", [Invoice.Kind.INVOICE, Invoice.Kind.CREDIT_NOTE])
    def test_without_the_lock_of_the_series_two_have_one_number(self, waiting, kind):
        rows, act = waiting[:2], invoices.issue
        if kind == Invoice.Kind.CREDIT_NOTE:
            rows, act = [invoices.issue(order) for order in rows], invoices.credit_note
        for series in (numbers.INVOICE, numbers.CREDIT_NOTE):
            NumberSeries.objects.get_or_create(code=series, year=paris_day().year)
        with without_locks_on(NumberSeries), meeting(NumberSeries, "save"):
            results = at_once(*(lambda row=row: act(row) for row in rows))
        assert len(broken(results)) == 1, results

    @staticmethod
    def given(kind) -> list[str]:
        return sorted(Invoice.objects.filter(kind=kind).values_list("number", flat=True))

    @staticmethod
    def wanted(series, count) -> list[str]:
        return [f"{series}{paris_day().year}-{number:06d}" for number in range(1, count + 1)]
