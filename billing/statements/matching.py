"""Which order an entry probably pays: by our reference in its wording, else by amount and payer. Reads only.

Certain is only what names an order that waits for exactly this amount.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import TextChoices

from billing import settlements
from billing.models import BankEntry, Invoice, Order, Quote
from billing.money import euros

if TYPE_CHECKING:
    from billing.settlements import OrderWithMoney

State = Order.State
WAITING = (State.AWAITING_TRANSFER, State.ON_INVOICE, State.AWAITING_PAYMENT)
#: "C2026-000123", with what banks make of it: spaces and hyphens lost, "FACTURE" or "CDE" before it.
_NUMBER = re.compile(
    r"(?P<word>FACTURE|FACT|FAC|FA|DEVIS|D|COMMANDE|CDE|C)?(?P<year>20\d\d)(?P<serial>\d{6})"
)
_SERIES = {"FACTURE": "FA", "FACT": "FA", "FAC": "FA", "FA": "FA", "DEVIS": "D", "D": "D"}
#: Words of names that tell nobody from anybody.
_COMMON = frozenset(
    {
        "ASSOCIATION", "ASSO", "ASS", "FONDATION", "MUTUELLE", "UNION", "SARL", "SAS", "SA", "SCIC", "SCOP", "EURL",
        "STE", "SOCIETE", "EHPAD", "CCAS", "CIAS", "COMMUNE", "MAIRIE", "VILLE", "DEPARTEMENT", "CENTRE", "HOSPITALIER",
        "HOPITAL", "ETABLISSEMENT", "PUBLIC", "LES", "DES", "DU", "DE", "LA", "LE", "ET", "POUR", "AUX", "AU", "EN",
    }
)  # fmt: skip


class Confidence(TextChoices):
    CERTAIN = "certain", "Certain"
    LIKELY = "likely", "Probable"
    POSSIBLE = "possible", "À vérifier"


@dataclass(frozen=True)
class Proposal:
    """An order that an entry may pay, how sure that is, and why: a French sentence."""

    order: Order
    confidence: Confidence
    why: str

    @property
    def is_certain(self) -> bool:
        return self.confidence == Confidence.CERTAIN


def propose(entries: Iterable[BankEntry]) -> dict[int, Proposal]:
    """The proposal for each entry that has one, by the entry's pk. Five queries, however many entries there are.

    Of two entries that name the same order only the first may be certain.
    """
    entries = list(entries)
    named = {entry.pk: list(references(f"{entry.wording} {entry.bank_reference}")) for entry in entries}
    by_number = _orders_named(number for numbers in named.values() for number in numbers)
    waiting = list(settlements.with_money(Order.objects.filter(state__in=WAITING)).select_related("employer"))
    by_amount: dict[Decimal, list[OrderWithMoney]] = defaultdict(list)
    for order in waiting:
        by_amount[order.left].append(order)
    taken: set[int] = set()
    found = {}
    for entry in entries:
        proposal = _by_reference(entry, named[entry.pk], by_number, taken) or _by_amount(
            entry, by_amount, taken
        )
        if proposal:
            found[entry.pk] = proposal
            taken.add(proposal.order.pk)
    return found


def references(text: str) -> Iterator[str]:
    """The numbers of orders, invoices and quotes in a bank's wording, as we write them; likely ones first.

    A number without its letters may be an order's or an invoice's.
    """
    squeezed = re.sub(r"[^A-Z0-9]", "", _plain(text))
    for match in _NUMBER.finditer(squeezed):
        serial = f"{match['year']}-{match['serial']}"
        if match["word"]:
            yield f"{_SERIES.get(match['word'], 'C')}{serial}"
        else:
            yield from (f"C{serial}", f"FA{serial}", f"D{serial}")


def _orders_named(numbers: Iterable[str]) -> dict[str, OrderWithMoney]:
    numbers = set(numbers)
    wanted: dict[str, int] = {}
    wanted |= dict(Order.objects.filter(number__in=numbers).values_list("number", "pk"))
    wanted |= dict(Invoice.objects.filter(number__in=numbers).values_list("number", "order_id"))
    wanted |= dict(
        Quote.objects.filter(number__in=numbers).exclude(order=None).values_list("number", "order_id")
    )
    rows = settlements.with_money(Order.objects.filter(pk__in=set(wanted.values()))).select_related(
        "employer"
    )
    by_pk = {order.pk: order for order in rows}
    return {number: by_pk[pk] for number, pk in wanted.items()}


def _by_reference(
    entry: BankEntry, numbers: list[str], by_number: dict[str, OrderWithMoney], taken: set[int]
) -> Proposal | None:
    """Of the orders that the wording names: the one that waits for this amount, else the first."""
    named = [(number, by_number[number]) for number in numbers if number in by_number]
    if not named:
        return None
    exact = [
        (number, order) for number, order in named if order.state in WAITING and order.left == entry.amount
    ]
    number, order = (exact or named)[0]
    if order.pk in taken:
        return Proposal(order, Confidence.POSSIBLE, f"Cite {number}, déjà proposée pour une autre écriture.")
    if exact and len({order.pk for _, order in exact}) == 1:
        return Proposal(order, Confidence.CERTAIN, f"Cite {number}, montant exact.")
    if order.state not in WAITING:
        return Proposal(order, Confidence.POSSIBLE, f"Cite {number}, {order.get_state_display().lower()}.")
    gap = entry.amount - order.left
    told = f"il manquerait {euros(-gap)}" if gap < 0 else f"{euros(gap)} de trop" if gap else "montant exact"
    return Proposal(order, Confidence.LIKELY, f"Cite {number}, {told}.")


def _by_amount(
    entry: BankEntry, by_amount: dict[Decimal, list[OrderWithMoney]], taken: set[int]
) -> Proposal | None:
    """Of the orders that wait for this amount: the payer's, or the only one."""
    free = [order for order in by_amount[entry.amount] if order.pk not in taken]
    alike = [order for order in free if _same_name(f"{entry.payer} {entry.wording}", order.buyer_name)]
    if len(alike) == 1:
        return Proposal(alike[0], Confidence.LIKELY, "Montant exact, et le nom du client.")
    if alike:
        # Several orders of one customer at one price: the oldest is paid first.
        oldest = min(alike, key=lambda order: (order.placed_at, order.pk))
        return Proposal(
            oldest, Confidence.POSSIBLE, "Nom et montant de plusieurs commandes\u202f: la plus ancienne."
        )
    if len(free) == 1:
        return Proposal(free[0], Confidence.POSSIBLE, "Seule commande de ce montant.")
    return None


def _same_name(text: str, name: str) -> bool:
    words = _telling(name)
    return bool(words) and len(words & _telling(text)) * 2 > len(words)


def _telling(text: str) -> set[str]:
    return {word for word in re.findall(r"[A-Z0-9]{2,}", _plain(text)) if word not in _COMMON}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.upper())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
