"""How each line of a cart is delivered, in words (the step "expédition"): what comes, where, and when."""

from datetime import date, timedelta

from reference.dates import long_date, paris_day

from . import tiers
from .models import Cart, Entitlement, Offer

PAID = "Dès le paiement par carte, ou à réception du virement"


def deliveries(cart: Cart) -> list[dict]:
    """For each line: name, quantity, what comes, where, when. One query where something is dated."""
    lines = list(cart.lines.all())
    highest = max(tiers.tier(line.offer.tier).rank for line in lines) if lines else 0
    ends = {} if all(line.offer.gives_credits for line in lines) else _ends(cart)
    return [
        {
            "name": line.offer.name,
            "quantity": line.quantity,
            "what": _what(line.offer, line.quantity),
            "where": _where(line.offer),
            "when": _when(line.offer, ends, highest),
        }
        for line in lines
    ]


def _ends(cart: Cart) -> dict[tuple[str, str], date]:
    """The last day of each right that the employer has, by kind and tier."""
    rights = Entitlement.objects.filter(employer=cart.employer, ends_on__gte=paris_day()).order_by("ends_on")
    return {(right.kind, right.tier): right.ends_on for right in rights}


def _what(offer: Offer, quantity: int) -> str:
    if offer.gives_credits:
        number = offer.quantity * quantity
        credits = "Un crédit" if number == 1 else f"{number} crédits"
        text = f"{credits} dans votre espace, à utiliser pendant {offer.months} mois."
        if offer.print_format:
            text += " L’encart paraît dans le prochain numéro ouvert au moment où vous publiez l’annonce."
        return text
    if offer.kind == Offer.Kind.CV_ACCESS:
        return f"Accès ouvert à toute votre équipe pendant {offer.months} mois."
    return f"Votre page entreprise passe à ce niveau pendant {offer.months} mois."


def _where(offer: Offer) -> str:
    if offer.print_format:
        return "Dans « Mes annonces », puis dans le magazine"
    if offer.gives_credits:
        return "Dans « Mes annonces »"
    return "Dans la CVthèque" if offer.kind == Offer.Kind.CV_ACCESS else "Sur votre page entreprise"


def _when(offer: Offer, ends: dict[tuple[str, str], date], highest: int) -> str:
    if offer.gives_credits:
        return f"{PAID}."
    kind = Entitlement.Kind.CV_ACCESS if offer.kind == Offer.Kind.CV_ACCESS else Entitlement.Kind.COMPANY_PAGE
    rank = tiers.tier(offer.tier).rank
    if offer.tier and rank < highest:
        return "À la suite du niveau supérieur commandé en même temps."
    before = [end for (of, tier), end in ends.items() if of == kind and tiers.tier(tier).rank >= rank]
    if before:
        start = long_date(max(before) + timedelta(days=1))
        return f"À la suite de ce que vous avez déjà : à partir du {start}."
    text = f"{PAID} : les {offer.months} mois commencent ce jour-là."
    if any(of == kind for of, _ in ends):
        text += " Ce qui reste de votre niveau actuel reprend ensuite."
    return text
