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
from search.vocabulary import french, synonyms
from search.vocabulary.stemmer import stem
from search.vocabulary.synonyms import Phrase, Unit

MAX_UNITS = 8
MAX_EXCLUDED = 5
MAX_ALTERNATIVES = 40
#: Wordings of several words in a whole text, which cost most to look for: each unit of a long one gets fewer.
MAX_PHRASES, FEWEST_PHRASES = 24, 2
#: Letters of the longest acronym of a trade.
ACRONYM = 4
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
    rf"|(?<!\S)[{french.MINUS}](?P<without>[^\W_][^\s\"«“]+)"
)
# "éducateur -trice" is an ending, not an exclusion.
_ENDING = re.compile(r"(?:[tr]?rice|euse|i?[eè]re|i?enne|ne|fe|se|sse|ve|elle|ale)s?$", re.IGNORECASE)
_NOT_ELIDED = re.compile(r"\bn['’]$", re.IGNORECASE)
_SPOKEN = re.compile(r"\b(?:j|m)['’](?=\w)", re.IGNORECASE)


def _quoted(text: str) -> Unit | None:
    """The words as they stand, without synonyms; an ad may still write them in the plural or inclusively."""
    words = tuple(french.words(text))
    said = f"«\u00a0{' '.join(text.split())}\u00a0»"
    return Unit((tuple(map(stem, words)),), words, is_quoted=True, said=said) if words else None


def _narrow(words: tuple[str, ...], said: str) -> Unit:
    """What is excluded: a trade by all its names, anything else by its equals alone, not by what it reminds of."""
    stems = tuple(map(stem, words))
    alternatives, size = synonyms.longest_at(list(stems), 0)
    unit = Unit(alternatives[:MAX_ALTERNATIVES], words, known=True, said=said)
    return unit if size == len(stems) and is_trade(unit) else Unit(synonyms.equals(stems), words, said=said)


def _without(text: str) -> Unit | None:
    words = tuple(french.words(text))
    return _narrow(words, text) if words else None


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
class _Word:
    raw: str
    folded: str
    stem: str
    is_acronym: bool  # two to four capitals in a text that is not all capitals
    start: int
    end: int
    led_by: frozenset[str]  # the stop words between the word of some meaning before it and this one

    @property
    def is_stop_word(self) -> bool:
        return not self.is_acronym and self.folded not in _LINKS and french.is_stop_word(self.folded)


# What links or denies is needed to understand the words around it; other stop words are noise.
_LINKS = fillers.OR | fillers.NOT


def _words(text: str) -> list[_Word]:
    """The words of some meaning; those between them are kept with the next one."""
    shouted = text.upper() == text
    found: list[_Word] = []
    between: set[str] = set()
    for start, end, folded in french.cut(french.blanked(text)):
        raw = text[start:end]
        is_acronym = raw.isupper() and 1 < len(raw) < 5 and not shouted
        word = _Word(raw, folded, stem(folded), is_acronym, start, end, frozenset(between))
        if word.is_stop_word:
            between.add(folded)
        else:
            found.append(word)
            between = set()
    return found


@dataclass(frozen=True)
class _Denial:
    """A word that denies what follows. `reaches`: nothing has come between that would make it say something else."""

    word: str
    reaches: bool = True


class _Reading:
    """The plain part of a text, word by word."""

    def __init__(self, text: str, spoken: bool) -> None:
        self.text = text
        self.words = _words(text)
        self.spoken = spoken or any(
            word.folded in fillers.SPEAKING and not word.is_acronym for word in self.words
        )
        self.units: list[tuple[Unit, bool]] = []  # with whether "ou" stands before it
        self.excluded: list[Unit] = []
        self.dropped: list[str] = []
        self._read()

    def _read(self) -> None:
        stems = [word.stem for word in self.words]
        at, after_or = 0, False
        denial: _Denial | None = None
        last: _Denial | None = None  # what denied the unit just before
        while at < len(self.words):
            word = self.words[at]
            alternatives, size = self._expression(stems, at)
            if size:
                unit = self._unit(at, size, alternatives[:MAX_ALTERNATIVES])
            elif word.folded in fillers.OR:
                at, after_or = at + 1, True
                continue
            elif self._denies(at):
                at, denial = at + 1, _Denial(word.folded)
                continue
            elif self._is_filler(word) or word.folded in fillers.NOT:
                self.dropped.append(word.folded)
                denial, last = self._beyond(denial, word), None
                at += 1
                continue
            else:
                size, unit = 1, self._unit(at, 1, ())
            if last and not denial and (after_or or "et" in word.led_by) and not is_trade(unit):
                denial = last
            without = self._without(denial, unit, at, size) if denial else None
            if without:
                self.excluded.append(without)
            else:
                self.units.append((unit, after_or))
            last = denial if without else None
            at, after_or, denial = at + size, False, None

    def _denies(self, at: int) -> bool:
        word = self.words[at]
        if word.folded in fillers.EXCEPT:
            return True
        if word.folded == fillers.ELSEWHERE:  # "ailleurs qu’en internat"
            return self.text[word.end :].lstrip().lower().startswith("qu")
        if not at:
            return word.folded in fillers.NOT
        before = self.words[at - 1]
        if word.folded == fillers.NO_MORE:  # "je ne veux plus", "je n’irai plus"
            return "ne" in before.led_by or bool(_NOT_ELIDED.search(self.text[: before.start]))
        return word.folded in fillers.NOT and before.folded not in fillers.UNDENYING_BEFORE

    @staticmethod
    def _beyond(denial: _Denial | None, word: _Word) -> _Denial | None:
        """What is left of a denial behind a filler: "pas travailler en", "pas disponible le"; "pas encore"."""
        if denial is None or word.folded in fillers.UNDENYING:
            return None
        return replace(denial, reaches=denial.reaches and word.folded in fillers.DENIED_WITH)

    def _without(self, denial: _Denial, unit: Unit, at: int, size: int) -> Unit | None:
        """What is not wanted of a denied unit; None when it is no wish: "sans diplôme", "pas le permis"."""
        if denial.word in fillers.EXCEPT or denial.word == fillers.ELSEWHERE:
            return _narrow(unit.typed, unit.said)
        at_condition = (n for n, word in enumerate(unit.typed) if stem(word) in fillers.CONDITIONS)
        if (first := next(at_condition, None)) is not None:  # "travailler la nuit": the night
            return _narrow(unit.typed[first:], unit.said)
        if denial.word == "sans" or not denial.reaches:
            return None
        word, before = self.words[at], self.words[at - 1].folded
        is_unwanted = bool(word.led_by & fillers.TOWARDS) or before in fillers.TOWARDS
        if not is_unwanted and not is_trade(unit):
            beside = before == denial.word and not word.led_by  # "pas Paris"
            own = any(stem(one) in fillers.OWN | fillers.WEAK for one in unit.typed)
            is_unwanted = (unit.known or beside) and not own
        return _narrow(unit.typed, unit.said) if is_unwanted else None

    def _unit(self, at: int, size: int, alternatives: tuple[Phrase, ...]) -> Unit:
        words = self.words[at : at + size]
        return Unit(
            alternatives or ((words[0].stem,),),
            tuple(word.folded for word in words),
            known=bool(alternatives),
            said=self.text[words[0].start : words[-1].end],
        )

    def _expression(self, stems: list[str], at: int) -> tuple[tuple[Phrase, ...], int]:
        alternatives, size = synonyms.longest_at(stems, at)
        if size == 1 and self._is_pronoun(self.words[at]):
            return (), 0
        return alternatives, size

    def _is_filler(self, word: _Word) -> bool:
        if word.is_acronym:
            return False
        if self.spoken and word.folded.isdigit() and len(word.folded) < 3:
            return True
        return word.folded in fillers.FILLERS or self._is_pronoun(word)

    def _is_pronoun(self, word: _Word) -> bool:
        """ "je voudrais me former", "pour ma mère": elsewhere these are trades."""
        if word.is_acronym or word.folded not in fillers.PRONOUNS:
            return False
        return self.spoken or (word.folded == fillers.POSSESSIVE and bool(word.led_by))


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
    reading = _Reading(rest, bool(_SPOKEN.search(rest)))
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
