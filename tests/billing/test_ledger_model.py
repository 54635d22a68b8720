"""The ledger against a model of it: whatever happens in whatever order, no credit is lost, none is invented."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from billing import account, credits, invoices, orders
from billing.models import CreditLot, CreditMovement, Order
from reference.dates import midnight_after, months_later, paris_day
from tests.billing.shop import order_of
from tests.factories import EmployerFactory

OFFERS = {"web-1": ("web", "", 1), "web-3": ("web", "", 3), "print-1-4": ("web_print", "1-4", 1)}
KINDS = [("web", ""), ("web_print", "1-4")]
KIND = st.sampled_from(KINDS)
PACE = [timedelta(hours=5), timedelta(days=20), timedelta(days=200)]


class Lot:
    """What the model knows of a lot."""

    def __init__(self, kind, quantity, expires_at, order=None):
        self.kind, self.left, self.expires_at, self.order = kind, quantity, expires_at, order
        self.paid_back = False


class Ledger(RuleBasedStateMachine):
    """Buy, spend, give back, expire, grant, correct, credit; each of them again."""

    lots, spendings, bought, grants, corrections = (
        Bundle(name) for name in ("lots", "spendings", "bought", "grants", "corrections")
    )

    def __init__(self):
        super().__init__()
        self.employer = EmployerFactory()
        self.user = self.employer.memberships.get().user
        self.now = timezone.now()
        self.model: dict[int, Lot] = {}
        self.spent: dict[str, int] = {}
        self.returned: set[str] = set()
        self.movements = 0

    def put(self, lot: CreditLot, quantity: int, order=None) -> int:
        self.model[lot.pk] = Lot((lot.kind, lot.print_format), quantity, lot.expires_at, order)
        self.movements += 1
        return lot.pk

    @rule(target=bought, codes=st.lists(st.sampled_from(sorted(OFFERS)), min_size=1, max_size=2, unique=True))
    def buy(self, codes):
        order = orders.pay(order_of(self.employer, self.user, Order.Method.TRANSFER, codes), at=self.now)
        made = list(CreditLot.objects.filter(order_line__order=order).order_by("pk"))
        assert sorted(OFFERS[code] for code in codes) == sorted(
            (lot.kind, lot.print_format, lot.balance) for lot in made
        )
        for lot in made:
            self.put(lot, lot.balance, order.pk)
        return order.pk

    @rule(pk=bought)
    def pay_again(self, pk):
        orders.pay(Order.objects.get(pk=pk), at=self.now)

    @rule(target=grants, kind=KIND, quantity=st.integers(1, 3), months=st.integers(1, 12))
    def grant(self, kind, quantity, months):
        reference = f"office:{uuid.uuid4()}"
        arguments = (kind, quantity, months, reference)
        self.put(self._grant(*arguments), quantity)
        return arguments

    @rule(arguments=grants)
    def grant_again(self, arguments):
        assert self._grant(*arguments).pk in self.model

    def _grant(self, kind, quantity, months, reference):
        lot = credits.grant(
            self.employer, kind[0], quantity, print_format=kind[1], months=months, reference=reference,
            reason="Essai", at=self.now,
        )  # fmt: skip
        if lot.pk not in self.model:
            assert lot.expires_at == midnight_after(months_later(paris_day(self.now), months))
        return lot

    @rule(target=spendings, kind=KIND)
    def spend(self, kind):
        reference = f"autre:{uuid.uuid4()}"
        usable = [
            (lot.expires_at, pk)
            for pk, lot in self.model.items()
            if lot.kind == kind and lot.left and lot.expires_at > self.now
        ]
        if not usable:
            with pytest.raises(credits.NoCreditLeft):
                credits.spend(self.employer, *kind, reference=reference, at=self.now)
            return multiple()
        movement = credits.spend(self.employer, *kind, reference=reference, at=self.now)
        assert movement.lot_id == min(usable)[1], "the soonest to expire first"
        self.model[movement.lot_id].left -= 1
        self.spent[reference] = movement.lot_id
        self.movements += 1
        return reference

    @rule(reference=spendings, kind=KIND)
    def spend_again(self, reference, kind):
        """The same publication again, even under another kind: the first movement, and nothing is taken."""
        assert credits.spend(self.employer, *kind, reference=reference, at=self.now).reference == reference

    @rule(reference=spendings)
    def give_back(self, reference):
        lot = self.model[self.spent[reference]]
        if reference not in self.returned and (lot.expires_at <= self.now or lot.paid_back):
            with pytest.raises(credits.CreditError):
                credits.give_back(reference, at=self.now)
            return
        credits.give_back(reference, at=self.now)
        if reference not in self.returned:
            self.returned.add(reference)
            lot.left += 1
            self.movements += 1

    @precondition(lambda self: self.model)
    @rule(target=corrections, data=st.data(), quantity=st.integers(-3, 2))
    def correct(self, data, quantity):
        pk = data.draw(st.sampled_from(sorted(self.model)))
        lot, reference = self.model[pk], f"office:{uuid.uuid4()}"
        useless = lot.expires_at <= self.now or lot.paid_back
        if quantity == 0 or lot.left + quantity < 0 or (quantity > 0 and useless):
            with pytest.raises(credits.CreditError):
                self._correct(pk, quantity, reference)
            return multiple()
        self._correct(pk, quantity, reference)
        lot.left += quantity
        self.movements += 1
        return (pk, quantity, reference)

    @rule(arguments=corrections)
    def correct_again(self, arguments):
        self._correct(*arguments)

    def _correct(self, pk, quantity, reference):
        lot = CreditLot.objects.get(pk=pk)
        return credits.correct(lot, quantity, reference=reference, reason="Essai", at=self.now)

    @rule(pk=bought)
    def credit(self, pk):
        """Also twice: the second finds the first."""
        invoices.credit_note(Order.objects.get(pk=pk).invoices.get(kind="invoice"), at=self.now)
        for lot in self.model.values():
            if lot.order == pk and not lot.paid_back:
                self.movements += bool(lot.left)
                lot.left, lot.paid_back = 0, True

    @rule(pace=st.sampled_from(PACE))
    def wait(self, pace):
        self.now += pace

    @rule()
    def expire(self):
        ended = [lot for lot in self.model.values() if lot.left and lot.expires_at <= self.now]
        assert credits.expire(self.now) == len(ended)
        for lot in ended:
            lot.left = 0
            self.movements += 1

    @invariant()
    def every_balance_is_the_sum_of_its_movements_and_what_the_model_says(self):
        lots = CreditLot.objects.filter(employer=self.employer).annotate(sum=Sum("movements__quantity"))
        found = {lot.pk: (lot.balance, lot.sum) for lot in lots}
        assert found == {pk: (lot.left, lot.left) for pk, lot in self.model.items()}
        assert all(balance >= 0 for balance, _ in found.values())

    @invariant()
    def nothing_is_booked_that_did_not_happen(self):
        assert CreditMovement.objects.filter(lot__employer=self.employer).count() == self.movements

    @invariant()
    def what_may_be_spent_is_what_the_model_says(self):
        found = {(b.kind, b.print_format): b.quantity for b in credits.balances(self.employer, self.now)}
        wanted: dict[tuple[str, str], int] = {}
        for lot in self.model.values():
            if lot.left and lot.expires_at > self.now:
                wanted[lot.kind] = wanted.get(lot.kind, 0) + lot.left
        assert found == wanted

    @invariant()
    def no_movement_is_left_out_of_a_running_balance(self):
        assert all(balance >= 0 for balance in account.balances_after(self.employer).values())


@pytest.mark.invariant
@pytest.mark.django_db
def test_no_sequence_loses_or_invents_a_credit():
    class Undone(Ledger):
        """Each sequence in a savepoint: the next begins with an empty ledger."""

        def __init__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )  # fmt: skip
