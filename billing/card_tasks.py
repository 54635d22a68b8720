"""What is asked of the payment provider after a commit, and by the clock. Tasks may run twice and late."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from . import payments
from .models import Order, Payment

logger = logging.getLogger(__name__)

#: An event is late by then.
LATE = timedelta(minutes=10)
#: Payments that one run asks about: each may take a provider's whole timeout.
AT_MOST = 50


@task()
def close_pages(order_id: int) -> None:
    """Close the payment pages of an order that waits for no card any more. Fails, to be seen, if nobody answers."""
    order = Order.objects.get(pk=order_id)
    if order.state == Order.State.AWAITING_PAYMENT:
        return
    for payment in order.payments.filter(status__in=payments.OPEN).select_related("order"):
        payments.close(payment)


@task()
def ask_again() -> int:
    """Ask what became of payments whose event is late, those first that were not asked about for longest.

    Returns of how many it was asked. One that fails waits its turn again like the others.
    """
    late = Payment.objects.filter(payments.MAY_COME, modified__lt=timezone.now() - LATE).select_related(
        "order"
    )
    asked = list(late.order_by("modified", "pk")[:AT_MOST])
    for payment in asked:
        # Looked at: to the end of the row, whatever comes of it, or those that fail would keep all others from it.
        Payment.objects.filter(pk=payment.pk).update(modified=timezone.now())
        try:
            _look_at(payment)
        except Exception:
            # One payment in trouble must not keep the others from being asked about; it is tried again later.
            logger.exception("What became of payment %s could not be asked", payment.pk)
    return len(asked)


def _look_at(payment: Payment) -> None:
    if payment.order.state == Order.State.AWAITING_PAYMENT:
        payments.ask(payment)
    else:
        payments.close(payment)
