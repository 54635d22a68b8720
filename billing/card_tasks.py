"""What is asked of the payment provider after a commit, and by the clock. Tasks may run twice and late."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from payments import PaymentStatus

from . import payments
from .models import Order, Payment

#: An event is late by then.
LATE = timedelta(minutes=10)


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
    """Ask what became of payments whose event is late. Returns of how many it was asked."""
    waiting = Q(status=PaymentStatus.INPUT) | (Q(status=PaymentStatus.WAITING) & ~Q(transaction_id=""))
    late = Payment.objects.filter(waiting, modified__lt=timezone.now() - LATE).select_related("order")
    asked = list(late.order_by("pk")[:50])
    for payment in asked:
        if payment.order.state == Order.State.AWAITING_PAYMENT:
            payments.ask(payment)
        else:
            payments.close(payment)
    return len(asked)
