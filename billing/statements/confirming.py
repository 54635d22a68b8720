"""An entry becomes a transfer of its order, is left alone, or is taken up again: by one person, once.

Locking rule: the order's row, then the entry's.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from billing import orders, transfers
from billing.models import BankEntry, Order, Transfer

from .matching import propose
from .reading import StatementError

State = BankEntry.State
#: Open entries that one click looks through.
AT_MOST = 300


@transaction.atomic
def confirm(entry: BankEntry, order: Order, by: User) -> Transfer:
    """The entry is this order's money: whole, in part or too much, as `transfers.receive` has it.

    One that somebody typed by hand already is not booked again, only tied to the entry.
    Locks the order, the entry. Raises StatementError (dealt with already), TransferError.
    """
    order = orders.locked(order)
    entry = _open(entry)
    reference = entry.bank_reference or entry.wording
    typed = order.transfers.filter(
        amount=entry.amount,
        entry=None,
        received_on__range=(entry.booked_on - transfers.TWICE, entry.booked_on + transfers.TWICE),
    ).first()
    transfer = typed or transfers.receive(order, entry.amount, entry.booked_on, by, reference, sure=True)
    entry.transfer = transfer
    _settle(entry, State.MATCHED, by)
    return transfer


def confirm_certain(by: User) -> int:
    """Confirm the open entries whose proposal is certain, each in a transaction of its own. Returns how many.

    What changed meanwhile is certain no more: it is passed over.
    """
    count = 0
    entries = list(BankEntry.objects.filter(state=State.OPEN).order_by("booked_on", "pk")[:AT_MOST])
    for pk, proposal in propose(entries).items():
        if not proposal.is_certain:
            continue
        with transaction.atomic():
            order = orders.locked(proposal.order)
            entry = BankEntry.objects.filter(pk=pk, state=State.OPEN).first()
            again = propose([entry]).get(pk) if entry else None
            if entry and again and again.is_certain and again.order.pk == order.pk:
                confirm(entry, order, by)
                count += 1
    return count


@transaction.atomic
def ignore(entry: BankEntry, note: str, by: User) -> BankEntry:
    """The entry is no order's money: it is left alone, and the note says why. Locks it. Raises StatementError."""
    entry = _open(entry)
    if not note.strip():
        raise StatementError("Indiquez pourquoi cette écriture est écartée.")
    entry.note = note[:200]
    return _settle(entry, State.IGNORED, by)


@transaction.atomic
def take_up(entry: BankEntry, by: User) -> BankEntry:
    """Look again for the order of an entry that was left alone. Locks the entry. Raises StatementError."""
    entry = BankEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if entry.state != State.IGNORED:
        raise StatementError("Cette écriture n’est pas écartée.")
    return _settle(entry, State.OPEN, by)


def _open(entry: BankEntry) -> BankEntry:
    entry = BankEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if entry.state != State.OPEN:
        raise StatementError(
            f"Cette écriture est déjà {entry.get_state_display().lower()}\u202f: rien n’a changé.",
            code="done",
        )
    return entry


def _settle(entry: BankEntry, state: str, by: User) -> BankEntry:
    entry.state = state
    entry.settled_by = by
    entry.settled_at = timezone.now()
    entry.save(update_fields=["state", "note", "transfer", "settled_by", "settled_at"])
    return entry
