"""What the worker does for transmissions."""

from django.utils import timezone
from django_tasks import task

from . import sending
from .choice import active

#: In one round, so that they do not keep the worker from the rest.
AT_ONCE = 100


@task()
def transmit(transmission_id: int) -> None:
    """Try to hand one invoice over to the platform."""
    sending.send(transmission_id)


@task()
def ask_status(transmission_id: int) -> None:
    """Ask the platform what became of one invoice."""
    sending.ask(transmission_id)


@task()
def transmit_due() -> None:
    """Take up those whose next try has come, and those whose task was lost."""
    if active() is not None:
        for pk in sending.due(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]:
            transmit.enqueue(pk)


@task()
def ask_statuses() -> None:
    """Ask what became of those that the platform has, where it can be asked."""
    platform = active()
    if platform is not None and platform.answers:
        for pk in sending.to_ask(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]:
            ask_status.enqueue(pk)
