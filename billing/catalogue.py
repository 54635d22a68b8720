"""The initial catalogue: what the office sells until it decides otherwise. Prices in euros, excluding VAT."""

from __future__ import annotations

from .models import Offer

WEB_PACKS = (
    # code, name, quantity, price, description
    (
        "web-1",
        "1 annonce web",
        1,
        "290.00",
        "Une annonce en ligne pendant deux mois, relayée dans les alertes des candidats.",
    ),
    (
        "web-3",
        "3 annonces web",
        3,
        "780.00",
        "Trois annonces à publier quand vous voulez dans l’année, soit 260 € l’annonce.",
    ),
    (
        "web-5",
        "5 annonces web",
        5,
        "1200.00",
        "Cinq annonces à publier quand vous voulez dans l’année, soit 240 € l’annonce.",
    ),
    (
        "web-10",
        "10 annonces web",
        10,
        "2150.00",
        "Dix annonces pour les employeurs qui recrutent toute l’année, soit 215 € l’annonce.",
    ),
)

PRINT_PACKS = (
    # code, name, print format, quantity, price, description
    (
        "print-1-8",
        "Annonce web + encart 1/8 de page",
        "1-8",
        1,
        "690.00",
        "L’annonce en ligne deux mois, et un encart d’un huitième de page dans le prochain numéro du magazine.",
    ),
    (
        "print-1-4",
        "Annonce web + encart 1/4 de page",
        "1-4",
        1,
        "1150.00",
        "L’annonce en ligne deux mois, et un quart de page dans le prochain numéro du magazine.",
    ),
    (
        "print-1-2",
        "Annonce web + encart 1/2 page",
        "1-2",
        1,
        "1950.00",
        "L’annonce en ligne deux mois, et une demi-page avec votre logo dans le prochain numéro du magazine.",
    ),
    (
        "print-1-1",
        "Annonce web + pleine page",
        "1-1",
        1,
        "3400.00",
        "L’annonce en ligne deux mois, et une pleine page dans le prochain numéro du magazine.",
    ),
    (
        "print-3-1-4",
        "3 annonces web + encarts 1/4 de page",
        "1-4",
        3,
        "2990.00",
        "Trois annonces et trois quarts de page, à utiliser dans l’année.",
    ),
)

COMPANY_PAGES = (
    # code, name, tier, price, description
    (
        "page-standard",
        "Page entreprise standard",
        "standard",
        "0.00",
        "Votre présentation, vos coordonnées et vos annonces, visibles toute l’année, gratuitement.",
    ),
    (
        "page-marque",
        "Marque employeur",
        "marque",
        "1490.00",
        "Chiffres clés, témoignages et candidatures spontanées : votre établissement tel qu’on y travaille.",
    ),
    (
        "page-marque-plus",
        "Marque employeur +",
        "marque_plus",
        "2690.00",
        "Tout « Marque employeur », et votre page en tête de la liste des entreprises.",
    ),
)

CV_ACCESSES = (
    # code, name, months, price, description
    (
        "cvtheque-3",
        "Accès à la CVthèque, 3 mois",
        3,
        "590.00",
        "Recherche, coordonnées et CV de tous les candidats inscrits, pendant trois mois.",
    ),
    ("cvtheque-6", "Accès à la CVthèque, 6 mois", 6, "990.00", "Six mois d’accès complet à la CVthèque."),
    ("cvtheque-9", "Accès à la CVthèque, 9 mois", 9, "1290.00", "Neuf mois d’accès complet à la CVthèque."),
    (
        "cvtheque-12",
        "Accès à la CVthèque, 12 mois",
        12,
        "1490.00",
        "Douze mois d’accès complet à la CVthèque, au meilleur prix.",
    ),
)


def catalogue() -> list[dict]:
    """Field values of every offer, in the order of the catalogue; `code` is the key."""
    rows: list[dict] = []
    for position, (code, name, quantity, price, text) in enumerate(WEB_PACKS):
        rows.append(_row(code, "web", name, price, text, position, quantity=quantity))
    for position, (code, name, size, quantity, price, text) in enumerate(PRINT_PACKS):
        rows.append(
            _row(code, "web_print", name, price, text, position, quantity=quantity, print_format=size)
        )
    for position, (code, name, tier, price, text) in enumerate(COMPANY_PAGES):
        rows.append(_row(code, "company_page", name, price, text, position, tier=tier))
    for position, (code, name, months, price, text) in enumerate(CV_ACCESSES):
        rows.append(_row(code, "cv_access", name, price, text, position, months=months))
    return rows


def _row(code: str, kind: str, name: str, price: str, description: str, position: int, **more) -> dict:
    defaults = {
        "vat_rate": "20.00",
        "quantity": 1,
        "print_format": "",
        "tier": "",
        "months": 12,
        "ad_months": 2,
    }
    return (
        {
            "code": code,
            "kind": kind,
            "name": name,
            "price": price,
            "description": description,
            "position": position,
        }
        | defaults
        | more
    )


def load() -> int:
    """Insert the offers that are not there. Returns how many. Never changes what the office edited."""
    created = 0
    for row in catalogue():
        _, new = Offer.objects.get_or_create(code=row["code"], defaults=row)
        created += new
    return created
