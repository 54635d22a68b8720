"""Cleaning and cutting French text as job ads write it.

The two regular expressions exist once and serve both engines: Python uses them here, Elasticsearch as a
`pattern_replace` character filter. Only the class of a letter is written differently (`\\p{L}` there, `[^\\W\\d_]`
here).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from search.vocabulary.stemmer import stem

# A list of our own: the usual French one holds es, me, ma, as, which are trades here (ES, ME, MA, AS).
_STOP = (
    "au aux avec ce ces cet cette dans de des du elle en et eux il ils je la le les leur leurs lui mais meme mon ne "
    "nos notre nous on ou par pas pour qu que qui sa se si son sur ta te tes toi ton tu un une vos votre vous "
    "c d j l m n s t y est sont etre sera seront a ont avoir"
)
STOP_WORDS = frozenset(_STOP.split())
_ACCENTED_STOP_WORDS = frozenset({"à", "même", "où", "être"})
ELISIONS = ("l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu")

_SUFFIXES = (
    "rices?|trices?|euses?|eresses?|esses?|ères?|eres?|ières?|iennes?|ennes?|elles?|ales?|nes?|les?|tes?|fes?"
    "|ves?|es?"
)


def _trie(words: Iterable[str]) -> str:
    """One expression for a set of words, branching letter by letter: Java's alternation tries every word in turn."""
    heads: dict[str, list[str]] = {}
    ends = False
    for word in sorted(words):
        if word:
            heads.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not heads:
        return ""
    branches = "|".join(head + _trie(tails) for head, tails in heads.items())
    return f"(?:{branches})?" if ends else f"(?:{branches})"


def clean_pattern(letter: str, letter_or_digit: str, *, stop_words: bool) -> str:
    """What is noise in a title: "(H/F)", the endings of inclusive writing and, if asked for, the stop words.

    Stop words leave here and not in a token filter: a filter leaves holes in the positions, and the phrase that a
    synonym becomes ("assistant service social") then misses "assistant de service social". Each alternative starts
    with a cheap test of one character; the look-behinds come after it.
    """
    # F/H, (H/F), H/F/X, F-H
    post = (
        rf"(?:\((?=\s*[hf]\s*[/\-])\s*|(?=[hf]\s*[/\-])(?<!{letter_or_digit}))[hf]\s*[/\-]\s*[hf]"
        rf"(?:\s*[/\-]\s*(?:x|nb|n))?\s*\)?(?!{letter_or_digit})"
    )
    # éducateur·rice, chargé.e, technicien·ne·s, infirmier(ère), éducateur(trice), maître(sse), chef-fe, éducateur/trice
    inclusive = (
        rf"(?:[·•‧∙⋅](?<={letter}{{2}}.){letter}{{1,6}}(?:[·•‧∙⋅]s)?"
        rf"|\.(?<={letter}{{2}}.)(?:{_SUFFIXES})(?:\.s)?"
        rf"|\((?<={letter}{{2}}.)(?:{_SUFFIXES}|se|sse)\)s?"
        rf"|[/\-](?<={letter}{{2}}.)(?:trice|rice|euse|ère|ière|ienne|ne|fe|e)s?(?!-))(?!{letter})"
    )
    if not stop_words:
        return f"{post}|{inclusive}"
    words = _trie(STOP_WORDS | _ACCENTED_STOP_WORDS)
    edge = f"(?:{letter_or_digit}|['’])"
    return f"{post}|{inclusive}|(?<!{edge}){words}(?!{edge})"


_PY_LETTER, _PY_WORD = r"[^\W\d_]", r"[^\W_]"
_CLEAN = re.compile(clean_pattern(_PY_LETTER, _PY_WORD, stop_words=False), re.IGNORECASE)
_CLEAN_STOP = re.compile(clean_pattern(_PY_LETTER, _PY_WORD, stop_words=True), re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ELIDED = re.compile(rf"^(?:{'|'.join(ELISIONS)})['’](?=\w)", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


#: Signs that people type for a minus, for use in a set of a regular expression.
MINUS = "\\-\u2010\u2011\u2212"


def fold(text: str) -> str:
    """Lower case without accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def clean(text: str, *, stop_words: bool = False) -> str:
    """`text` without post marks and inclusive endings; `stop_words` takes those out as well."""
    return (_CLEAN_STOP if stop_words else _CLEAN).sub(" ", text)


def blanked(text: str) -> str:
    """`text` with the same noise as spaces of the same length: the positions of words stay true."""
    return _CLEAN.sub(lambda match: " " * len(match.group()), text)


def is_stop_word(word: str) -> bool:
    """Whether a folded word says nothing by itself."""
    return word in STOP_WORDS


def cut(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of each word of `text`, elisions taken off."""
    for match in _WORD.finditer(text):
        elided, folded = _cut_word(match.group())
        yield match.start() + elided, match.end(), folded


@lru_cache(maxsize=50_000)
def _cut_word(word: str) -> tuple[int, str]:
    """Length of the elision, and the folded rest. Texts share most of their words."""
    elided = _ELIDED.match(word)
    start = elided.end() if elided else 0
    # One letter may fold to several with a space or a sign among them: a word stays one.
    return start, _NO_LETTER.sub("", fold(word[start:]))


def words(text: str) -> list[str]:
    """The folded words of `text`, unstemmed (what a person would recognise): for typos and for suggestions."""
    return [word for _, _, word in cut(clean(text, stop_words=True)) if word not in STOP_WORDS]


@lru_cache(maxsize=4096)
def _short_tokens(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text))


def tokens(text: str) -> list[str]:
    """The stems of `text` in order: what is stored in the shadow column and what a query is made of."""
    if len(text) <= 200:
        return list(_short_tokens(text))
    return [stem(word) for word in words(text)]
