"""The words of a text, for finding the place among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.places.names import NO_PLACES
from search.vocabulary import french

MAX_TOKENS = 16
ARTICLES = frozenset({"le", "la", "les", "l"})
#: Before a place, and going with it.
AT = frozenset({"a", "sur", "vers", "pres", "proche", "autour", "alentours", "environs", "en", "dans"})
LEADING = AT | ARTICLES | {"de", "du", "des", "d", "au", "aux", "region", "departement", "dept", "dpt"}
_TOKEN = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”')
_EXCLUDED = re.compile(rf"(?<!\S)[{french.MINUS}](?=[^\W_])[^\s\"«“]*")


@dataclass(frozen=True)
class Token:
    """A word of the text: where it stands, and its folded form. `barred` is never part of a place."""

    start: int
    end: int
    word: str
    barred: bool


def tokens(text: str) -> list[Token]:
    """The words of `text`, at most MAX_TOKENS; those in quotation marks and those after a minus are barred."""
    barred = [match.span() for pattern in (_QUOTED, _EXCLUDED) for match in pattern.finditer(text)]
    found = []
    for match in _TOKEN.finditer(text):
        word = french.fold(match.group())
        word = {"st": "saint", "ste": "sainte"}.get(word, word)
        if word == "s" and text[match.end() : match.end() + 1] == "/":
            word = "sur"
        inside = any(start <= match.start() < end for start, end in barred)
        found.append(Token(match.start(), match.end(), word, inside))
        if len(found) == MAX_TOKENS:
            break
    return _without_expressions(found)


def _without_expressions(found: list[Token]) -> list[Token]:
    """Bar the words of names that hold a commune's: "Croix-Rouge"."""
    line = f" {' '.join(token.word for token in found)} "
    barred: set[int] = set()
    for phrase in NO_PLACES:
        if f" {phrase} " in line:
            size = phrase.count(" ") + 1
            for at in range(len(found) - size + 1):
                if " ".join(token.word for token in found[at : at + size]) == phrase:
                    barred.update(range(at, at + size))
    return [
        Token(token.start, token.end, token.word, True) if at in barred else token
        for at, token in enumerate(found)
    ]


def trimmed(part: str) -> str:
    """A part of a text without the signs at its ends that held it to the next."""
    return re.sub(r"^[\s,;:)/.–—]+", "", re.sub(r"[\s,;:(/–—]+$|(?<=\s)-+$", "", part))
