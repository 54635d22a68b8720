"""Amounts: Decimal, rounded to the cent once per rate."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import money


@dataclass
class Line:
    unit_price: Decimal
    vat_rate: Decimal = Decimal("20.00")
    quantity: int = 1
    discount: Decimal = Decimal("0.00")
    vat_category: str = "S"


def test_vat_is_rounded_on_the_sum_of_a_rate_not_line_by_line():
    sums = money.totals([Line(Decimal("0.03"))] * 3)
    # Line by line: 3 × 0.01. On the sum: 20 % of 0.09 is 0.018.
    assert (sums.excl, sums.vat, sums.incl) == (Decimal("0.09"), Decimal("0.02"), Decimal("0.11"))


def test_each_rate_has_its_total():
    sums = money.totals(
        [
            Line(Decimal("100.00")),
            Line(Decimal("10.10"), Decimal("8.50"), 3),
            Line(Decimal("5.00"), Decimal("0.00")),
        ]
    )
    assert [(row.rate, row.base, row.vat) for row in sums.by_rate] == [
        (Decimal("0.00"), Decimal("5.00"), Decimal("0.00")),
        (Decimal("8.50"), Decimal("30.30"), Decimal("2.58")),
        (Decimal("20.00"), Decimal("100.00"), Decimal("20.00")),
    ]
    assert sums.incl == Decimal("157.88")


def test_a_discount_comes_off_before_the_vat():
    sums = money.totals([Line(Decimal("290.00"), discount=Decimal("29.00"))])
    assert (sums.excl, sums.vat, sums.incl) == (Decimal("261.00"), Decimal("52.20"), Decimal("313.20"))


def test_two_categories_of_one_rate_stay_apart():
    sums = money.totals(
        [
            Line(Decimal("1"), Decimal("0.00"), vat_category="AE"),
            Line(Decimal("2"), Decimal("0.00"), vat_category="E"),
        ]
    )
    assert [(row.category, row.base) for row in sums.by_rate] == [("AE", Decimal("1")), ("E", Decimal("2"))]


def test_nothing_adds_up_to_nothing():
    assert money.totals([]).incl == Decimal("0.00")


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68")])
def test_half_a_cent_goes_up(amount, rounded):
    assert money.to_cent(Decimal(amount)) == Decimal(rounded)


def test_an_amount_in_a_sentence():
    assert money.euros(Decimal("1080")) == "1\u202f080,00\u202f€"


@given(
    st.lists(
        st.builds(
            Line,
            unit_price=st.decimals(min_value=0, max_value=99999, places=2),
            vat_rate=st.sampled_from([Decimal("20.00"), Decimal("8.50"), Decimal("0.00")]),
            quantity=st.integers(min_value=1, max_value=99),
        ),
        max_size=8,
    )
)
def test_totals_hold_together_whatever_the_lines(lines):
    """EN 16931: the base is the sum of the lines, the total is base and VAT, VAT is within half a cent of each rate."""
    sums = money.totals(lines)
    assert sums.excl == sum((line.unit_price * line.quantity for line in lines), Decimal(0))
    assert sums.incl == sums.excl + sums.vat
    assert sums.vat == sum((row.vat for row in sums.by_rate), Decimal(0))
    for row in sums.by_rate:
        assert abs(row.vat - row.base * row.rate / 100) <= Decimal("0.005")
