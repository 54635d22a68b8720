"""The names of communes in a French sentence: "à Lyon", "au Mans", "de Lyon", "d’Angers", "des Ulis"."""

from __future__ import annotations

import re
import unicodedata

#: First words that keep "de" before their h: of the communes of 1,000 inhabitants and more, those that INSEE writes so
#: (TNCC 0 of its Code officiel géographique, Licence Ouverte 2.0), and those of the Pacific. All others are "d’H…".
_ASPIRATED = frozenset({
    "Habsheim", "Hagenthal", "Haguenau", "Ham", "Hambach", "Hambye", "Hames", "Hangenbieten", "Hanvec",
    "Hao", "Hatten", "Haut", "Haute", "Hautes", "Hauts", "Hauville", "Haybes", "Heimsbrunn", "Heiteren",
    "Hem", "Henvic", "Herbitzheim", "Hermes", "Herrlisheim", "Hienghène", "Hikueru", "Hilsenheim",
    "Hindisheim", "Hipsheim", "Hirsingue", "Hirtzbach", "Hirtzfelden", "Hitiaa", "Hochfelden", "Hochstatt",
    "Hoffen", "Holnon", "Holtzheim", "Hombourg", "Honfleur", "Horbourg", "Horgues", "Hornoy", "Houaïlou",
    "Houdan", "Houlgate", "Houlle", "Houppeville", "Houssen", "Hoymille", "Huahine", "Huelgoat", "Huillé",
    "Huningue", "Husseren", "Huttenheim", "Hédé", "Hégenheim", "Hénansal", "Hénon", "Hésingue", "Hœnheim",
    "Hœrdt",
})  # fmt: skip


def _elides(name: str) -> bool:
    # INSEE writes "d’" before every y: "d’Yerres", "d’Yutz".
    first = unicodedata.normalize("NFD", name[:1]).lower()[:1]
    if first == "h":
        return re.split(r"[\s-]", name, maxsplit=1)[0] not in _ASPIRATED
    return first in set("aeiouyœæ")


def _contracted(name: str, singular: str, plural: str) -> str:
    """ "Le Mans (72)" as "du Mans (72)"; "" for a name without such an article: "la" and "l’" change nothing."""
    for article, word in (("Le ", singular), ("Les ", plural)):
        if name.startswith(article):
            return f"{word} {name.removeprefix(article)}"
    return ""


def of_place(name: str) -> str:
    """The name after "de": "de Lyon (69)", "d’Angers", "du Mans", "des Ulis", "de La Rochelle"."""
    return _contracted(name, "du", "des") or (f"d’{name}" if _elides(name) else f"de {name}")


def at_place(name: str) -> str:
    """The name after "à": "à Lyon (69)", "au Mans", "aux Ulis", "à La Rochelle"."""
    return _contracted(name, "au", "aux") or f"à {name}"
