"""The words of a text that mean something, and what a trade is."""

from __future__ import annotations

from dataclasses import dataclass

from search.language import fillers
from search.vocabulary import french, synonyms
from search.vocabulary.stemmer import stem
from search.vocabulary.synonyms import Unit

MAX_ALTERNATIVES = 40
#: Letters of the longest acronym of a trade.
ACRONYM = 4


def narrow(words: tuple[str, ...], said: str) -> Unit:
    """What is excluded: a trade by all its names, anything else by its equals alone, not by what it reminds of."""
    stems = tuple(map(stem, words))
    alternatives, size = synonyms.longest_at(list(stems), 0)
    unit = Unit(alternatives[:MAX_ALTERNATIVES], words, known=True, said=said)
    return unit if size == len(stems) and is_trade(unit) else Unit(synonyms.equals(stems), words, said=said)


def _is_head(word: str) -> bool:
    return word in fillers.TRADE_HEADS - fillers.VAGUE_HEADS


def is_trade(unit: Unit) -> bool:
    """Whether the unit names a trade: by its own first word or, for an acronym, by those of its other wordings."""
    # "animation" and "formation" have the stems of "animateur" and "formateur", and are what these do.
    first = "" if unit.typed[0].endswith(("tion", "tions", "ment", "ments")) else stem(unit.typed[0])
    if len(unit.typed) == 1 and _is_head(first):
        return True
    if not unit.known or unit.is_quoted:
        return False
    if len(unit.typed) > 1 and first in fillers.TRADE_HEADS - fillers.LOOSE_HEADS:
        return True
    if len(unit.typed) == 1 and len(unit.typed[0]) > ACRONYM:
        return False
    wordings = [phrase for phrase in unit.alternatives if len(phrase) > 1]
    return 2 * sum(phrase[0] in fillers.TRADE_HEADS for phrase in wordings) > len(wordings)


@dataclass(frozen=True)
class Word:
    raw: str
    folded: str
    stem: str
    is_acronym: bool  # two to four capitals in a text that is not all capitals
    start: int
    end: int
    led_by: frozenset[str]  # the stop words between the word of some meaning before it and this one

    @property
    def is_stop_word(self) -> bool:
        return not self.is_acronym and self.folded not in LINKS and french.is_stop_word(self.folded)


# What links or denies is needed to understand the words around it; other stop words are noise.
LINKS = fillers.OR | fillers.NOT


def words(text: str) -> list[Word]:
    """The words of some meaning; those between them are kept with the next one."""
    shouted = text.upper() == text
    found: list[Word] = []
    between: set[str] = set()
    for start, end, folded in french.cut(french.blanked(text)):
        raw = text[start:end]
        is_acronym = raw.isupper() and 1 < len(raw) < 5 and not shouted
        word = Word(raw, folded, stem(folded), is_acronym, start, end, frozenset(between))
        if word.is_stop_word:
            between.add(folded)
        else:
            found.append(word)
            between = set()
    return found
