"""The plain part of a text, word by word."""

from __future__ import annotations

import re

from search.language import fillers
from search.language.denial import Denial
from search.language.words import MAX_ALTERNATIVES, Word, words
from search.vocabulary import synonyms
from search.vocabulary.synonyms import Phrase, Unit

_NOT_ELIDED = re.compile(r"\bn['’]$", re.IGNORECASE)


class Reading:
    """The plain part of a text, word by word."""

    def __init__(self, text: str, spoken: bool) -> None:
        self.text = text
        self.words = words(text)
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
        denial: Denial | None = None
        last: Denial | None = None  # what denied the unit just before this word
        while at < len(self.words):
            word = self.words[at]
            alternatives, size = self._expression(stems, at)
            if not size:
                if word.folded in fillers.OR:
                    at, after_or = at + 1, True
                    continue
                if self._denies(at):
                    at, denial = at + 1, Denial(word.folded)
                    continue
                if self._is_filler(word) or word.folded in fillers.NOT | fillers.UNDENYING:
                    self.dropped.append(word.folded)
                    denial, last = denial and denial.beyond(word), None
                    at += 1
                    continue
            unit = self._unit(at, size or 1, alternatives[:MAX_ALTERNATIVES])
            if last and not denial and (after_or or "et" in word.led_by) and last.goes_on(unit, word):
                denial = last
            without = denial.unwanted(unit, self.words[at - 1], word) if denial else None
            if without:
                self.excluded.append(without)
            elif denial and denial.makes_idle(unit, self.words[at - 1], word):
                self.dropped.append(word.folded)
            else:
                self.units.append((unit, after_or))
            last = denial.of(unit, word) if denial and without else None
            at, after_or, denial = at + (size or 1), False, None

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

    def _is_filler(self, word: Word) -> bool:
        if word.is_acronym:
            return False
        if self.spoken and word.folded.isdigit() and len(word.folded) < 3:
            return True
        return word.folded in fillers.FILLERS or self._is_pronoun(word)

    def _is_pronoun(self, word: Word) -> bool:
        """ "je voudrais me former", "pour ma mère": elsewhere these are trades."""
        if word.is_acronym or word.folded not in fillers.PRONOUNS:
            return False
        return self.spoken or (word.folded == fillers.POSSESSIVE and bool(word.led_by))
