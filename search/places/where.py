"""What is typed under "Où": a name, else a place said in words, else the beginning of a name or a name misspelt."""

from __future__ import annotations

from functools import lru_cache

from reference.loading import search_name
from search.places import lookup, mentions
from search.places.lookup import AROUND, DEFAULT_RADIUS, MAX_TYPED, Place
from search.places.names import EVERYWHERE
from search.remembered import era


def is_everywhere(text: str) -> bool:
    """Whether no place in particular is meant: "France entière"."""
    return search_name(text[:MAX_TYPED]) in EVERYWHERE


def find(text: str, radius_km: int = DEFAULT_RADIUS) -> Place | None:
    """The place meant by `text`, or None when there is none such. At most seven queries, none if asked lately.

    A name that no town has may be said in words ("dans le Nord", "69100 Villeurbanne", "Lyon et alentours"); else it
    is taken for the beginning of one, then for one with a typing error.
    """
    text = " ".join(text[:MAX_TYPED].split())
    if text.lower().startswith(AROUND):
        return lookup.point(text, radius_km)  # where somebody is: not kept
    return _find(text, radius_km, era())


# Few towns are meant by most searches, and a search asks for little more of the database than its town.
@lru_cache(maxsize=4096)
def _find(text: str, radius_km: int, _: tuple[int, int]) -> Place | None:
    return lookup.exact(text, radius_km) or _said(text, radius_km) or lookup.guessed(text, radius_km)


def _said(text: str, radius_km: int) -> Place | None:
    """The one place of a text that says nothing else."""
    applied = mentions.read(text, radius_km).applied
    return applied.place if applied and not applied.words else None
