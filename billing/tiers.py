"""The three tiers of a company page, and what each gives. The one place that says so: everybody reads it here."""

from dataclasses import dataclass

from django.db import models

from .models import Offer


class Part(models.TextChoices):
    """What a tier may give, in the words of its comparison."""

    PRESENTATION = "presentation", "Présentation, logo et photos"
    ADS = "ads", "Vos annonces, et une place dans « Les entreprises »"
    SPONTANEOUS = "spontaneous", "Candidatures spontanées"
    GALLERY = "gallery", "Galerie de photos légendées"
    VIDEO = "video", "Vidéo"
    FIGURES = "figures", "Chiffres clés"
    TESTIMONIALS = "testimonials", "Témoignages et textes libres"
    PRIORITY = "priority", "Priorité dans les listes, signalée et mesurée"
    HOME = "home", "Mise en avant sur la page d’accueil"
    ARTICLES = "articles", "Mise en avant au pied des articles"
    ALONE = "alone", "Aucune annonce d’un autre employeur à côté des vôtres"


@dataclass(frozen=True)
class Tier:
    """A tier of a company page: its place among the others, and the parts it gives."""

    code: str
    rank: int
    summary: str
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        return str(Offer.Tier(self.code).label)

    @property
    def is_paid(self) -> bool:
        return self.rank > 0

    def gives(self, part: Part | str) -> bool:
        return part in self.parts


_FREE = (Part.PRESENTATION, Part.ADS)
_BRAND = (*_FREE, Part.SPONTANEOUS, Part.GALLERY, Part.VIDEO, Part.FIGURES, Part.TESTIMONIALS)

STANDARD = Tier(
    Offer.Tier.STANDARD, 0, "La présentation de votre organisation, visible toute l’année.", _FREE
)
BRAND = Tier(
    Offer.Tier.BRAND, 1, "Votre établissement tel qu’on y travaille, et la porte ouverte à qui veut vous écrire.",
    _BRAND,
)  # fmt: skip
BRAND_PLUS = Tier(
    Offer.Tier.BRAND_PLUS, 2, "Tout « Marque employeur », et votre page là où passent les lecteurs.",
    (*_BRAND, Part.PRIORITY, Part.HOME, Part.ARTICLES, Part.ALONE),
)  # fmt: skip

#: From the free one up.
TIERS = (STANDARD, BRAND, BRAND_PLUS)
BY_CODE: dict[str, Tier] = {str(tier.code): tier for tier in TIERS}

#: A find with priority passes those that match at most so much better than it (0.15: 15 %), and so many do on a page.
PRIORITY_LIFT, PRIORITY_MOST = 0.15, 3


def tier(code: str) -> Tier:
    """The tier of this code; an unknown or empty one is the standard page."""
    return BY_CODE.get(str(code), STANDARD)


def codes_giving(part: Part) -> list[str]:
    """The codes of the tiers that give this part."""
    return [code for code, row in BY_CODE.items() if row.gives(part)]


def new_points(row: Tier) -> list[str]:
    """What this tier gives that the one below it does not, for its card; the tier below stands first."""
    if not row.is_paid:
        return [str(part.label) for part in row.parts]
    below = TIERS[row.rank - 1]
    inherited = f"Tout ce qu’a la page {below.name.lower()}"
    return [inherited, *(str(part.label) for part in row.parts if not below.gives(part))]


def comparison() -> dict:
    """The three tiers side by side: their names, and for each part a row that says which of them give it."""
    return {
        "tiers": TIERS,
        "rows": [
            {"label": part.label, "given": [(row.name, row.gives(part)) for row in TIERS]} for part in Part
        ],
    }
