"""Where a search looks: the place of its own field, or the one found among its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import QueryDict

from reference.place_names import at_area, at_place
from search import places
from search.places import radius
from search.places.mentions import Mention, Reading, read
from search.remembered import era

#: "1" in this parameter: the words stand for themselves, no place is sought in them.
AS_TYPED = "as_typed"


@dataclass(frozen=True)
class AskedPlace:
    """Words and place of a search. `typed` is the text before a place was taken out of it.

    `radius`, in km, is the one said with the place ("Lyon, 30 km"), else the one asked for.
    """

    text: str
    radius: int = places.DEFAULT_RADIUS
    place_text: str = ""
    place: places.Place | None = None
    as_typed: bool = False
    typed: str = ""
    reading: Reading = field(default_factory=Reading)

    def note(self, url: Callable[..., str]) -> dict[str, Any]:
        """What `search/place_note.html` says of it; `url` makes an address with some parameters changed.

        `unknown` and `around` tell that the place was not understood, or that "autour de moi" came without a point.
        """
        unknown = bool(self.place_text) and self.place is None
        return {
            "unknown": unknown,
            "around": unknown and self.place_text.lower().startswith(places.AROUND),
            "understood": self.reading.applied is not None,
            "typed": self.typed,
            "as_typed_url": url(q=self.typed, place=None, radius=None, **{AS_TYPED: "1"})
            if self.typed
            else "",
            "offers": [
                _chip(_offer(mention), url(q=mention.words or None, place=mention.place.label))
                for mention in self.reading.offers
            ],
            "namesakes": [
                _chip(label, url(place=label)) for label in (self.place.others if self.place else ())
            ],
        }


def _chip(label: str, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "count": None, "on": False}


def _offer(mention: Mention) -> str:
    """ "« éducateur » à Die (26)", "Dans le département du Cher (18)"."""
    label = mention.place.label
    area = mention.place.area
    where = at_place(label) if area.is_circle else at_area(label, area.department)
    return f"«\u00a0{mention.words}\u00a0» {where}" if mention.words else where[:1].upper() + where[1:]


@lru_cache(maxsize=2048)
def _read(text: str, radius_km: int, _era: tuple[int, int]) -> Reading:
    """The same words come again, from the pages of one list and from other people, and mean the same places."""
    return read(text, radius_km)


def asked_place(params: QueryDict, text: str, place_text: str, radius_km: int) -> AskedPlace:
    """Where the address wants to search. A place among the words is sought only when its field is empty.

    At most two queries for a place in the words, seven for one in its field; for a minute the answer is kept.
    """
    as_typed = bool(params.get(AS_TYPED))
    if place_text:
        place_text, said = radius.split(place_text)
        radius_km = said or radius_km
    if place_text and not places.is_everywhere(place_text):
        return AskedPlace(text, radius_km, place_text, places.find(place_text, radius_km), as_typed)
    if not text or as_typed or place_text:
        return AskedPlace(text, radius_km, as_typed=as_typed)
    words, said = radius.split(text)
    reading = _read(words, said or radius_km, era())
    if reading.applied is None:
        return AskedPlace(text, radius_km, reading=reading)
    words, place = reading.applied.words, reading.applied.place
    return AskedPlace(words, said or radius_km, place.label, place, typed=text, reading=reading)
