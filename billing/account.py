"""The statement of an employer's credits: every movement, who made it, and what was left of its kind afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import Employer
from reference.dates import midnight_after, paris_day

from .credits import describe
from .models import CreditLot, CreditMovement

#: How the team of the publisher is called in what its customers read.
OFFICE = "notre équipe"


@dataclass(frozen=True)
class Line:
    """A movement as its employer reads it. `balance` is missing where the whole account was not read."""

    movement: CreditMovement
    credit: str
    who: str
    balance: int | None = None


@dataclass(frozen=True)
class Choice:
    """What of an account is asked for: a kind of credit, a kind of movement, from and to days included."""

    credit: str = ""
    nature: str = ""
    since: date | None = None
    until: date | None = None


def movements(employer: Employer, choice: Choice | None = None) -> QuerySet[CreditMovement]:
    """The movements of an employer's credits, the latest first, with their lots and people."""
    rows = CreditMovement.objects.filter(lot__employer=employer)
    if choice and choice.credit:
        kind, _, print_format = choice.credit.partition("-")
        rows = rows.filter(lot__kind=kind, lot__print_format=print_format)
    if choice and choice.nature:
        rows = rows.filter(kind=choice.nature)
    if choice and choice.since:
        rows = rows.filter(at__gte=midnight_after(date.fromordinal(choice.since.toordinal() - 1)))
    if choice and choice.until:
        rows = rows.filter(at__lt=midnight_after(choice.until))
    return rows.select_related("lot", "by").order_by("-at", "-pk")


def credits_of(employer: Employer) -> list[tuple[str, str]]:
    """The kinds of credit that an employer has or had: a key and a name. One query."""
    kinds = CreditLot.objects.filter(employer=employer).order_by("kind", "print_format")
    return [
        (f"{kind}-{size}" if size else kind, describe(kind, size))
        for kind, size in kinds.values_list("kind", "print_format").distinct()
    ]


def balances_after(employer: Employer) -> dict[int, int]:
    """What was left of its kind after each movement, by the movement's key. One query over the whole account."""
    rows = CreditMovement.objects.filter(lot__employer=employer).order_by("at", "pk")
    sums: dict[tuple[str, str], int] = {}
    after = {}
    for pk, kind, size, quantity in rows.values_list("pk", "lot__kind", "lot__print_format", "quantity"):
        after[pk] = sums[kind, size] = sums.get((kind, size), 0) + quantity
    return after


def lines(rows: Iterable[CreditMovement], after: dict[int, int] | None = None) -> list[Line]:
    """The movements as they are read; with their balances where `balances_after` is given. No query."""
    return [
        Line(
            row,
            describe(row.lot.kind, row.lot.print_format),
            _who(row),
            after[row.pk] if after else None,
        )
        for row in rows
    ]


def table(employer: Employer, choice: Choice) -> tuple[tuple[str, ...], list[tuple]]:
    """The statement as headings and rows of a file, the oldest first. Two queries."""
    headings = ("Date", "Mouvement", "Crédit", "Libellé", "Par", "Nombre", "Solde")
    chosen = lines(movements(employer, choice).order_by("at", "pk"), balances_after(employer))
    return headings, [
        (
            paris_day(line.movement.at).isoformat(),
            line.movement.get_kind_display(),
            line.credit,
            line.movement.label,
            line.who,
            line.movement.quantity,
            line.balance,
        )
        for line in chosen
    ]


def _who(movement: CreditMovement) -> str:
    if movement.by is None:
        return ""
    return OFFICE if movement.by.is_staff else str(movement.by)
