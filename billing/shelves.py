"""The catalogue as it is shown: shelves of offers, what each gives, and print formats to scale."""

from datetime import date
from decimal import Decimal

from accounts.models import Employer

from . import money, tiers, vat
from .models import Offer, PrintFormat, VatRule

#: Width and height of a format on a page of 42 × 60, for its drawing.
SCALE = {
    PrintFormat.EIGHTH: (21, 15),
    PrintFormat.QUARTER: (21, 30),
    PrintFormat.HALF: (42, 30),
    PrintFormat.FULL: (42, 60),
}
#: Where the lines of text stand on that page, which has a margin of 3.
PAGE_ROWS = range(4, 62, 3)
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


def shelves(day: date, employer: Employer | None = None) -> list[dict]:
    """The shelves with the offers on sale on a day; an employer sees prices with its VAT too. Two queries at most."""
    on_sale = list(Offer.objects.on_sale(day))
    rule = vat.rule_of(vat.zone_of(employer)) if employer else None
    found = [
        {
            "anchor": anchor,
            "kind": kind,
            "title": title,
            "lede": lede,
            "offers": [_shown(offer, on_sale, rule) for offer in on_sale if offer.kind == kind],
        }
        for kind, anchor, title, lede in SHELVES
    ]
    _lead(found)
    return found


def _lead(found: list[dict]) -> None:
    """Mark the one offer whose button is the page's next step: the first pack of ads that saves, else the first ad."""
    ads = [shown for shelf in found if shelf["kind"] in Offer.CREDIT_KINDS for shown in shelf["offers"]]
    lead = next((shown for shown in ads if shown["saving"]), ads[0] if ads else None)
    if lead:
        lead["is_lead"] = True


def _shown(offer: Offer, on_sale: list[Offer], rule: VatRule | None) -> dict:
    rate = vat.apply_rule(offer, rule).vat_rate if rule else None
    return {
        "code": offer.code,
        "name": offer.name,
        "summary": offer.description,
        "points": points(offer),
        "net": offer.price,
        "gross": None if rate is None else money.to_cent(offer.price * (1 + rate / 100)),
        "each": _each(offer),
        "saving": _saving(offer, on_sale),
        "is_free": offer.price == Decimal(0),
        "is_lead": False,
        "print_size": SCALE.get(PrintFormat(offer.print_format)) if offer.print_format else None,
        "print_label": offer.get_print_format_display(),
    }


def _each(offer: Offer) -> str:
    """What one ad of a pack, or one month of an access, costs."""
    if offer.price == 0:
        return ""
    if offer.gives_credits and offer.quantity > 1:
        return f"soit {money.euros(offer.unit_price)} HT l’annonce"
    if offer.kind == Offer.Kind.CV_ACCESS and offer.months > 1:
        return f"soit {money.euros(money.to_cent(offer.price / offer.months))} HT par mois"
    return ""


def _units(offer: Offer) -> int:
    return offer.months if offer.kind == Offer.Kind.CV_ACCESS else offer.quantity


def _saving(offer: Offer, on_sale: list[Offer]) -> dict | None:
    """What a pack saves against as many of the smallest offer of its sort: the amount, and the part in percent."""
    if offer.kind == Offer.Kind.COMPANY_PAGE:
        return None
    alike = [one for one in on_sale if (one.kind, one.print_format) == (offer.kind, offer.print_format)]
    smallest = min(alike, key=_units)
    whole = smallest.price * _units(offer) / _units(smallest)
    saved = money.to_cent(whole - offer.price)
    if saved <= 0:
        return None
    return {"amount": saved, "percent": int(saved * 100 / whole), "from": smallest.name}


def points(offer: Offer) -> list[str]:
    """What an offer gives, in a few words each."""
    if offer.gives_credits:
        found = [f"{offer.ad_months} mois en ligne", f"Crédits valables {offer.months} mois"]
        if offer.print_format:
            found.insert(0, f"Encart : {offer.get_print_format_display()}")
        return found
    if offer.kind == Offer.Kind.CV_ACCESS:
        return [f"{offer.months} mois d’accès", "Coordonnées et CV complets", "Sans reconduction automatique"]
    return [f"{offer.months} mois" if tiers.tier(offer.tier).is_paid else "Visible toute l’année"]
