"""What came in by transfer for an order, what is left to pay, what is to be given back. Reads only."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

from .models import Invoice, Order, Transfer, TransferReturn

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Money(TypedDict):
        received: Decimal
        left: Decimal
        excess: Decimal

    OrderWithMoney = WithAnnotations[Order, Money]

NOUGHT = Decimal("0.00")
#: Half a cent: SQLite adds amounts up as floats.
_ALMOST = Decimal("0.005")
_MONEY = DecimalField(max_digits=12, decimal_places=2)
_State, _Method = Order.State, Order.Method


def received(order: Order) -> Decimal:
    """What came in by transfer and was not given back. Two queries."""
    came = order.transfers.aggregate(sum=Sum("amount"))["sum"] or NOUGHT
    went = order.returns.aggregate(sum=Sum("amount"))["sum"] or NOUGHT
    return came - went


def left(order: Order) -> Decimal:
    """What is still to be paid of an order that waits for money; nought for any other. Two queries."""
    if order.state in (_State.PAID, _State.CANCELLED):
        return NOUGHT
    return max(order.total_incl_vat - received(order), NOUGHT)


def to_return(order: Order) -> Decimal:
    """What came in by transfer and is not owed to us: too much, or for an order given up or credited. Four queries."""
    return max(received(order) - _owed(order), NOUGHT)


def returnable(order: Order) -> Decimal:
    """The most that may be given back: the excess, or a part payment as long as the order waits."""
    return to_return(order) if order.state == _State.PAID else max(received(order), NOUGHT)


def with_money(orders: QuerySet[Order]) -> QuerySet[OrderWithMoney]:
    """The orders with `received`, `left` and `excess` as columns, for lists and sums."""
    credited = Exists(Invoice.objects.filter(order=OuterRef("pk"), kind=Invoice.Kind.CREDIT_NOTE))
    waiting = ~Q(state__in=(_State.PAID, _State.CANCELLED))
    by_card = Q(state=_State.PAID, method=_Method.CARD)
    orders = orders.annotate(received=_sum(Transfer) - _sum(TransferReturn), _credited=credited)
    owed = Case(
        When(Q(state=_State.CANCELLED) | by_card | Q(_credited=True), then=Value(NOUGHT)),
        default=F("total_incl_vat"),
        output_field=_MONEY,
    )
    return orders.annotate(
        left=Case(
            When(waiting, then=_above_nought(F("total_incl_vat") - F("received"))),
            default=Value(NOUGHT),
            output_field=_MONEY,
        ),
        excess=_above_nought(F("received") - owed),
    )


def with_excess(orders: QuerySet[Order]) -> QuerySet[OrderWithMoney]:
    """Those for which money is to be given back."""
    return with_money(orders).filter(excess__gt=_ALMOST)


def _owed(order: Order) -> Decimal:
    if order.state == _State.CANCELLED or (order.state == _State.PAID and order.method == _Method.CARD):
        return NOUGHT
    credited = order.invoices.filter(kind=Invoice.Kind.CREDIT_NOTE).exists()
    return NOUGHT if credited else order.total_incl_vat


def _sum(model: type[Transfer] | type[TransferReturn]) -> Coalesce:
    rows = model.objects.filter(order=OuterRef("pk")).order_by().values("order")
    return Coalesce(
        Subquery(rows.annotate(sum=Sum("amount")).values("sum"), output_field=_MONEY), Value(NOUGHT),
        output_field=_MONEY,
    )  # fmt: skip


def _above_nought(amount: Combinable) -> Greatest:
    return Greatest(amount, Value(NOUGHT), output_field=_MONEY)
