"""The demonstration's card form against what a keyboard can send."""

import pytest

from billing.card_form import ACCEPTED, CardForm


@pytest.mark.parametrize(
    ("expiry", "code", "field"),
    [
        ("²/40", "123", "expiry"),
        ("13/40", "123", "expiry"),
        ("12-40", "123", "expiry"),
        ("12/40", "1²3", "code"),
    ],
)
def test_a_figure_that_is_no_digit_is_a_sentence_not_a_crash(expiry, code, field):
    form = CardForm({"number": ACCEPTED, "expiry": expiry, "code": code})
    assert list(form.errors) == [field]


def test_an_expired_card_is_said_so_and_a_good_one_passes():
    assert "expiré" in str(CardForm({"number": ACCEPTED, "expiry": "01/20", "code": "123"}).errors)
    assert CardForm({"number": ACCEPTED, "expiry": "12/40", "code": "123"}).is_valid()
