"""What each employer is to have bought, worked out from its ads: lists of offers, no orders yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from billing.catalogue import CV_ACCESSES, PRINT_PACKS, WEB_PACKS
from billing.models import Offer
from pages.ads import State

from .scene import Customer, Scene

TIERS = {"marque": "page-marque", "marque-plus": "page-marque-plus"}
#: Credits that the employer of the demonstration has left to use: "3 annonces restantes".
LEFT_TO_ORMEAUX = 3


@dataclass
class Purchase:
    """Offers by code with quantities, and the latest day (days ago) on which they must be delivered."""

    items: dict[str, int]
    needed_days_ago: int


def purchases_of(scene: Scene, customer: Customer) -> list[Purchase]:
    """Everything the employer has bought and paid, the earliest need first."""
    own = [ad for ad in scene.ads if ad.draft.employer.key == customer.content.key]
    charged = [ad for ad in own if ad.state not in (State.DRAFT, State.REVIEW, State.RETURNED)]
    web = [ad for ad in charged if ad.kind == Offer.Kind.WEB]
    printed = [ad for ad in charged if ad.kind == Offer.Kind.WEB_PRINT]
    bought = []
    spare = LEFT_TO_ORMEAUX if customer.content.key == "les-ormeaux" else customer.index % 3
    if web:
        first = max(ad.opened_days_ago or 0 for ad in web)
        bought.append(Purchase(_packs(len(web) + spare), first))
    if printed:
        first = max(ad.opened_days_ago or 0 for ad in printed)
        bought.append(Purchase(_inserts(Counter(ad.print_format for ad in printed)), first))
    if customer.content.tier in TIERS:
        bought.append(Purchase({TIERS[customer.content.tier]: 1}, 40 + 9 * (customer.index % 12)))
    bought += _cv_access(customer)
    return sorted(bought, key=lambda purchase: -purchase.needed_days_ago)


def _packs(count: int) -> dict[str, int]:
    """Packs that hold at least so many web ads, the largest that fit first, and exactly as many where that can be."""
    items: Counter = Counter()
    for code, _, quantity, *_ in sorted(WEB_PACKS, key=lambda pack: -pack[2]):
        items[code], count = divmod(count, quantity)
    return {code: number for code, number in items.items() if number}


def _inserts(formats: Counter) -> dict[str, int]:
    single = {form: code for code, _, form, quantity, *_ in PRINT_PACKS if quantity == 1}
    return {single[form]: number for form, number in formats.items()}


def _cv_access(customer: Customer) -> list[Purchase]:
    """Every fourth employer; some accesses have run out."""
    if customer.content.key == "les-ormeaux":
        return [Purchase({"cvtheque-6": 1}, 35)]
    if customer.index % 4:
        return []
    code, _, months, *_ = CV_ACCESSES[(customer.index // 4) % len(CV_ACCESSES)]
    return [Purchase({code: 1}, 130 if months == 3 else 50)]
