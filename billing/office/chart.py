"""A chart of stacked columns, drawn by the template: places and sizes in the units of its view box."""

from dataclasses import dataclass
from decimal import Decimal

from billing.accounting.months import Month
from billing.figures import Revenue
from billing.models import Offer

WIDTH, HEIGHT, LEFT, FOOT, TOP = 720, 260, 64, 28, 12


@dataclass(frozen=True)
class Piece:
    """One colour of a column."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Chart:
    """Columns with their names, lines with their amounts."""

    pieces: list[Piece]
    names: list[tuple[float, str]]
    lines: list[tuple[float, Decimal]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    foot: int = HEIGHT - 8


def chart_of(revenue: Revenue) -> Chart:
    """The months side by side, the kinds of offers one on the other. A kind below nought is left to the table."""
    tallest = max((_positive(revenue, month) for month in revenue.months), default=Decimal(0))
    top = _round_up(tallest)
    scale = Decimal(HEIGHT - FOOT - TOP) / top
    step = (WIDTH - LEFT) / len(revenue.months)
    pieces, names = [], []
    for number, month in enumerate(revenue.months):
        x = LEFT + number * step + step * 0.18
        y = Decimal(HEIGHT - FOOT)
        for kind in Offer.Kind:
            amount = max(revenue.of(month, kind), Decimal(0))
            if not amount:
                continue
            size = amount * scale
            y -= size
            title = f"{kind.label}, {month.label}"
            pieces.append(
                Piece(
                    kind, round(x, 1), round(float(y), 1), round(step * 0.64, 1), round(float(size), 1), title
                )
            )
        names.append((round(LEFT + (number + 0.5) * step, 1), f"{month.first:%m/%y}"))
    lines = [(round(float(HEIGHT - FOOT - top * part / 4 * scale), 1), top * part / 4) for part in range(5)]
    return Chart(pieces, names, lines)


def _positive(revenue: Revenue, month: Month) -> Decimal:
    return sum((max(revenue.of(month, kind), Decimal(0)) for kind in Offer.Kind.values), Decimal(0))


def _round_up(amount: Decimal) -> Decimal:
    """The next 1, 2, 4 or 8 with noughts behind, which a quarter of reads well."""
    size = Decimal(100)
    while True:
        for step in (1, 2, 4, 8):
            if amount <= size * step:
                return size * step
        size *= 10
