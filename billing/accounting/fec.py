"""Entries as a file of the shape of a FEC: the eighteen columns of article A47 A-1 of the LPF, tabs, decimal commas."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from .entries import Entry, Row

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip


def lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The file line by line, its heading first. UTF-8."""
    yield _line(COLUMNS)
    for entry in entries:
        for row in entry.rows:
            yield _line(cells(entry, row))


def cells(entry: Entry, row: Row) -> tuple[str, ...]:
    """The eighteen values of one row."""
    number, name = (f"C{row.customer[0]:06d}", row.customer[1]) if row.customer else ("", "")
    return (
        entry.journal, entry.journal_label, entry.number, _day(entry.day), row.account, row.label, number, name,
        entry.piece, _day(entry.piece_day), entry.label, _amount(row.debit), _amount(row.credit), "", "",
        _day(entry.recorded_on), "", "",
    )  # fmt: skip


def _line(values: Iterable[str]) -> bytes:
    # Whatever a customer's name holds, it neither ends a cell nor a line.
    return ("\t".join(" ".join(value.split()) for value in values) + "\r\n").encode()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
