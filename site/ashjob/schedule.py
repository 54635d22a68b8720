"""What happens by the clock. Every line only enqueues a task: the worker does the work.

All times are Paris's. A task may be enqueued twice or late without harm.
"""

from dataclasses import dataclass, field

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Line:
    """A task by its dotted path, and when: keyword arguments of APScheduler's cron trigger."""

    task: str
    when: dict[str, str] = field(default_factory=dict)

    def enqueue(self) -> None:
        """Hand the task to the worker."""
        import_string(self.task).enqueue()


EVERY_MINUTE = {"minute": "*"}

SCHEDULE = [
    Line("ashjob.tasks.send_mails", EVERY_MINUTE),
    Line("search.tasks.drain", EVERY_MINUTE),
    Line("pages.tasks.publish_due", EVERY_MINUTE),
    Line("pages.tasks.unpublish_ended", {"minute": "1,16,31,46"}),
    Line("pages.tasks.remind_of_ends", {"hour": "9", "minute": "10"}),
    Line("billing.tasks.catch_up", {"minute": "*/5"}),
    Line("billing.platform.tasks.transmit_due", {"minute": "*/5"}),
    Line("billing.platform.tasks.ask_statuses", {"minute": "7,22,37,52"}),
    Line("billing.money_tasks.remind", {"hour": "8", "minute": "50"}),
    Line("billing.money_tasks.cancel_unpaid", {"hour": "6", "minute": "10"}),
    Line("billing.card_tasks.ask_again", {"minute": "7,22,37,52"}),
    Line("billing.tasks.expire_credits", {"hour": "0", "minute": "10"}),
    Line("billing.tasks.warn_of_credits", {"hour": "8", "minute": "40"}),
    Line("recruiting.tasks.refresh_library", {"hour": "0", "minute": "20"}),
    Line("pages.tier_warnings.warn_of_ends", {"hour": "8", "minute": "30"}),
    Line("recruiting.tasks.remind_candidates", {"hour": "9", "minute": "0"}),
    Line("recruiting.tasks.sweep_cvs", {"hour": "3", "minute": "40"}),
    # Every day of a quarter's first week: each employer is told once, also when the first run was missed.
    Line(
        "accounts.team_tasks.review_access",
        {"month": "1,4,7,10", "day": "1-7", "hour": "8", "minute": "30"},
    ),
    Line("search.tasks.compare", {"hour": "4", "minute": "10"}),
    Line("accounts.team_tasks.forget_old", {"hour": "3", "minute": "20"}),
    Line("accounts.tasks.forget_exports", {"hour": "3", "minute": "25"}),
    Line("ashjob.tasks.clean_up", {"hour": "3", "minute": "30"}),
]
