"""What billing does when something happens below it."""

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.access import BUYERS
from accounts.middleware import current_membership, read_again

from . import baskets, card_tasks, payments, signals
from .models import Order


@receiver(user_logged_in)
def merge_basket(sender: object, request: HttpRequest | None, **kwargs: object) -> None:
    """What a visitor chose goes into the cart of the employer that the person acts for, and the next page says so.

    Somebody without an employer yet keeps it in the session: the cart takes it in at the first look.
    """
    if request is None or not baskets.count(request.session):
        return
    read_again(request)
    membership = current_membership(request)
    if membership is None or membership.role not in BUYERS:
        return
    if said := baskets.merge(request.session, membership.employer):
        messages.success(request, said, fail_silently=True)


@receiver(signals.order_moved)
def close_payment_pages(sender: object, order: Order, from_state: str, **kwargs: object) -> None:
    """An order that waits for no card any more is not to be paid on a page still open elsewhere."""
    if (
        from_state == Order.State.AWAITING_PAYMENT
        and order.payments.filter(status__in=payments.OPEN).exists()
    ):
        card_tasks.close_pages.enqueue(order.pk)
