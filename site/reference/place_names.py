"""The names of places in a French sentence: "à Lyon", "au Mans", "d’Angers", "dans le département du Rhône"."""

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

#: Departments that take "le" or "les". Those named after two rivers take no article, like `_BARE`; a vowel takes "l’",
#: all others "la".
_MASCULINE = frozenset({
    "Bas-Rhin", "Calvados", "Cantal", "Cher", "Doubs", "Finistère", "Gard", "Gers", "Haut-Rhin", "Jura",
    "Loiret", "Lot", "Morbihan", "Nord", "Pas-de-Calais", "Puy-de-Dôme", "Rhône", "Tarn",
    "Territoire de Belfort", "Val-d’Oise", "Val-de-Marne", "Var",
})  # fmt: skip
_PLURAL = frozenset({
    "Alpes-Maritimes", "Alpes-de-Haute-Provence", "Ardennes", "Bouches-du-Rhône", "Côtes-d’Armor",
    "Deux-Sèvres", "Hautes-Alpes", "Hautes-Pyrénées", "Hauts-de-Seine", "Landes", "Pyrénées-Atlantiques",
    "Pyrénées-Orientales", "Vosges", "Yvelines",
})  # fmt: skip
_BARE = frozenset({"Paris", "Vaucluse"})
#: Overseas the name alone says what it is, whether a department, a region or neither.
_OVERSEAS = {
    "Guadeloupe": "en ",
    "Guyane": "en ",
    "La Réunion": "à ",
    "Martinique": "en ",
    "Mayotte": "à ",
    "Nouvelle-Calédonie": "en ",
    "Polynésie française": "en ",
    "Saint-Barthélemy": "à ",
    "Saint-Martin": "à ",
    "Saint-Pierre-et-Miquelon": "à ",
    "Terres australes et antarctiques françaises": "dans les ",
    "Wallis et Futuna": "à ",
    "Île de Clipperton": "sur l’",
}


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


def _of_department(name: str) -> str:
    if name in _BARE or "-et-" in name:
        return of_place(name)
    if name in _MASCULINE:
        return f"du {name}"
    if name in _PLURAL:
        return f"des {name}"
    return f"de l’{name}" if _elides(name) else f"de la {name}"


def at_area(label: str, department: str = "") -> str:
    """Where something is, in a department (given its code) or else in a region.

    "dans le département du Rhône (69)", also from "Vienne (département)"; "en région Bretagne", "à La Réunion".
    """
    name = label.partition(" (")[0]
    code = f" ({department})" if department else ""
    if name in _OVERSEAS:
        return f"{_OVERSEAS[name]}{name}{code}"
    return f"dans le département {_of_department(name)}{code}" if department else f"en région {name}"
