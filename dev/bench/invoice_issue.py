"""Issuing ten thousand invoices in one series: the last thousand against the first, on PostgreSQL.

Each is a transaction of its own: the order's row, the frozen copies, the number under the lock of its series. The
tables are vacuumed between the thousands, as autovacuum would; medians of the time per invoice.
"""

import statistics

from _common import bench, must, report, seconds

INVOICES, SAMPLE, EMPLOYERS, BAR = 10_000, 1_000, 50, 1.2


def main() -> None:
    with bench("invoice_issue"):
        from django.db import connection

        from billing.models import Invoice

        rows = orders_to_invoice()
        issue(rows[:200])  # what is done once in the life of a process
        taken = []
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            for begin in range(200, INVOICES + 200, SAMPLE):
                taken.append(issue(rows[begin : begin + SAMPLE]))
                cursor.execute("VACUUM ANALYZE")
        numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
        last = int(numbers.last().partition("-")[2])
        must(last == numbers.count() == INVOICES + 200, f"{numbers.count()} invoices up to number {last}")
        first, end = taken[0], taken[-1]
        print(f"an invoice: {first * 1000:.2f} ms in the first thousand, {end * 1000:.2f} ms in the last")
        report("invoice-issue", end / first, BAR)


def issue(rows: list) -> float:
    """Issue the invoices of these orders one after the other: the median seconds of one."""
    from billing import invoices

    return statistics.median(seconds(lambda order=order: invoices.issue(order)) for order in rows)


def orders_to_invoice() -> list:
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
            for number in range(INVOICES + 200)
        ],
        batch_size=1000,
    )  # fmt: skip
    OrderLine.objects.bulk_create([OrderLine(order=order, **line) for order in made], batch_size=1000)
    return made


if __name__ == "__main__":
    main()
