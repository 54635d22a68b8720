"""Quotes: numbered, frozen, valid until a date. They reserve nothing; ordering one makes exactly its order."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from accounts.models import Employer, User
from reference.dates import paris_day

from . import (
    carts,
    checkout,
    delays,
    discounts,
    frozen,
    identity,
    money,
    numbers,
    orders,
    pricing,
    sellers,
    tasks,
)
from .models import DiscountCode, Offer, Order, Quote, QuoteLine


class QuoteError(ValidationError):
    """The quote cannot be made or ordered. The message is a French sentence."""


class State(TextChoices):
    """Where a quote stands: its order and its last day say it."""

    VALID = "valid", "Valable"
    ORDERED = "ordered", "Commandé"
    LAPSED = "lapsed", "Expiré"


def state_of(quote: Quote, day: date | None = None) -> State:
    """Where the quote stands on a day (today). The last day counts whole."""
    if quote.order_id is not None:
        return State.ORDERED
    return State.VALID if quote.valid_until >= (day or paris_day()) else State.LAPSED


def is_valid(quote: Quote, day: date | None = None) -> bool:
    """Whether it can still be ordered: not ordered, not lapsed."""
    return state_of(quote, day) == State.VALID


@transaction.atomic
def request_quote(
    employer: Employer,
    key: uuid.UUID,
    user: User,
    purchase_order_number: str = "",
    at: datetime | None = None,
) -> Quote:
    """Make the quote of what lies in the cart; it comes by mail as a PDF. The same cart again: the same quote.

    The cart keeps its contents and gets another key, so that ordering it later is another matter.
    Locks the cart, the quote series. Raises CheckoutError.
    """
    at = at or timezone.now()
    cart = checkout.lock(employer)
    existing = Quote.objects.filter(key=key, employer=employer).first()
    if existing:
        return existing
    checkout.check(cart, employer, key, at)
    checkout.hold_code(cart, at)
    quote = _make(
        employer,
        key,
        pricing.cart_lines(cart),
        at,
        requested_by=user,
        purchase_order_number=purchase_order_number,
        discount_code=cart.discount_code,
        proof_address=checkout.proof_address(cart),
    )
    cart.key = uuid.uuid4()
    cart.save(update_fields=["key", "updated_at"])
    return quote


@transaction.atomic
def make_for(
    employer: Employer,
    items: Iterable[tuple[Offer, int]],
    by: User,
    recipient: str,
    *,
    key: uuid.UUID,
    purchase_order_number: str = "",
    discount_code: DiscountCode | None = None,
    valid_until: date | None = None,
    at: datetime | None = None,
) -> Quote:
    """The office's quote for a customer, mailed to `recipient`, else to who manages the employer. Once a key.

    Locks the employer, the quote series. Raises QuoteError.
    """
    at = at or timezone.now()
    orders.lock_employer(employer)
    existing = Quote.objects.filter(key=key, employer=employer).first()
    if existing:
        return existing
    lines = pricing.sold_lines(employer, items, discount_code)
    if not lines or any(line["quantity"] < 1 for line in lines):
        raise QuoteError("Choisissez au moins une offre, en quantité d’au moins un.")
    if faults := identity.faults(employer):
        raise QuoteError(f"Complétez d’abord la fiche de ce client. {' '.join(faults.values())}")
    if valid_until and valid_until < paris_day(at):
        raise QuoteError("Un devis est valable au moins jusqu’à aujourd’hui.")
    return _make(
        employer,
        key,
        lines,
        at,
        requested_by=by,
        recipient=recipient,
        purchase_order_number=purchase_order_number,
        discount_code=discount_code,
        valid_until=valid_until,
    )


@transaction.atomic
def to_cart(quote: Quote) -> list[str]:
    """See that the cart holds what the quote offered, at present prices. Returns the names of what is sold no more.

    Asking for a quote leaves the cart as it is, so what lies there is not counted on: twice changes nothing.
    Locks the cart.
    """
    sold, missing = [], []
    for line in quote.lines.select_related("offer"):
        try:
            carts.check_sold(line.offer)
        except carts.CartError:
            missing.append(line.label)
        else:
            sold.append((line.offer, line.quantity, line.offer.price))
    carts.merge(quote.employer, sold)
    return missing


@transaction.atomic
def send_again(quote: Quote, recipient: str) -> Quote:
    """Mail a quote that can still be ordered once more. Locks the quote. Raises QuoteError."""
    quote = Quote.objects.select_for_update(of=("self",), no_key=True).get(pk=quote.pk)
    if not is_valid(quote):
        raise QuoteError(
            f"Le devis {quote.number} est {state_of(quote).label.lower()} : il ne s’envoie plus.",
            code="state",
        )
    quote.recipient = recipient
    quote.mailed_at = None
    quote.save(update_fields=["recipient", "mailed_at"])
    tasks.send_quote.enqueue(quote.pk)
    return quote


def _make(
    employer: Employer,
    key: uuid.UUID,
    lines: list[dict],
    at: datetime,
    *,
    purchase_order_number: str,
    valid_until: date | None = None,
    **kept: Any,
) -> Quote:
    """Freeze, number and insert: the number last, so that the series' row is locked for as short as can be."""
    rows = [QuoteLine(**line) for line in lines]
    sums = money.totals(rows)
    day = paris_day(at)
    quote = Quote(
        employer=employer,
        key=key,
        issued_at=at,
        valid_until=valid_until or delays.load().quote_until(day),
        seller=sellers.seller(day),
        total_excl_vat=sums.excl,
        total_vat=sums.vat,
        total_incl_vat=sums.incl,
        **frozen.buyer_of(employer, purchase_order_number),
        **kept,
    )
    quote.number = numbers.next_number(numbers.QUOTE, day.year)
    quote.save()
    for row in rows:
        row.quote = quote
    QuoteLine.objects.bulk_create(rows)
    tasks.send_quote.enqueue(quote.pk)
    return quote


@transaction.atomic
def order_quote(
    quote: Quote, method: str, user: User, purchase_order_number: str = "", at: datetime | None = None
) -> Order:
    """Order exactly what the quote says: its prices, VAT, discount and address of proof. Twice gives the one order.

    The buyer has accepted the terms of sale. Locks the quote, its discount code. Raises QuoteError.
    """
    quote = Quote.objects.select_for_update(of=("self",), no_key=True).get(pk=quote.pk)
    if quote.order is not None:
        return quote.order
    if method not in (Order.Method.CARD, Order.Method.TRANSFER):
        raise QuoteError("Choisissez un mode de paiement.")
    if not is_valid(quote, paris_day(at) if at else None):
        raise QuoteError(
            f"Le devis {quote.number} n’est plus valable depuis le {quote.valid_until:%d/%m/%Y} : "
            "remettez ces offres dans votre panier pour en obtenir un nouveau.",
            code="lapsed",
        )
    buyer = frozen.copied(quote, frozen.BUYER)
    if purchase_order_number:
        buyer["purchase_order_number"] = purchase_order_number[:50]
    lines = [frozen.copied(line, frozen.DELIVERED) for line in quote.lines.all()]
    free = not quote.total_incl_vat
    order = orders.create(
        quote.employer,
        quote.key,
        Order.Method.CARD if free else method,
        lines,
        buyer=buyer,
        by=user,
        at=at,
        agreed={
            "discount_code": _held_code(quote),
            "proof_address": quote.proof_address,
            "terms_accepted_at": at or timezone.now(),
        },
    )
    quote.order = order
    quote.save(update_fields=["order"])
    return orders.pay(order, by=user, note="Rien à payer", at=at) if free else order


def _held_code(quote: Quote) -> DiscountCode | None:
    """The quote's code, its row locked. It was promised: used all the same when it has lapsed since, or run out.

    Once an employer, that is: a drawer full of quotes does not make a code go on for ever.
    """
    if quote.discount_code is None:
        return None
    code = discounts.lock(quote.discount_code)
    earlier = discounts.uses(code).filter(employer=quote.employer).first()
    if earlier and not code.once_an_employer and discounts.is_used_up(code):
        raise QuoteError(
            f"Le code « {code} » de ce devis a servi autant de fois qu’il le pouvait, aussi dans votre commande "
            f"{earlier.number}. Demandez un nouveau devis, sans ce code.",
            code="code_used_up",
        )
    if earlier and code.once_an_employer:
        raise QuoteError(
            f"Le code « {code} » de ce devis ne sert qu’une fois, et votre commande {earlier.number} l’a déjà utilisé. "
            "Demandez un nouveau devis, sans ce code.",
            code="code_used",
        )
    return code
