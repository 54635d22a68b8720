"""Numbers of documents. Invoices and credit notes have no gap: the number belongs to the issuing transaction."""

from django.db import transaction

from .models import NumberSeries

ORDER, QUOTE, INVOICE, CREDIT_NOTE = "C", "D", "FA", "AV"


def next_number(code: str, year: int) -> str:
    """The next number of a series, such as "FA2026-000042".

    Locks the series' row until the caller's transaction ends: take it as the last step before the insert. A
    rollback gives the number back. Raises TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside the transaction that uses it.")
    NumberSeries.objects.get_or_create(code=code, year=year)
    series = NumberSeries.objects.select_for_update(of=("self",), no_key=True).get(code=code, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{code}{year}-{series.last:06d}"
