"""French typography of printed text: spaces that do not break and do not stretch, curly apostrophes."""

import re

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_UNITS = r"€|%|h|km|ans?|mois|jours|postes?|lits|places|ETP|RTT|kg"
# Zero width, and no break after it: "F/H" stays together.
JOIN = "\u2060"

_RULES = [
    (re.compile(r"\b([FHM])/(?=[FHM]\b)"), r"\1/" + JOIN),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"[ \u00a0\u202f]*([;!?])(?=\s|$|»)"), NARROW + r"\1"),
    # Narrow inside quotation marks too: a no-break space would stretch in a justified line.
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NARROW),
    (re.compile(r"[ \u00a0\u202f]*»"), NARROW + "»"),
    (re.compile(r"[ \u00a0\u202f]+:(?=\s|$)"), NO_BREAK + ":"),
    (re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d)[ \u00a0\u202f]?(?=€|%)"), NARROW),
    (re.compile(rf"(?<=\d) (?=(?:{_UNITS})\b)"), NO_BREAK),
    (re.compile(r"\b(M\.|Mme|Mlle|Dr|n°|art\.|p\.) (?=[\wÀ-Ý])"), r"\1" + NO_BREAK),
]


def typeset(text: str) -> str:
    """Text as it is printed. Typesetting it twice changes nothing more."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def paragraphs(text: str) -> list[str]:
    """The lines that a person typed, typeset, without the empty ones."""
    return [typeset(line.strip()) for line in text.splitlines() if line.strip()]
