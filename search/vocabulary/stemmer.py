"""Light French stemming: the algorithm of Jacques Savoy that Lucene calls `light_french`.

The database engine must shorten words exactly as Elasticsearch does, or the two engines would answer differently: the
order of the rules, their minimum lengths and their quirks are kept, and a test compares both on a list of words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import groupby

# Outputs are final (Lucene marks them as keywords): the feminine forms that the stemmer keeps apart from the masculine.
OVERRIDES = {
    "puericultrice": "puericult",
    "puericultrices": "puericult",
    "cheffe": "chef",
    "cheffes": "chef",
    "maitresse": "maitr",
    "maitresses": "maitr",
}

# (minimum length of the word, ending, characters to drop, what to add); the first that fits ends the work.
_FINAL: list[tuple[int, str, Callable[[str], str]]] = [
    (10, "issement", lambda w: w[:-7] + "r"),
    (9, "issant", lambda w: w[:-5] + "r"),
    (7, "ement", lambda w: _ive(w[:-4])),
    (12, "ficatrice", lambda w: w[:-7] + "er"),
    (11, "ficateur", lambda w: w[:-6] + "er"),
    (10, "catrice", lambda w: w[:-7] + "quer"),
    (9, "cateur", lambda w: w[:-6] + "quer"),
    (9, "atrice", lambda w: w[:-6] + "er"),
    (8, "ateur", lambda w: w[:-5] + "er"),
]
_LATER: list[tuple[int, str, Callable[[str], str]]] = [
    (8, "teuse", lambda w: w[:-3] + "r"),
    (7, "teur", lambda w: w[:-2] + "r"),
    (6, "euse", lambda w: w[:-2]),
    (8, "ive", lambda w: w[:-2] + "f"),
    (5, "folle", lambda w: w[:-3] + "u"),
    (5, "molle", lambda w: w[:-3] + "u"),
    (10, "nnelle", lambda w: w[:-5]),
    (10, "nnel", lambda w: w[:-3]),
]
_LAST: list[tuple[int, str, Callable[[str], str]]] = [
    (9, "esse", lambda w: w[:-3]),
    (8, "inage", lambda w: w[:-3]),
    (10, "isation", lambda w: _ual(w[:-7])),
    (10, "isateur", lambda w: w[:-7]),
    (9, "ation", lambda w: w[:-5]),
    (9, "ition", lambda w: w[:-5]),
]


def _ive(word: str) -> str:
    return word[:-2] + "f" if len(word) > 3 and word.endswith("ive") else word


def _ual(word: str) -> str:
    return word[:-2] + "el" if len(word) > 5 and word.endswith("ual") else word


def _norm(word: str) -> str:
    """Collapse doubled letters and drop the last weak ones; short words stay as they are."""
    if len(word) > 4:
        word = "".join(k if k.isalpha() else "".join(run) for k, run in groupby(word))
    if len(word) > 4 and word.endswith("ie"):
        word = word[:-2]
    if len(word) > 4:
        for weak in "ree":
            if word.endswith(weak):
                word = word[:-1]
        if word[-1] == word[-2] and word[-1].isalpha():
            word = word[:-1]
    return word


def _first(word: str, rules: list[tuple[int, str, Callable[[str], str]]]) -> str | None:
    for minimum, ending, shorten in rules:
        if len(word) >= minimum and word.endswith(ending):
            return _norm(shorten(word))
    return None


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("x"):
        if word.endswith("aux") and word[-4] != "e":
            word = word[:-2] + "l" + word[-1]
        word = word[:-1]
    if len(word) > 3 and word.endswith("x"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded, lower-case word ("educatrices" gives "eduqu", as "educateur" does)."""
    if word in OVERRIDES:
        return OVERRIDES[word]
    # The stemmer keeps "infirmiere" apart from "infirmier": the feminine goes back to the masculine first.
    if len(word) >= 6 and word.endswith(("ere", "eres")):
        head = word[: -3 if word.endswith("ere") else -4]
        if head.isalpha():
            word = head + "er" + ("s" if word.endswith("s") else "")
    word = _singular(word)
    found = _first(word, _FINAL)
    if found is not None:
        return found
    if len(word) > 6 and word.endswith("trice"):
        word = word[:-4] + "eur"
    found = _first(word, _LATER)
    if found is not None:
        return found
    if len(word) > 8 and word.endswith("ique"):
        word = word[:-4]
    return _first(word, _LAST) or _norm(word)
