"""The QR code of a transfer: the lines of EPC069-12 as a bank's application reads them, or no code."""

from decimal import Decimal

import pytest
import segno

from billing import epc

SELLER = {"name": "Éditions du Pont", "iban": "FR76 3000 6000 0112 3456 7890 189", "bic": "AGRIFRPP"}


def test_it_says_payee_account_amount_and_reference():
    code = epc.transfer_qr(SELLER, Decimal("1080.50"), "FA2026-000042")
    said = "\n".join(
        (
            "BCD", "002", "1", "SCT", "AGRIFRPP", "Éditions du Pont", "FR7630006000011234567890189", "EUR1080.5",
            "", "", "FA2026-000042",
        )
    )  # fmt: skip
    expected = segno.make(said, error="m", encoding="utf-8", boost_error=False, micro=False)
    assert code.matrix == expected.matrix


def test_it_does_without_a_bic():
    assert epc.transfer_qr({**SELLER, "bic": ""}, Decimal("1.00"), "FA1") is not None
    assert epc.transfer_qr({**SELLER, "bic": "inconnu"}, Decimal("1.00"), "FA1") is not None


def test_long_names_are_cut_to_what_it_holds():
    for letter in ("x", "É", "漢", "😀"):
        assert epc.transfer_qr({**SELLER, "name": letter * 200}, Decimal("999999999.99"), letter * 300)


@pytest.mark.parametrize(
    ("seller", "amount"),
    [
        ({**SELLER, "iban": ""}, "10.00"),
        ({**SELLER, "iban": "FR7630006000011234567890188"}, "10.00"),
        ({"name": "Sans compte"}, "10.00"),
        (SELLER, "0.00"),
        (SELLER, "1000000000.00"),
    ],
)
def test_no_code_that_no_bank_could_carry_out(seller, amount):
    assert epc.transfer_qr(seller, Decimal(amount), "FA1") is None
