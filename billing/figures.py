"""What the office's dashboard says: revenue, quotes, credits outstanding, what needs a hand. The database adds up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from post_office.models import STATUS, Email

from reference.dates import paris_day

from . import credits, refunds, settlements
from .accounting.months import Month
from .accounting.vat_report import AMOUNT
from .models import (
    BankEntry,
    CreditLot,
    Invoice,
    InvoiceLine,
    Offer,
    Order,
    OrderLine,
    Payment,
    Quote,
    Transmission,
)
from .money import to_cent

NOUGHT = Decimal("0.00")
State = Order.State
_MONEY = DecimalField(max_digits=16, decimal_places=4)
#: A quote that lapses within this time is spoken of; a PDF or a mail not there after it is late.
QUOTE_SOON, LATE = timedelta(days=7), timedelta(minutes=15)


@dataclass(frozen=True)
class OfferSales:
    """What one offer brought: sold less credited."""

    name: str
    quantity: int
    amount: Decimal


@dataclass(frozen=True)
class Revenue:
    """Invoiced excluding VAT, credit notes taken off, by month and kind of offer, and by offer."""

    months: list[Month]
    by_month: dict[tuple[Month, str], Decimal]
    offers: list[OfferSales]

    def of(self, month: Month, kind: str) -> Decimal:
        return self.by_month.get((month, kind), NOUGHT)

    def month_total(self, month: Month) -> Decimal:
        return sum((self.of(month, kind) for kind in Offer.Kind.values), NOUGHT)

    def kind_total(self, kind: str) -> Decimal:
        return sum((self.of(month, kind) for month in self.months), NOUGHT)

    @property
    def total(self) -> Decimal:
        return sum((self.month_total(month) for month in self.months), NOUGHT)


def revenue(months: list[Month]) -> Revenue:
    """The revenue of these months. Two queries, whatever was sold."""
    credited = Q(invoice__kind=Invoice.Kind.CREDIT_NOTE)
    sold = OrderLine.objects.filter(order=OuterRef("invoice__order"), offer=OuterRef("offer")).values("kind")[
        :1
    ]
    lines = InvoiceLine.objects.filter(
        invoice__issued_on__range=(months[0].first, months[-1].last)
    ).order_by()
    signed = Case(When(credited, then=-AMOUNT), default=AMOUNT, output_field=_MONEY)
    pieces = Case(When(credited, then=-F("quantity")), default=F("quantity"), output_field=IntegerField())
    by_month = {
        (Month.of(row["month"]), row["sold"]): to_cent(row["revenue"])
        for row in lines.annotate(
            month=TruncMonth("invoice__issued_on"), sold=Coalesce(Subquery(sold), F("offer__kind"))
        )
        .values("month", "sold")
        .annotate(revenue=Sum(signed))
    }
    offers = [
        OfferSales(row["offer__name"], row["pieces"], to_cent(row["revenue"]))
        for row in lines.values("offer_id", "offer__name")
        .annotate(revenue=Sum(signed), pieces=Sum(pieces))
        .order_by("-revenue", "offer__name")
    ]
    return Revenue(months, by_month, offers)


@dataclass(frozen=True)
class Conversion:
    """What became of the quotes issued in a time."""

    issued: int
    ordered: int
    lapsed: int
    amount: Decimal
    ordered_amount: Decimal

    @property
    def waiting(self) -> int:
        return self.issued - self.ordered - self.lapsed

    @property
    def rate(self) -> int | None:
        """Ordered out of decided, in percent; None while none is decided."""
        decided = self.ordered + self.lapsed
        return round(100 * self.ordered / decided) if decided else None


def conversion(months: list[Month]) -> Conversion:
    """The quotes issued in these months. One query."""
    within = Q(issued_at__gte=months[0].moments["gte"], issued_at__lt=months[-1].moments["lt"])
    ordered = Q(order__isnull=False)
    row = Quote.objects.filter(within).aggregate(
        issued=Count("pk"),
        ordered=Count("pk", filter=ordered),
        lapsed=Count("pk", filter=Q(order=None, valid_until__lt=paris_day())),
        amount=Coalesce(Sum("total_excl_vat"), Value(NOUGHT), output_field=_MONEY),
        ordered_amount=Coalesce(Sum("total_excl_vat", filter=ordered), Value(NOUGHT), output_field=_MONEY),
    )
    return Conversion(
        row["issued"], row["ordered"], row["lapsed"], to_cent(row["amount"]), to_cent(row["ordered_amount"])
    )


@dataclass(frozen=True)
class Outstanding:
    """Credits of one kind that customers can still use, and what they paid for them excluding VAT."""

    label: str
    quantity: int
    value: Decimal


def outstanding() -> list[Outstanding]:
    """Credits bought or granted, not expired. Granted ones are worth nothing. One query."""
    paid = F("order_line__unit_price") * F("order_line__quantity") - F("order_line__discount")
    given = F("order_line__quantity") * F("order_line__credits")
    worth = Case(
        When(order_line__credits__gt=0, then=paid * F("balance") / given), default=Value(NOUGHT), output_field=_MONEY
    )  # fmt: skip
    rows = (
        CreditLot.objects.usable(timezone.now())
        .order_by()
        .values("kind", "print_format")
        .annotate(quantity=Sum("balance"), value=Sum(worth))
        .order_by("kind", "print_format")
    )
    return [
        Outstanding(
            credits.describe(row["kind"], row["print_format"]), row["quantity"], to_cent(row["value"])
        )
        for row in rows
    ]


@dataclass(frozen=True)
class ToDo:
    """So many rows of a list wait for a hand: words for one and many, the list and its filter."""

    count: int
    words: str
    page: str
    query: str


_COMMERCE = "commerce_{}_modeladmin_index"


def to_do() -> list[ToDo]:
    """What needs a hand today, each with the list that shows it. Seven queries."""
    today, now = paris_day(), timezone.now()
    waiting = settlements.with_money(
        Order.objects.filter(state__in=(State.AWAITING_TRANSFER, State.ON_INVOICE))
    )
    orders = waiting.aggregate(
        partial=Count("pk", filter=Q(received__gt=0)),
        overdue=Count("pk", filter=Q(state=State.ON_INVOICE, pay_by__lt=today)),
        too_long=Count("pk", filter=Q(state=State.AWAITING_TRANSFER, pay_by__lt=today)),
    )
    excess = settlements.with_excess(Order.objects.all()).count()
    entries = BankEntry.objects.filter(state=BankEntry.State.OPEN).count()
    lapsing = Quote.objects.filter(order=None, valid_until__range=(today, today + QUOTE_SOON)).count()
    late = Q(issued_at__lt=now - LATE)
    sending = Invoice.objects.filter(late).aggregate(
        no_pdf=Count("pk", filter=Q(pdf=None) | Q(pdf__file="")),
        no_mail=Count("pk", filter=Q(pdf__mailed_at=None)),
        refusals=Count("pk", filter=Q(transmission__state=Transmission.State.REFUSED)),
        failures=Count("pk", filter=Q(transmission__state=Transmission.State.FAILED)),
    )
    cards = refunds.to_look_at(Payment.objects.all()).count()
    mails = Email.objects.filter(status=STATUS.failed).count()
    found = [
        (entries, "virement à rapprocher,virements à rapprocher", "ecritures", "state=open"),
        (orders["partial"], "virement partiel,virements partiels", "commandes", "suivi=partiels"),
        (cards, "paiement par carte à voir,paiements par carte à voir", "paiements", "suivi=tout"),
        (excess, "somme à rendre,sommes à rendre", "commandes", "suivi=rendre"),
        (orders["overdue"], "facture échue,factures échues", "commandes", "suivi=retards"),
        (orders["too_long"], "commande qui attend depuis trop longtemps,commandes qui attendent depuis trop longtemps",
         "commandes", "suivi=trop-longues"),
        (lapsing, "devis qui expire cette semaine,devis qui expirent cette semaine", "devis", "etat=bientot"),
        (sending["no_pdf"], "PDF de facture à faire,PDF de factures à faire", "factures", "envoi=sans-pdf"),
        (sending["no_mail"], "facture pas encore envoyée,factures pas encore envoyées", "factures",
         "envoi=non-envoyees"),
        (mails, "e-mail en échec,e-mails en échec", "mails", ""),
        (sending["refusals"], "facture refusée par son client,factures refusées par leur client", "transmissions",
         "state=refused"),
        (sending["failures"], "transmission en échec,transmissions en échec", "transmissions", "state=failed"),
    ]  # fmt: skip
    return [ToDo(count, words, _COMMERCE.format(page), query) for count, words, page, query in found]


def quantity_of(rows: Iterable[Outstanding]) -> tuple[int, Decimal]:
    """All credits outstanding, and their value."""
    rows = list(rows)
    return sum(row.quantity for row in rows), sum((row.value for row in rows), NOUGHT)
