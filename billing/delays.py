"""How long quotes and transfers are waited for, and on which days their buyers hear of it: what the office set."""

from dataclasses import dataclass
from datetime import date, timedelta

from .models import DelaySettings
from .models.delays import days_of


@dataclass(frozen=True)
class Delays:
    """The office's delays, read once."""

    quote_days: int
    quote_reminder_days: int
    transfer_days: int
    transfer_reminders: tuple[int, ...]
    invoice_reminders: tuple[int, ...]

    def quote_until(self, day: date) -> date:
        """The last day of a quote issued on this day."""
        return day + timedelta(days=self.quote_days)

    def pay_by(self, day: date) -> date:
        """The last day on which the transfer of an order made on this day is waited for."""
        return day + timedelta(days=self.transfer_days)

    def transfer_reminders_due(self, pay_by: date, today: date) -> int:
        """How many reminders the buyer of a transfer should have had by today."""
        left = (pay_by - today).days
        return sum(1 for days in self.transfer_reminders if left <= days)

    def invoice_reminders_due(self, due_on: date, today: date) -> int:
        """How many reminders the buyer of an overdue invoice should have had by today; none before its term."""
        late = (today - due_on).days
        return sum(1 for days in self.invoice_reminders if late >= days)


def load() -> Delays:
    """The delays as they are set now. One query."""
    row = DelaySettings.load()
    return Delays(
        quote_days=row.quote_days,
        quote_reminder_days=row.quote_reminder_days,
        transfer_days=row.transfer_days,
        # One that would come with the order itself is none.
        transfer_reminders=tuple(
            days for days in days_of(row.transfer_reminders) if days < row.transfer_days
        ),
        invoice_reminders=tuple(days_of(row.invoice_reminders)),
    )
