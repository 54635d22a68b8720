"""Money that came in or went out, as rows that are never changed: transfers, returns, events of card payments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from billing.models import PaymentEvent, Transfer, TransferReturn

from .months import Month

NOUGHT = Decimal("0.00")
#: Rows read at a time.
CHUNK = 1000
_MONEY = DecimalField(max_digits=14, decimal_places=2)
_Kind = PaymentEvent.Kind


@dataclass(frozen=True)
class Flow:
    """One way in (+1) or out (-1): its rows, the field of its day, when it was recorded, the path to its order."""

    model: Any
    sign: int
    day: str
    recorded: str
    order: str = "order"
    which: Mapping[str, object] = field(default_factory=dict)

    @property
    def rows(self) -> QuerySet[Any]:
        return self.model.objects.filter(**self.which)

    def of(self, month: Month) -> QuerySet[Any]:
        """Its rows of a month."""
        within = month.moments if self.day == self.recorded else {"gte": month.first, "lte": month.last}
        return self.rows.filter(**{f"{self.day}__{name}": value for name, value in within.items()})


TRANSFERS = Flow(Transfer, 1, "received_on", "recorded_at")
RETURNS = Flow(TransferReturn, -1, "returned_on", "recorded_at")
CARDS_IN = Flow(
    PaymentEvent, 1, "at", "at", "payment__order",
    {"kind__in": (_Kind.PAID, _Kind.REFUND_FAILED), "amount__gt": 0},
)  # fmt: skip
# A contest has an amount only where it was lost: the holder's bank has taken the money back.
CARDS_OUT = Flow(
    PaymentEvent, -1, "at", "at", "payment__order",
    {"kind__in": (_Kind.REFUNDED, _Kind.DISPUTE), "amount__gt": 0},
)  # fmt: skip
FLOWS = (TRANSFERS, RETURNS, CARDS_IN, CARDS_OUT)


def with_before(flow: Flow, month: Month) -> Iterator[Any]:
    """A month's rows with `before`: what their order had taken in, less what was sent back, when they were recorded.

    One query, streamed.
    """
    before = _sum(FLOWS[0], flow)
    for other in FLOWS[1:]:
        before = before + _sum(other, flow)
    rows = flow.of(month).select_related(flow.order).annotate(before=before)
    return rows.order_by(flow.day, "pk").iterator(CHUNK)


def recorded_since(month: Month, moment: datetime) -> int:
    """How many of a month's rows were recorded after a moment. Four queries."""
    return sum(flow.of(month).filter(**{f"{flow.recorded}__gt": moment}).count() for flow in FLOWS)


def _sum(of: Flow, flow: Flow) -> Any:
    earlier = Q(**{f"{of.recorded}__lt": OuterRef(flow.recorded)})
    if of.model is flow.model:
        earlier |= Q(**{of.recorded: OuterRef(flow.recorded)}, pk__lt=OuterRef("pk"))
    rows = of.rows.filter(earlier, **{of.order: OuterRef(flow.order)})
    sums = rows.order_by().values(of.order).annotate(sum=Sum(F("amount") * of.sign)).values("sum")
    return Coalesce(Subquery(sums, output_field=_MONEY), Value(NOUGHT), output_field=_MONEY)
