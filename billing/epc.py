"""The QR code of a transfer that a bank's application reads (EPC069-12): payee, account, amount and reference."""

from decimal import Decimal
from typing import Any

import segno
from segno.helpers import make_epc_qr
from stdnum import bic, iban

#: What the code has room for: 70 characters of a name, 331 bytes in all, of which the rest takes 80.
_CHARACTERS, _BYTES = 70, 110
_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")


def transfer_qr(seller: dict[str, Any], amount: Decimal, reference: str) -> segno.QRCode | None:
    """The code of a transfer to the seller; None where no bank could carry it out: no valid account, no amount."""
    account = iban.compact(seller.get("iban") or "")
    if not iban.is_valid(account) or not _LEAST <= amount <= _MOST:
        return None
    bank = bic.compact(seller.get("bic") or "")
    return make_epc_qr(
        name=_cut(seller["name"]),
        iban=account,
        amount=amount,
        text=_cut(reference),
        bic=bank if bic.is_valid(bank) else None,
        encoding="utf-8",
    )


def _cut(text: str) -> str:
    return text[:_CHARACTERS].encode()[:_BYTES].decode(errors="ignore")
