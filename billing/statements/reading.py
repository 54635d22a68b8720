"""What both readers give: credit entries in euros; and what they refuse a file with, a French sentence."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

#: A year of a busy account in CAMT.053 is a few megabytes.
MOST_BYTES = 8 * 1024 * 1024
MOST_ENTRIES = 20_000
_BLANKS = re.compile(r"\s+")


class StatementError(ValidationError):
    """The file, or what is to be done with an entry, is refused. The message is a French sentence."""


@dataclass(frozen=True)
class Entry:
    """Money that came in, as the bank tells it."""

    booked_on: date
    amount: Decimal
    payer: str = ""
    wording: str = ""
    bank_reference: str = ""


@dataclass(frozen=True)
class Read:
    """What a file holds: its credit entries, and how many others were left aside."""

    entries: list[Entry]
    left_aside: int = 0


def tidy(text: str | None, longest: int) -> str:
    """One line without control characters, cut to the column's length."""
    return _BLANKS.sub(" ", "".join(c if c.isprintable() else " " for c in text or "")).strip()[:longest]
