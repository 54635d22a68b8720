"""Quotes: numbered, frozen, valid until a date. They reserve nothing; ordering one makes exactly its order."""

import uuid
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Employer, User
from reference.dates import paris_day

from . import checkout, frozen, money, numbers, orders, pricing, sellers, tasks
from .models import Order, Quote, QuoteLine

#: Days a quote stays valid.
VALIDITY = timedelta(days=60)


class QuoteError(ValidationError):
    """The quote cannot be made or ordered. The message is a French sentence."""


def is_valid(quote: Quote, day: date | None = None) -> bool:
    """Whether it can still be ordered: not ordered, not lapsed. The last day counts whole."""
    return quote.order_id is None and quote.valid_until >= (day or paris_day())


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
    rows = [QuoteLine(**line) for line in pricing.cart_lines(cart)]
    sums = money.totals(rows)
    quote = Quote(
        employer=employer,
        key=key,
        requested_by=user,
        issued_at=at,
        valid_until=paris_day(at) + VALIDITY,
        seller=sellers.seller(paris_day(at)),
        total_excl_vat=sums.excl,
        total_vat=sums.vat,
        total_incl_vat=sums.incl,
        **frozen.buyer_of(employer, purchase_order_number),
    )
    quote.number = numbers.next_number(numbers.QUOTE, paris_day(at).year)
    quote.save()
    for row in rows:
        row.quote = quote
    QuoteLine.objects.bulk_create(rows)
    cart.key = uuid.uuid4()
    cart.save(update_fields=["key", "updated_at"])
    tasks.send_quote.enqueue(quote.pk)
    return quote


@transaction.atomic
def order_quote(
    quote: Quote, method: str, user: User, purchase_order_number: str = "", at: datetime | None = None
) -> Order:
    """Order exactly what the quote says. Twice gives the one order. Locks the quote. Raises QuoteError."""
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
    order = orders.create(quote.employer, quote.key, method, lines, buyer=buyer, by=user, at=at)
    quote.order = order
    quote.save(update_fields=["order"])
    return order
