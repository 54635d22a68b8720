"""What visitors search for, and the ways to ask: the site's page, its JSON, and Elasticsearch itself.

Every search is made of kind and number. Rare ones are asked once, popular ones come again, as on the site.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

WORDS = (
    "éducateur spécialisé", "infirmier", "aide-soignante nuit", "ES", "AS", "moniteur éducateur", "psychologue",
    "assistante sociale", "chef de service", "cesf", "éducatrice jeunes enfants", "IDE ehpad", "autisme",
    "protection de l'enfance", "mecs", "animateur", "directeur", "travailleur social", "auxiliaire de vie",
    "orthophoniste", "travailler avec des personnes âgées", "foyer d'hébergement", "insertion", "éduc spé internat",
)  # fmt: skip
PLACES = (
    "Paris", "Lyon", "Marseille", "Toulouse", "Nice", "Nantes", "Montpellier", "Strasbourg", "Bordeaux", "Lille",
    "Rennes", "Reims", "Saint-Étienne", "Toulon", "Grenoble", "Dijon", "Angers", "Nîmes", "Clermont-Ferrand", "Brest",
    "Tours", "Limoges", "Amiens", "Metz", "Besançon", "Orléans", "Rouen", "Mulhouse", "Caen", "Nancy",
)  # fmt: skip
CONTRACTS, TIMES = ("cdi", "cdd", "interim", "stage", "apprentissage"), ("plein", "partiel")
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93")
#: Kind of search to how often it comes among ten.
KINDS = {"words": 3, "choices": 2, "place": 3, "date": 1, "default": 1}


def search(kind: str, number: int) -> str:
    """The parameters of the n-th search of this kind."""
    dice = random.Random(f"{kind}:{number}")
    asked: list[tuple[str, str]] = []
    if kind in ("words", "choices", "place"):
        asked.append(("q", dice.choice(WORDS)))
    if kind == "choices":
        asked += [("contract", dice.choice(CONTRACTS)), ("contract", "cdi"), ("region", dice.choice(REGIONS))]
    if kind == "place":
        asked += [("place", dice.choice(PLACES)), ("radius", dice.choice(("20", "30", "50")))]
    if kind == "date":
        asked += [("sort", "date"), ("contract", dice.choice(CONTRACTS))]
    return urlencode(asked)


def mixed(first: int, count: int) -> list[tuple[str, str]]:
    """So many searches of all kinds: (kind, parameters)."""
    kinds = [kind for kind, often in KINDS.items() for _ in range(often)]
    return [(kinds[n % len(kinds)], search(kinds[n % len(kinds)], first + n)) for n in range(count)]


def timed(asks: Callable[[Any], Any], question: Any) -> float:
    """Seconds of one question, to its answer; what follows an answer of the site is done, and not counted."""
    start = time.perf_counter()
    answer = asks(question)
    taken = time.perf_counter() - start
    if answer is not None:
        answer.close()
    return taken
