"""Issuing ten thousand invoices in one series, on PostgreSQL: the last thousand beside the first.

Two databases, a process each: one is empty, in the other nine thousand have been issued. Both then issue a thousand, in
turns of fifty, so that whatever else the machine does falls on both; medians of the time per invoice. Each is a
transaction of its own: the frozen copies, the number under the lock of its series, the task.
"""

import os
import statistics
import subprocess
import sys
import tempfile

from _common import databases, must, report, seconds, start_django

BEFORE, SAMPLE, TURN, WARM_UP, EMPLOYERS, BAR = 9_000, 1_000, 50, 100, 50, 1.2


def main() -> None:
    if len(sys.argv) > 1:
        serve(int(sys.argv[1]))
        return
    with databases(*(f"bench_invoice_issue_{kind}_{os.getpid()}" for kind in ("first", "last"))) as urls:
        processes = [
            subprocess.Popen(
                [sys.executable, __file__, str(before)],
                env=os.environ | {"DATABASE_URL": url},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for before, url in zip((0, BEFORE), urls, strict=True)
        ]  # fmt: skip
        try:
            numbers = [answer(process) for process in processes]
            print(f"last numbers before: {numbers[0]} and {numbers[1]}")
            turns = [[ask(process) for process in processes] for _ in range(SAMPLE // TURN)]
        finally:
            for process in processes:
                process.stdin.close()
                process.wait()
    first, last = (statistics.median(one for turn in turns for one in turn[side]) for side in (0, 1))
    print(f"an invoice: {first * 1000:.2f} ms in the first thousand, {last * 1000:.2f} ms in the last")
    report("invoice-issue", last / first, BAR)


def answer(process) -> str:
    while line := process.stdout.readline():
        if line.startswith("> "):
            return line[2:].rstrip()
    sys.exit("invoice_issue: a process ended before its time.")


def ask(process) -> list[float]:
    """The seconds that each invoice of a turn took."""
    process.stdin.write("next\n")
    process.stdin.flush()
    return [float(one) for one in answer(process).split()]


def serve(before: int) -> None:
    """Issue so many, then a turn for each line on the standard input."""
    with tempfile.TemporaryDirectory() as folder:
        start_django(os.environ["DATABASE_URL"], folder)
        from django.db import connection

        from billing.models import Invoice

        rows = orders_to_invoice(WARM_UP + before + SAMPLE)
        issue(rows[: WARM_UP + before])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"> {Invoice.objects.order_by('number').last().number}", flush=True)
        done = WARM_UP + before
        for _ in sys.stdin:
            print(">", *issue(rows[done : done + TURN]), flush=True)
            done += TURN
        numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
        last = int(numbers.last().partition("-")[2])
        must(last == numbers.count() == done, f"{numbers.count()} invoices up to number {last}")


def issue(rows: list) -> list[float]:
    """Issue the invoices of these orders one after the other: the seconds of each."""
    from billing import invoices

    return [seconds(lambda order=order: invoices.issue(order)) for order in rows]


def orders_to_invoice(many: int) -> list:
    """Orders on invoice of fifty employers, with a line each."""
    from billing.models import Offer, Order, OrderLine
    from billing.pricing import sold_lines
    from tests.factories import EmployerFactory, OrderFactory

    employers = EmployerFactory.create_batch(EMPLOYERS)
    line = sold_lines(employers[0], [(Offer.objects.get(code="web-3"), 1)], None)[0]
    made = Order.objects.bulk_create(
        [
            OrderFactory.build(
                employer=employers[number % EMPLOYERS], number=f"C2026-{number:06d}", state=Order.State.ON_INVOICE,
                method=Order.Method.INVOICE,
            )
            for number in range(many)
        ],
        batch_size=1000,
    )  # fmt: skip
    OrderLine.objects.bulk_create([OrderLine(order=order, **line) for order in made], batch_size=1000)
    return made


if __name__ == "__main__":
    main()
