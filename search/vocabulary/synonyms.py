"""The synonyms of the trade, from the rule files in `data/` (Solr format: `a, b` both ways, `a => a, b` one way).

Elasticsearch takes them as lines (`lines`), the database engine as alternatives of each part of a query (`units`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.vocabulary.french import ELISIONS, STOP_WORDS, fold, tokens
from search.vocabulary.stemmer import stem

DATA = Path(__file__).parent / "data"
RULES = DATA / "synonyms_fr_social.txt"
CAPITALS = DATA / "synonyms_fr_social_caps.txt"
SITE_RULES = DATA / "synonyms_site.txt"
EVERYDAY_RULES = DATA / "synonyms_everyday.txt"
#: The files of rules, in the order in which they count.
RULE_FILES = (RULES, SITE_RULES, EVERYDAY_RULES)

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One line: every term of `left` also finds every term of `right` (`left == right` when both ways)."""

    left: tuple[Phrase, ...]
    right: tuple[Phrase, ...]

    @property
    def line(self) -> str:
        """The rule in Solr format, folded and without stop words, as the token filter before it would leave it."""
        left, right = (", ".join(" ".join(term) for term in side) for side in (self.left, self.right))
        return left if self.left == self.right else f"{left} => {right}"


@dataclass(frozen=True)
class Unit:
    """One part of a query: a word or a known expression, and the other ways (stems) in which a text may say it.

    `typed` are the folded words that were understood as this unit; `known` tells whether a rule speaks of it, and
    `is_quoted` whether the words are meant just as they stand. `said` is how the person wrote them.
    """

    alternatives: tuple[Phrase, ...]
    typed: tuple[str, ...] = ()
    known: bool = False
    is_quoted: bool = False
    said: str = ""


def _rows(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _phrase(term: str) -> Phrase:
    """Folded words of a term without elisions and stop words.

    "DE ES" (diplôme d'État) would be left as "ES", the trade: a term that only a stop word tells from an acronym
    is dropped.
    """
    text = re.sub(rf"\b({'|'.join(ELISIONS)})['’]", "", fold(term.strip()))
    every = [word for word in re.split(r"[^\w]+", text) if word]
    kept = tuple(word for word in every if word not in STOP_WORDS)
    if len(kept) == 1 and len(every) > 1 and len(kept[0]) <= 4:
        return ()
    return kept


def _side(text: str) -> tuple[Phrase, ...]:
    """The terms of one side; those that stem alike are one ("éducateur spécialisé", "éducatrice spécialisée")."""
    by_stem: dict[Phrase, Phrase] = {}
    for term in text.split(","):
        phrase = _phrase(term)
        if phrase:
            by_stem.setdefault(tuple(map(stem, phrase)), phrase)
    return tuple(by_stem.values())


def _capitals() -> dict[str, str]:
    """Marker token of the rule file to the acronym it stands for ("abrves" to "es")."""
    return {
        marker.strip(): fold(acronym).strip()
        for marker, acronym in (row.split(",") for row in _rows(CAPITALS))
    }


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule of the files.

    The acronyms ES, ME, AS and MA stand in the rule file as marker tokens, among equals. Here they point one way
    only: "ES" finds the trade, but the trade's name does not find every "es" of a text.
    """
    markers = _capitals()
    found: list[Rule] = []
    for row in [row for path in RULE_FILES for row in _rows(path)]:
        if "=>" in row:
            left, right = (_side(side) for side in row.split("=>"))
        else:
            terms = [term.strip() for term in row.split(",")]
            for marker in [term for term in terms if term in markers]:
                terms.remove(marker)
                acronym = (markers[marker],)
                found.append(Rule((acronym,), (acronym, _phrase(terms[0]))))
            left = right = _side(", ".join(terms))
        if left and right:
            found.append(Rule(left, right))
    return tuple(found)


def lines() -> list[str]:
    """The rules for Elasticsearch's `synonym_graph`: all but those that only say that words belong together."""
    return [rule.line for rule in rules() if rule.left != rule.right or len(rule.left) > 1]


@lru_cache(maxsize=1)
def _by_stems() -> tuple[dict[Phrase, tuple[Phrase, ...]], int]:
    """Stems of a term to the stems of all it also means, and the length of the longest term."""
    table: dict[Phrase, dict[Phrase, None]] = {}
    for rule in rules():
        right = [tuple(map(stem, phrase)) for phrase in rule.right]
        for phrase in rule.left:
            table.setdefault(tuple(map(stem, phrase)), {}).update(dict.fromkeys(right))
    return {key: tuple(value) for key, value in table.items()}, max(map(len, table))


@lru_cache(maxsize=1)
def _equals() -> dict[Phrase, tuple[Phrase, ...]]:
    """Stems of a term to the stems of its equals: of the rules that go both ways."""
    table: dict[Phrase, dict[Phrase, None]] = {}
    for rule in rules():
        if rule.left == rule.right:
            stems = [tuple(map(stem, phrase)) for phrase in rule.left]
            for phrase in stems:
                table.setdefault(phrase, {}).update(dict.fromkeys(stems))
    return {key: tuple(value) for key, value in table.items()}


def equals(phrase: Phrase) -> tuple[Phrase, ...]:
    """The terms (stems) that mean just the same as `phrase`, itself among them."""
    return _equals().get(phrase, (phrase,))


def version() -> int:
    """Number of the rules in force: whoever keeps something made from them keeps it under this number."""
    return 0


def longest_at(stems: list[str], at: int) -> tuple[tuple[Phrase, ...], int]:
    """What the longest known expression at this place means, and how many words it takes; 0 when there is none."""
    table, longest = _by_stems()
    for size in range(min(longest, len(stems) - at), 0, -1):
        if alternatives := table.get(tuple(stems[at : at + size])):
            return alternatives, size
    return (), 0


def units(text: str) -> list[Unit]:
    """The parts of a query, the longest known expression first, each with its alternatives.

    "éduc spé lyon" gives one unit for the trade in all its wordings and one for "lyon". Every unit must be found.
    """
    return units_of(tokens(text))


def units_of(stems: list[str]) -> list[Unit]:
    """`units` for words that are stemmed already."""
    found: list[Unit] = []
    at = 0
    while at < len(stems):
        alternatives, size = longest_at(stems, at)
        found.append(Unit(alternatives, known=True) if size else Unit(((stems[at],),)))
        at += size or 1
    return found
