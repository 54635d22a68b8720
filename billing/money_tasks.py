"""What the schedule does about money that is waited for. Safe to run twice: each buyer is told once."""

from django_tasks import task

from . import reminders


@task()
def remind() -> dict[str, int]:
    """Remind of quotes about to lapse, of transfers awaited, of invoices overdue."""
    return {
        "quotes": reminders.remind_of_quotes(),
        "transfers": reminders.remind_of_transfers(),
        "invoices": reminders.remind_of_invoices(),
    }


@task()
def cancel_unpaid() -> int:
    """Give up the orders whose transfer never came, and those by card that nobody paid."""
    return reminders.cancel_unpaid() + reminders.cancel_unpaid_by_card()
