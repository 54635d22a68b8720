"""The rules that the project ships (`data/`), in Solr format: `a, b` both ways, `a => a, b` one way.

They are where the office's own vocabulary begins, and what is in force until it has applied one.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.vocabulary.french import fold

DATA = Path(__file__).parent / "data"
RULES = DATA / "synonyms_fr_social.txt"
CAPITALS = DATA / "synonyms_fr_social_caps.txt"
SITE_RULES = DATA / "synonyms_site.txt"
EVERYDAY_RULES = DATA / "synonyms_everyday.txt"
#: The files of rules, in the order in which they count.
RULE_FILES = (RULES, SITE_RULES, EVERYDAY_RULES)

#: Terms and finds as a person writes them; no finds: the terms find each other.
Row = tuple[str, str]


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _capitals() -> dict[str, str]:
    """Marker token of the rule file to the acronym it stands for ("abrves" to "es")."""
    return {
        marker.strip(): fold(acronym).strip()
        for marker, acronym in (line.split(",") for line in _lines(CAPITALS))
    }


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Every rule of the files.

    The acronyms ES, ME, AS and MA stand in the rule file as marker tokens, among equals. Here they point one way
    only: "ES" finds the trade, but the trade's name does not find every "es" of a text.
    """
    markers = _capitals()
    found: list[Row] = []
    for line in [line for path in RULE_FILES for line in _lines(path)]:
        left, _, right = (_tidy(side) for side in line.partition("=>"))
        if not right:
            terms = left.split(", ")
            for marker in [term for term in terms if term in markers]:
                terms.remove(marker)
                found.append((markers[marker], f"{markers[marker]}, {terms[0]}"))
            left = ", ".join(terms)
        found.append((left, right))
    return tuple(dict.fromkeys(found))


def _tidy(side: str) -> str:
    return ", ".join(" ".join(term.split()) for term in side.split(",") if term.strip())
