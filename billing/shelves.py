"""The catalogue as it is shown: shelves of offers, what each gives, and print formats to scale."""

from datetime import date
from decimal import Decimal

from . import tiers
from .models import Offer, PrintFormat

#: Width and height of a format on a page of 42 × 60, for its little drawing.
SCALE = {
    PrintFormat.EIGHTH: (21, 15),
    PrintFormat.QUARTER: (21, 30),
    PrintFormat.HALF: (42, 30),
    PrintFormat.FULL: (42, 60),
}
SHELVES = (
    (Offer.Kind.WEB, "web", "Annonces web", "En ligne deux mois, dans la recherche et les alertes."),
    (
        Offer.Kind.WEB_PRINT,
        "web-print",
        "Annonces web + print",
        "En ligne deux mois, et un encart de votre annonce dans le prochain Mag ASH.",
    ),
    (
        Offer.Kind.COMPANY_PAGE,
        "page-entreprise",
        "Page entreprise",
        "La page standard est gratuite toute l’année ; la marque employeur donne à voir vos équipes.",
    ),
    (
        Offer.Kind.CV_ACCESS,
        "cvtheque",
        "Accès à la CVthèque",
        "Des profils à jour : un CV que son auteur n’actualise pas s’en va au bout d’un mois et demi.",
    ),
)


def shelves(day: date) -> list[dict]:
    """The shelves with the offers on sale on a day. One query."""
    on_sale = list(Offer.objects.on_sale(day))
    return [
        {
            "anchor": anchor,
            "title": title,
            "lede": lede,
            "offers": [_shown(offer) for offer in on_sale if offer.kind == kind],
        }
        for kind, anchor, title, lede in SHELVES
    ]


def _shown(offer: Offer) -> dict:
    return {
        "code": offer.code,
        "name": offer.name,
        "summary": offer.description,
        "points": points(offer),
        "net": offer.price,
        "is_free": offer.price == Decimal(0),
        "print_size": SCALE.get(PrintFormat(offer.print_format)) if offer.print_format else None,
    }


def points(offer: Offer) -> list[str]:
    """What an offer gives, in a few words each."""
    if offer.gives_credits:
        found = [f"{offer.ad_months} mois en ligne", "Crédits valables un an"]
        if offer.quantity > 1:
            found.insert(0, f"{offer.unit_price} € HT l’annonce".replace(".", ","))
        if offer.print_format:
            found.insert(0, f"Encart : {offer.get_print_format_display()}")
        return found
    if offer.kind == Offer.Kind.CV_ACCESS:
        return [f"{offer.months} mois d’accès", "Coordonnées et CV complets", "Sans reconduction automatique"]
    row = tiers.tier(offer.tier)
    return [f"{offer.months} mois" if row.is_paid else "Visible toute l’année", *tiers.new_points(row)]
