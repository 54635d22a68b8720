"""Twenty buyers at once on PostgreSQL: confirm a cart, pay the order, publish with a credit of it.

Each buyer is a process of its own, for an employer of its own; the other side is the same code without its locks:
`select_for_update` only reads, and numbers are counted in the process. Blocks of a few seconds, in turns; medians of
the throughputs. Then all of them on one lot of credits: twenty against five.
"""

import multiprocessing
import statistics
import time
import uuid
from contextlib import contextmanager, nullcontext
from itertools import count
from unittest import mock

from _common import bench, must, report_least

BUYERS, FEW, BLOCKS, SECONDS = 20, 5, 5, 4.0
BAR, LOT_BAR = 0.8, 0.9


def main() -> None:
    with bench("checkout"):
        from django.db import connections

        crew = Crew(BUYERS)
        connections.close_all()
        crew.start()
        try:
            own_lots(crew)
            one_lot(crew)
        finally:
            crew.stop()


def own_lots(crew: "Crew") -> None:
    """Different employers: nobody contends for anything but the numbers."""
    crew.run("buy", BUYERS, seconds=2.0)
    crew.run("buy unlocked", BUYERS, seconds=2.0)
    ours, bare = [], []
    for _ in range(BLOCKS):
        ours.append(crew.run("buy", BUYERS))
        bare.append(crew.run("buy unlocked", BUYERS))
    a, b = statistics.median(ours), statistics.median(bare)
    print(f"{BUYERS} buyers of their own: {a:.1f} purchases a second, {b:.1f} without locks")
    report_least("checkout-locks", a / b, BAR)


def one_lot(crew: "Crew") -> None:
    """One employer's one lot: whoever finds it empty hears so, and nothing else goes wrong."""
    crew.run("spend", FEW, seconds=2.0)
    few, many = [], []
    for _ in range(BLOCKS):
        few.append(crew.run("spend", FEW))
        many.append(crew.run("spend", BUYERS))
    a, b = statistics.median(many), statistics.median(few)
    print(f"one lot: {a:.1f} credits spent a second by {BUYERS}, {b:.1f} by {FEW}")
    report_least("checkout-one-lot", a / b, LOT_BAR)
    left, refused = crew.empty()
    print(f"the last {left} credits asked for by {BUYERS}: {left} spent, {refused} times “plus de crédit”")


class Crew:
    """The buyers: processes that wait for an order, work for so many seconds, and tell how much they did."""

    def __init__(self, size: int) -> None:
        from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory

        self.employers = EmployerFactory.create_batch(size, with_page=True)
        self.ads = [JobAdFactory(employer=employer) for employer in self.employers]
        self.shared = EmployerFactory()
        CreditLotFactory(employer=self.shared, quantity=1_000_000)
        self.pipes: list = []
        self.processes: list = []

    def start(self) -> None:
        context = multiprocessing.get_context("fork")
        for number in range(len(self.employers)):
            ours, theirs = context.Pipe()
            process = context.Process(target=self.work, args=(number, theirs), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)

    def stop(self) -> None:
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(timeout=10)

    def run(self, what: str, people: int, seconds: float = SECONDS) -> float:
        """How many were done a second by so many people; anything but success ends the measurement."""
        begin = time.time() + 0.2
        for pipe in self.pipes[:people]:
            pipe.send((what, begin, begin + seconds))
        answers = [pipe.recv() for pipe in self.pipes[:people]]
        errors = [error for _, error in answers if error]
        must(not errors, errors[:3])
        return sum(done for done, _ in answers) / seconds

    def empty(self) -> tuple[int, int]:
        """All of them ask for the last credits of a lot: how many there were, how often there was none."""
        from django.db import connections

        from billing.models import CreditLot
        from tests.factories import CreditLotFactory

        CreditLot.objects.filter(employer=self.shared).update(balance=0)
        lot = CreditLotFactory(employer=self.shared, quantity=BUYERS)
        connections.close_all()
        begin = time.time() + 0.2
        for pipe in self.pipes:
            pipe.send(("last", begin, begin))
        answers = [pipe.recv() for pipe in self.pipes]
        must(not [error for _, error in answers if error], answers)
        lot.refresh_from_db()
        spent = sum(done for done, _ in answers)
        must((spent, lot.balance) == (BUYERS, 0), f"{spent} were spent of {BUYERS}, {lot.balance} are left")
        return spent, BUYERS * 3 - spent

    def work(self, number: int, pipe) -> None:
        acts = {
            "buy": (self.buy, nullcontext),
            "buy unlocked": (self.buy, lambda: unlocked(number)),
            "spend": (self.spend, nullcontext),
        }
        while order := pipe.recv():
            what, begin, end = order
            done, error = 0, ""
            time.sleep(max(0.0, begin - time.time()))
            try:
                if what == "last":
                    done = self.last()
                else:
                    act, how = acts[what]
                    with how():
                        while time.time() < end:
                            act(number)
                            done += 1
            except Exception as failure:
                error = repr(failure)
            pipe.send((done, error))

    def buy(self, number: int) -> None:
        """From a cart to a published ad."""
        from django.utils import timezone

        from billing import carts, checkout, orders
        from billing.models import Offer, Order
        from pages.models import JobAd, Placement

        employer, ad = self.employers[number], self.ads[number]
        user = employer.memberships.get().user
        carts.add(employer, Offer.objects.get(code="web-1"))
        key = carts.cart_of(employer).key
        order = checkout.confirm(employer, key, Order.Method.CARD, user)
        orders.pay(order)
        ad.get_latest_revision().publish(user=user)
        # Ready for the next one: a page goes live again with another credit once its placement is closed.
        Placement.objects.filter(ad=ad).update(closed_at=timezone.now())
        JobAd.objects.filter(pk=ad.pk).update(live=False)

    def spend(self, number: int) -> None:
        from billing import credits

        credits.spend(self.shared, "web", reference=f"bench:{uuid.uuid4()}")

    def last(self) -> int:
        from billing import credits

        done = 0
        for _ in range(3):
            try:
                self.spend(0)
                done += 1
            except credits.NoCreditLeft as empty:
                must("plus de crédit" in empty.messages[0], empty)
        return done


@contextmanager
def unlocked(number: int):
    """No row is locked to be read, and numbers come from a counter of this process."""
    from django.db.models import QuerySet

    from billing import numbers

    mine = _COUNTERS.setdefault(number, count(1))
    give = mock.patch.object(
        numbers, "next_number", lambda code, year: f"{code}{number:02d}-{next(mine):06d}"
    )
    with give, mock.patch.object(QuerySet, "select_for_update", lambda self, *args, **kwargs: self.all()):
        yield


_COUNTERS: dict[int, count] = {}


if __name__ == "__main__":
    main()
