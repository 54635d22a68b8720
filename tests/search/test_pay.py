"""A pay range as people write it."""

import pytest

from search.pay import understood

MONTH, YEAR, HOUR, DAY = "mois", "an", "heure", "jour"


@pytest.mark.parametrize(
    ("typed", "unit", "pairs"),
    [
        ("2000", MONTH, "pay_from=2000"),
        ("2 000", MONTH, "pay_from=2000"),
        ("2\u202f000\u00a0€", MONTH, "pay_from=2000"),
        ("2.000", MONTH, "pay_from=2000"),
        ("2'000", MONTH, "pay_from=2000"),
        ("2000,50 €", MONTH, "pay_from=2000.5"),
        ("2,000.50", MONTH, "pay_from=2000.5"),
        ("1.500,00", MONTH, "pay_from=1500"),
        ("2k", MONTH, "pay_from=2000"),
        ("2,5 k€", MONTH, "pay_from=2500"),
        ("€ 2000", MONTH, "pay_from=2000"),
        ("2500 euros brut par mois", MONTH, "pay_from=2500"),
        ("2500€ mensuel", YEAR, "pay_from=2500"),
        ("30K€ brut annuel", MONTH, "pay_from=30000&pay_unit=an"),
        ("30 000/an", MONTH, "pay_from=30000&pay_unit=an"),
        ("30k", YEAR, "pay_from=30000&pay_unit=an"),
        # Nobody earns that a month, or so little a year.
        ("30 000", MONTH, "pay_from=30000&pay_unit=an"),
        ("2000", YEAR, "pay_from=2000"),
        ("12,50", MONTH, "pay_from=12.5&pay_unit=heure"),
        ("13 € de l’heure", MONTH, "pay_from=13&pay_unit=heure"),
        ("13€/h", YEAR, "pay_from=13&pay_unit=heure"),
        ("150 / jour", MONTH, "pay_from=150&pay_unit=jour"),
        ("à partir de 2 000 €", MONTH, "pay_from=2000"),
        ("2000-2500", MONTH, "pay_from=2000&pay_to=2500"),
        ("de 30k à 35k/an", MONTH, "pay_from=30000&pay_to=35000&pay_unit=an"),
    ],
)
def test_any_usual_writing_is_understood(typed, unit, pairs):
    found = understood(typed, "", unit)
    assert "&".join(f"{name}={value}" for name, value in found.pairs) == pairs
    assert found.not_understood == []


@pytest.mark.parametrize(
    "typed", ["abc", "0", "-2000", "9e9", "²", "١٢", "9" * 30, "2000 net", "k", "1.2.3", "=1+1", "2000;DROP"]
)
def test_what_is_no_pay_is_said(typed):
    found = understood(typed, "", MONTH)
    assert (found.pairs, found.not_understood, found.label) == ([], [typed], "")


def test_a_range_the_wrong_way_round_is_turned_and_two_units_become_one():
    assert understood("2500", "2000", MONTH).label == "De 2\u202f000\u202f€ à 2\u202f500\u202f€ brut par mois"
    mixed = understood("150/jour", "200", MONTH)
    assert mixed.pairs == [("pay_from", "150"), ("pay_to", "200"), ("pay_unit", DAY)]
    mixed = understood("30k", "2600", MONTH)
    assert (mixed.low.yearly, mixed.high.yearly) == (30_000, 31_200)
    half = understood("", "3000 €", MONTH)
    assert half.label == "Jusqu’à 3\u202f000\u202f€ brut par mois" and half.shown_to == "3\u202f000"


def test_what_was_understood_is_understood_again():
    for typed in ("2 000", "30k", "12,50", "2000-2500", "150/jour"):
        once = understood(typed, "", MONTH)
        parameters = dict(once.pairs)
        again = understood(
            parameters.get("pay_from", ""), parameters.get("pay_to", ""), parameters.get("pay_unit", MONTH)
        )
        assert (again.low, again.high, again.unit) == (once.low, once.high, once.unit)
        shown = understood(once.shown_from, once.shown_to, once.unit)
        assert (shown.low, shown.high) == (once.low, once.high)


def test_no_unit_but_ours():
    assert understood("2000", "", "x' OR 1=1").unit == MONTH
    assert understood("", "", HOUR).pairs == []
