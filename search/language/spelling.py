"""What was meant by words that no ad holds: the nearest words of the trade, by their letters or by their sound."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import lru_cache

from search.language.understanding import Understood
from search.vocabulary import files, french, synonyms
from search.vocabulary.spelling import distance, tolerance
from search.vocabulary.stemmer import stem

_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"th|tt", "t"),
        (r"psych|psyc", "psik"),
        (r"ch(?=[rl])|qu|q|ck|k|c(?![eiyh])", "k"),
        (r"c(?=[eiy])|ss|sc(?=[eiy])", "s"),
        (r"t(?=ion)", "s"),
        (r"g(?=[eiy])", "j"),
        (r"y", "i"),
        (r"eau|au", "o"),
        (r"ai|ei|er$|ez$|ee$", "e"),
        (r"[ae][nm](?![aeiouy])", "an"),
        (r"h", ""),
        (r"(.)\1", r"\1"),
        (r"(?:e|es|s|t|x|d)$", ""),
    )
]
_FEMININES = (
    ("teur", "trice"),
    ("eur", "euse"),
    ("ier", "iere"),
    ("ien", "ienne"),
    ("ant", "ante"),
    ("al", "ale"),
)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """How a folded word is spoken, roughly: "psichologue" and "psychologue" sound alike."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=2)
def _lexicon(version: int) -> tuple[Counter[str], dict[str, list[str]], dict[str, list[str]]]:
    """The words of the rules with how often they stand there; by first letter; by sound."""
    counts: Counter[str] = Counter()
    for rule in synonyms.rules():
        for phrase in {*rule.left, *rule.right}:
            counts.update(word for word in phrase if len(word) > 3)
    for word, count in list(counts.items()):
        for masculine, feminine in _FEMININES:
            if word.endswith(masculine):
                counts.setdefault(word[: -len(masculine)] + feminine, count)
    initial: dict[str, list[str]] = defaultdict(list)
    spoken: dict[str, list[str]] = defaultdict(list)
    for word in sorted(counts):
        initial[word[0]].append(word)
        spoken[sound(word)].append(word)
    return counts, initial, spoken


@lru_cache(maxsize=4096)
def _meant(word: str, version: int) -> str:
    counts, initial, spoken = _lexicon(version)
    if word in counts or len(word) < 4:
        return word if word in counts else ""
    limit = tolerance(word)
    found = [(0.5 + distance(word, other, 6) / 10, -counts[other], other) for other in spoken[sound(word)]]
    for other in initial[word[0]]:
        far = distance(word, other, limit)
        if far <= limit:
            found.append((float(far), -counts[other], other))
    return min(found)[2] if found else _split(word, counts)


def _split(word: str, counts: Counter[str]) -> str:
    """ "aidesoignante" as two words of the trade, a known expression before any other."""
    pairs = [(word[:at], word[at:]) for at in range(4, len(word) - 3)]
    pairs = [pair for pair in pairs if pair[0] in counts and pair[1] in counts]
    known = [pair for pair in pairs if synonyms.longest_at([stem(part) for part in pair], 0)[1] == 2]
    return " ".join((known or pairs or [("", "")])[0]).strip()


def meant(word: str) -> str:
    """The word of the trade that a folded word probably is; "" when there is none."""
    return _meant(word, synonyms.version())


@lru_cache(maxsize=1)
def _accented() -> dict[str, str]:
    """Folded words of the trade to how they are mostly written: "educateur" to "éducateur"."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for row in files.rows():
        for form in re.findall(r"[^\W\d_]{4,}", " ".join(row).lower()):
            forms[french.fold(form)][form] += 1
            for masculine, feminine in _FEMININES:
                if form.endswith(masculine):
                    other = form[: -len(masculine)] + feminine
                    forms[french.fold(other)][other.replace("iere", "ière")] += 1
    return {word: max(counts, key=lambda form: (counts[form], form)) for word, counts in forms.items()}


def accented(text: str) -> str:
    """`text`, of folded words, as a person would write it."""
    return " ".join(_accented().get(word, word) for word in text.split())


def corrected(text: str, unknown: Collection[str]) -> str:
    """`text` with its unknown (folded) words replaced where a word of the trade is near; "" when none is."""
    parts, at, changed = [], 0, False
    for start, end, word in french.cut(french.blanked(text)):
        other = meant(word) if word in unknown else ""
        if other and other != word:
            parts += [text[at:start], accented(other)]
            at, changed = end, True
    return "".join([*parts, text[at:]]) if changed else ""


def doubtful(asked: Understood) -> set[str]:
    """Words of a sentence that are probably misspelt: it may find something without them, so nobody would notice."""
    if not asked.is_sentence:
        return set()
    return {word for word in asked.words if not word.isdigit() and meant(word) not in ("", word)}
