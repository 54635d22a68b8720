"""What decides whether a word is a place: the names of towns that are words first, and the names that no list holds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.vocabulary import synonyms
from search.vocabulary.french import STOP_WORDS

_FILE = Path(__file__).parent / "commune_words.txt"

#: Names in use that are no commune, department or region of today: folded name to the kind ("region", "department" or
#: "insee") and its code.
ALIASES: dict[str, tuple[str, str]] = {
    "idf": ("region", "11"),
    "region parisienne": ("region", "11"),
    "rp": ("region", "11"),
    "paca": ("region", "93"),
    "provence": ("region", "93"),
    "cote d azur": ("department", "06"),
    "rhone alpes": ("region", "84"),
    "auvergne": ("region", "84"),
    "alsace": ("region", "44"),
    "lorraine": ("region", "44"),
    "champagne ardenne": ("region", "44"),
    "nord pas de calais": ("region", "32"),
    "picardie": ("region", "32"),
    "hdf": ("region", "32"),
    "aquitaine": ("region", "75"),
    "limousin": ("region", "75"),
    "poitou charentes": ("region", "75"),
    "languedoc roussillon": ("region", "76"),
    "midi pyrenees": ("region", "76"),
    "haute normandie": ("region", "28"),
    "basse normandie": ("region", "28"),
    "bourgogne": ("region", "27"),
    "franche comte": ("region", "27"),
    "centre val de loire": ("region", "24"),
    "reunion": ("region", "04"),
    "ile de la reunion": ("region", "04"),
    "pays basque": ("department", "64"),
    "polynesie": ("department", "987"),
    "tahiti": ("department", "987"),
    "wallis": ("department", "986"),
    "futuna": ("department", "986"),
    "la baule": ("insee", "44055"),
    "evry": ("insee", "91228"),
    "saint maur": ("insee", "94068"),
    "cherbourg": ("insee", "50129"),
    "aix": ("insee", "13001"),
    "clermont fd": ("insee", "63113"),
    "chalon": ("insee", "71076"),
    "chalons": ("insee", "51108"),
}

#: What people write under "Où" when they mean no place in particular.
EVERYWHERE = frozenset(
    {
        "france",
        "en france",
        "france entiere",
        "toute la france",
        "toute france",
        "partout",
        "partout en france",
    }
    | {"n importe ou", "peu importe"}
)

#: Departments and regions whose names are words: a place at either end of what was typed, or after "dans le".
AREA_WORDS = frozenset(
    {"cher", "lot", "manche", "nord", "somme", "creuse", "reunion", "aude", "landes", "provence", "rp"}
)

#: Names of employers and expressions that hold a commune's name.
NO_PLACES = (
    "croix rouge",
    "pas a pas",
    "saint vincent de paul",
    "apprentis d auteuil",
    "armee du salut",
    "papillons blancs",
    "petits freres des pauvres",
    "saint jean de dieu",
    "ordre de malte",
    "notre dame",
    "secours catholique",
    "vie active",
    "val d or",
)

#: After one of these, "Saint-X" and "Les X" name a house more often than a town.
HOUSES = frozenset(
    {
        "association",
        "fondation",
        "institut",
        "institution",
        "groupe",
        "clinique",
        "hopital",
        "residence",
        "foyer",
    }
    | {
        "maison",
        "domaine",
        "villa",
        "centre",
        "lycee",
        "ecole",
        "college",
        "creche",
        "ehpa",
        "ehpad",
        "ime",
        "mecs",
    }
    | {"itep", "esat", "fam", "mas", "camsp", "sessad", "chrs"}
)


@lru_cache(maxsize=1)
def _communes_that_are_words() -> tuple[frozenset[str], frozenset[str]]:
    lines = [line.strip() for line in _FILE.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return (
        frozenset(line for line in lines if not line.startswith("+")),
        frozenset(line[1:] for line in lines if line.startswith("+")),
    )


def is_word(name: str) -> bool:
    """Whether a commune's name (as `Commune.search_name`) is a word of the language before it is a place: "Die"."""
    return name in _communes_that_are_words()[0]


def is_both(name: str) -> bool:
    """Whether the name is a word, but the town is as well known: "Tours", "Orange"."""
    return name in _communes_that_are_words()[1]


_trade: tuple[tuple[synonyms.Rule, ...], frozenset[str]] = ((), frozenset())


def trade_words() -> frozenset[str]:
    """Every word of the vocabulary of the trade and every stop word, folded."""
    global _trade
    rules = synonyms.rules()
    if rules is not _trade[0]:
        words = {word for rule in rules for side in (rule.left, rule.right) for term in side for word in term}
        _trade = (rules, frozenset(words | STOP_WORDS))
    return _trade[1]
