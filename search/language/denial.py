"""What somebody does not want, said in words: "pas en EHPAD", "sauf nuits et week-ends", "ailleurs qu’à Paris"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.language import fillers
from search.language.words import Word, is_trade, narrow
from search.vocabulary.stemmer import stem
from search.vocabulary.synonyms import Unit

_PAST = ("é", "ée", "és", "ées")


def _has(unit: Unit, stems: frozenset[str]) -> bool:
    return any(stem(word) in stems for word in unit.typed)


@dataclass(frozen=True)
class Denial:
    """A word that denies what follows it.

    `reaches`: nothing has come between that would make it say something else. `unit` is what it has denied already,
    `towards` whether a word like "en" led there: an "et" leads on from it to more of the kind.
    """

    word: str
    reaches: bool = True
    unit: Unit | None = None
    towards: bool = False

    @property
    def _is_exception(self) -> bool:
        return self.word in fillers.EXCEPT or self.word == fillers.ELSEWHERE

    def of(self, unit: Unit, word: Word) -> Denial:
        """This denial with what it has denied."""
        return replace(self, unit=unit, towards=bool(word.led_by & fillers.TOWARDS))

    def beyond(self, word: Word) -> Denial | None:
        """What is left of it behind a filler: "pas travailler en", "pas disponible le"; not "pas encore travaillé"."""
        is_past = word.raw.lower().endswith(_PAST) and word.folded not in fillers.DISPOSED
        if word.folded in fillers.UNDENYING or is_past:
            return None
        return replace(self, reaches=self.reaches and word.folded in fillers.DENIED_WITH)

    def goes_on(self, unit: Unit, word: Word) -> bool:
        """Whether "et" leads to more of what is denied: "nuits et week-ends"; not "EHPAD et CDI"."""
        if self.unit is None or is_trade(unit) or _has(unit, fillers.CONTRACTS):
            return False
        if unit.known != self.unit.known and not self._is_exception:
            return False
        same = _has(unit, fillers.CONDITIONS) == _has(self.unit, fillers.CONDITIONS)
        return same and (self.towards or not word.led_by & fillers.TOWARDS)

    def unwanted(self, unit: Unit, before: Word, word: Word) -> Unit | None:
        """What is not wanted of a unit that begins with `word`; None when it is no wish: "pas le permis"."""
        if self._is_exception:
            return narrow(unit.typed, unit.said)
        if "que" in word.led_by and before.folded == self.word:  # "pas que des nuits"
            return None
        at_condition = (n for n, one in enumerate(unit.typed) if stem(one) in fillers.CONDITIONS)
        if (first := next(at_condition, None)) is not None:  # "travailler la nuit": the night
            return narrow(unit.typed[first:], unit.said)
        if self.word == "sans" or not self.reaches:
            return None
        is_unwanted = bool(word.led_by & fillers.TOWARDS) or before.folded in fillers.TOWARDS
        if not is_unwanted and not is_trade(unit):
            is_name = self._is_beside(before, word) and word.raw[:1].isupper()  # "pas Paris"
            is_unwanted = (unit.known or is_name) and not _has(unit, fillers.OWN | fillers.WEAK)
        return narrow(unit.typed, unit.said) if is_unwanted else None

    def makes_idle(self, unit: Unit, before: Word, word: Word) -> bool:
        """Whether the denied word says nothing of a job: "pas peur de", "pas mal de"."""
        is_plain = not unit.known and not _has(unit, fillers.OWN)
        return self.word in fillers.NOT - {"sans"} and is_plain and self._is_beside(before, word)

    def _is_beside(self, before: Word, word: Word) -> bool:
        return before.folded == self.word and not word.led_by
