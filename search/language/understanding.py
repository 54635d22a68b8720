"""A text understood: what an ad must hold, what it should hold, what it must not, and how far to give way.

An engine asks step by step. At step `k` an ad is found when it holds every unit of `must`, at least `steps[k]` of
`some` and none of `excluded`; it holds a unit when it holds one of the unit's alternatives, the stems side by side in
one field. `steps[0]` is the strict search; a later, looser step is for a text that finds nothing anywhere, and the
visitor is told. `lifts` decide nothing but the order, in which an ad that holds more units goes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from search.language import fillers
from search.language.reading import Reading
from search.language.words import MAX_ALTERNATIVES, is_trade, narrow
from search.vocabulary import french, synonyms
from search.vocabulary.stemmer import stem
from search.vocabulary.synonyms import Phrase, Unit

MAX_UNITS = 8
MAX_EXCLUDED = 5
#: Wordings of several words in a whole text, which cost most to look for: each unit of a long one gets fewer.
MAX_PHRASES, FEWEST_PHRASES = 24, 2
#: A text without one filler of more words than this is no list of keywords any more.
KEYWORDS = 5


@dataclass(frozen=True)
class Understood:
    """The parts of a search. `dropped` are the words that say nothing about a job."""

    text: str = ""
    must: tuple[Unit, ...] = ()
    some: tuple[Unit, ...] = ()
    lifts: tuple[Unit, ...] = ()
    excluded: tuple[Unit, ...] = ()
    dropped: tuple[str, ...] = ()
    steps: tuple[int, ...] = (0,)
    #: Whether it is said in a sentence, or more words than a list of keywords has.
    is_sentence: bool = False
    #: The words of the text in order, as one phrase: a title that says just this goes first.
    wording: Phrase = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """All that is looked for: what is marked in a text, and what ranks."""
        return self.must + self.some + self.lifts

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: every object is found."""
        return not (self.must or self.some or self.excluded)

    @property
    def said(self) -> tuple[str, ...]:
        """What must or should be found, as it was typed: for telling a person what was understood of a sentence."""
        return tuple(unit.said for unit in self.must + self.some)

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words looked for, unstemmed: among them typing errors are sought."""
        return tuple(dict.fromkeys(word for unit in self.must + self.some for word in unit.typed))


NOTHING = Understood()

_PIECE = re.compile(
    rf'(?P<minus>(?<!\S)[{french.MINUS}](?=\S))?(?:"(?P<straight>[^"]*)"|«(?P<angled>[^»]*)»|“(?P<curly>[^”]*)”)'
    rf"|(?<!\S)[{french.MINUS}](?P<without>[^\W\d_][^\s\"«“]+"
    # "-93", "-12h", "-3x8"; not "-25 ans"
    r"|[0-9]{1,3}[^\W\d_][^\W_]*|[0-9]{2,3}(?![\w.,])(?!\s*(?:ans?|€|euros?|%|h|heures?|km|lits|places)\b))"
)
# "éducateur -trice" is an ending, not an exclusion.
_ENDING = re.compile(r"(?:[tr]?rice|euse|i?[eè]re|i?enne|ne|fe|se|sse|ve|elle|ale)s?$", re.IGNORECASE)
_SPOKEN = re.compile(r"\b(?:j|m)['’](?=\w)", re.IGNORECASE)


def _quoted(text: str) -> Unit | None:
    """The words as they stand, without synonyms; an ad may still write them in the plural or inclusively."""
    words = tuple(french.words(text))
    said = f"«\u00a0{' '.join(text.split())}\u00a0»"
    return Unit((tuple(map(stem, words)),), words, is_quoted=True, said=said) if words else None


def _without(text: str) -> Unit | None:
    words = tuple(french.words(text))
    return narrow(words, text) if words else None


def _bounded(unit: Unit, phrases: int) -> Unit:
    """The unit with so many wordings of several words, its own first."""
    typed = tuple(map(stem, unit.typed))
    ordered = sorted(unit.alternatives, key=lambda phrase: phrase != typed)
    long = [phrase for phrase in ordered if len(phrase) > 1][:phrases]
    return replace(
        unit, alternatives=tuple(phrase for phrase in ordered if len(phrase) == 1 or phrase in long)
    )


def _joined(units: list[tuple[Unit, bool]]) -> list[Unit]:
    """Each thing asked for, once. Trades between which "ou" stands are one unit: either will do."""
    found: list[Unit] = []
    for unit, after_or in units:
        if after_or and found and is_trade(unit) and is_trade(found[-1]):
            both = dict.fromkeys((*found[-1].alternatives, *unit.alternatives))
            found[-1] = Unit(
                tuple(both)[: 2 * MAX_ALTERNATIVES],
                found[-1].typed + unit.typed,
                known=True,
                said=f"{found[-1].said} ou {unit.said}",
            )
        else:
            found.append(unit)
    once = list({unit.alternatives: unit for unit in reversed(found)}.values())[::-1]
    return [unit for unit in once if not _is_said_within(unit, once)]


def _is_said_within(unit: Unit, units: list[Unit]) -> bool:
    """Whether it is a word that a longer unit says already ("adultes", beside "adultes handicapés"), and no trade."""
    if len(unit.typed) > 1 or is_trade(unit):
        return False
    word = stem(unit.typed[0])
    return any(len(other.typed) > 1 and word in map(stem, other.typed) for other in units)


def _steps(count: int, is_sentence: bool, has_must: bool) -> tuple[int, ...]:
    """How many of `count` units must be found, the strictest first."""
    half = (count + 1) // 2
    if not count:
        return (0,)
    if is_sentence:
        strict = count if count < 3 else half
        loose = [0 if has_must else 1]
    else:
        strict, loose = count, [half, 0] if has_must else [half]
    return tuple(dict.fromkeys((strict, *(step for step in loose if step < strict))))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in order as ("plain" | "quoted" | "without" | "without quoted", words)."""
    at = 0
    for match in _PIECE.finditer(text):
        yield "plain", text[at : match.start()]
        word = match["without"]
        if word is not None:
            if not _ENDING.match(word):
                yield "without", word
        else:
            words = match["straight"] or match["angled"] or match["curly"] or ""
            yield "without quoted" if match["minus"] else "quoted", words
        at = match.end()
    yield "plain", text[at:]


def understand(text: str) -> Understood:
    """What is asked by `text`, of which 150 characters count. Nothing in it can make it fail."""
    # Signs that stand for several letters ("ﷺ", "½") are words of more than one word else.
    text = unicodedata.normalize("NFKC", text[:150])[:150]
    return _understand(" ".join(text.split()), synonyms.version())


@lru_cache(maxsize=4096)
def _understand(text: str, version: int) -> Understood:
    plain: list[str] = []
    quoted: list[Unit] = []
    excluded: list[Unit] = []
    for kind, words in _pieces(text):
        if kind == "plain":
            plain.append(words)
            continue
        unit = _without(words) if kind == "without" else _quoted(words)
        if unit:
            (quoted if kind == "quoted" else excluded).append(unit)
    rest = " ".join(plain)
    reading = Reading(rest, bool(_SPOKEN.search(rest)))
    units = _joined(reading.units)
    is_sentence = reading.spoken or len(units) > KEYWORDS
    weak = [
        unit for unit in units if is_sentence and len(unit.typed) == 1 and stem(unit.typed[0]) in fillers.WEAK
    ]
    strong = [unit for unit in units if unit not in weak][:MAX_UNITS]
    if only_weak := not strong and not quoted:
        strong, weak = weak[:MAX_UNITS], []
    trades = [unit for unit in strong if is_trade(unit)]
    share = max(FEWEST_PHRASES, MAX_PHRASES // max(1, len(strong)))
    strong = [_bounded(unit, share) for unit in strong]
    must = [_bounded(unit, share) for unit in trades] if len(trades) == 1 else []
    some = tuple(unit for unit in strong if unit not in must)
    return Understood(
        text=text,
        must=(*quoted[:MAX_UNITS], *must),
        some=some,
        lifts=tuple(weak[:MAX_UNITS]),
        excluded=tuple((excluded + reading.excluded)[:MAX_EXCLUDED]),
        dropped=tuple(reading.dropped),
        steps=(min(1, len(some)),) if only_weak else _steps(len(some), is_sentence, bool(must or quoted)),
        is_sentence=is_sentence,
        wording=tuple(stem(word) for unit in strong for word in unit.typed),
    )
