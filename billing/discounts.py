"""Discount codes: who may use one, held under lock at the confirmation, and what it takes off each line."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.core.exceptions import ValidationError

from accounts.models import Employer
from reference.dates import paris_day

from . import money
from .models import DiscountCode, Offer, Order

NOUGHT = Decimal("0.00")
LONGEST = DiscountCode._meta.get_field("code").max_length


class DiscountError(ValidationError):
    """The code may not be used. The message is a French sentence."""


def find(typed: str, employer: Employer, offers: Iterable[Offer], day: date | None = None) -> DiscountCode:
    """The code that was typed, if this employer may use it today for one of these offers. Raises DiscountError."""
    text = "".join(typed.split()).upper()[:LONGEST]
    code = DiscountCode.objects.filter(code=text).first()
    if code is None:
        raise DiscountError(f"Nous ne connaissons pas le code {_quoted(text)} : vérifiez-le.", code="unknown")
    check(code, employer, offers, day)
    return code


def check(code: DiscountCode, employer: Employer, offers: Iterable[Offer], day: date | None = None) -> None:
    """Raises DiscountError unless this employer may use the code for one of these offers. Three queries at most.

    What it reads of other orders holds at the confirmation only under `hold`.
    """
    day = day or paris_day()
    if not code.is_active or (code.valid_until and code.valid_until < day):
        until = f" depuis le {code.valid_until:%d/%m/%Y}" if code.is_active else ""
        raise DiscountError(f"Le code {_quoted(code)} n’est plus valable{until}.", code="lapsed")
    if code.valid_from and code.valid_from > day:
        raise DiscountError(
            f"Le code {_quoted(code)} ne sera valable qu’à partir du {code.valid_from:%d/%m/%Y}.",
            code="not_yet",
        )
    _check_uses(code, employer)
    concerned = _concerned(code)
    if concerned and concerned.isdisjoint(offer.pk for offer in offers):
        raise DiscountError(
            f"Le code {_quoted(code)} ne concerne aucune offre de votre panier.", code="no_offer"
        )


def hold(
    code: DiscountCode, employer: Employer, offers: Iterable[Offer], day: date | None = None
) -> DiscountCode:
    """The code as it is now, if it may be used once more: its row stays locked until the order that uses it is written.

    Call it inside the transaction of the order, after the cart's or the quote's lock and before any series of numbers.
    Raises DiscountError.
    """
    held = lock(code)
    check(held, employer, offers, day)
    return held


def lock(code: DiscountCode) -> DiscountCode:
    """The code as it is now, its row locked until the caller's transaction ends: nobody else counts its uses."""
    return DiscountCode.objects.select_for_update(of=("self",), no_key=True).get(pk=code.pk)


def uses(code: DiscountCode):
    """The orders that count as a use of the code: a cancelled one gives it back."""
    return Order.objects.filter(discount_code=code).exclude(state=Order.State.CANCELLED)


def is_used_up(code: DiscountCode) -> bool:
    """Whether as many orders use the code as may. One query."""
    return code.most_orders is not None and uses(code).count() >= code.most_orders


def _check_uses(code: DiscountCode, employer: Employer) -> None:
    if code.once_an_employer:
        earlier = uses(code).filter(employer=employer).first()
        if earlier:
            raise DiscountError(
                f"Le code {_quoted(code)} ne sert qu’une fois, et votre commande {earlier.number} l’a déjà utilisé.",
                code="used_by_you",
            )
    if is_used_up(code):
        raise DiscountError(
            f"Le code {_quoted(code)} a servi autant de fois qu’il le pouvait : il n’est plus disponible.",
            code="used_up",
        )


def _quoted(code: object) -> str:
    # Beside a field nothing sets the spaces afterwards.
    return f"« {code} »"


def _concerned(code: DiscountCode) -> set[int]:
    return set(code.offers.values_list("pk", flat=True))


def shares(code: DiscountCode | None, items: Sequence[tuple[Offer, int]]) -> list[Decimal]:
    """The discount on each line, excluding VAT, to the cent; never more than the line. One query with a code.

    An amount in euros is spread over the lines by their price; the cents left go to the dearest.
    """
    if code is None:
        return [NOUGHT] * len(items)
    concerned = _concerned(code)
    amounts = [
        offer.price * quantity if not concerned or offer.pk in concerned else NOUGHT
        for offer, quantity in items
    ]
    if code.percent is not None:
        return [money.to_cent(amount * code.percent / 100) for amount in amounts]
    return _spread(min(code.amount or NOUGHT, sum(amounts, NOUGHT)), amounts)


def _spread(total: Decimal, amounts: list[Decimal]) -> list[Decimal]:
    whole = sum(amounts, NOUGHT)
    if not whole:
        return [NOUGHT] * len(amounts)
    parts = [(total * amount / whole).quantize(money.CENT, rounding=ROUND_DOWN) for amount in amounts]
    dearest = max(range(len(amounts)), key=lambda number: amounts[number])
    parts[dearest] += total - sum(parts, NOUGHT)
    return parts
