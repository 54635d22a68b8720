"""Which lists of results robots may keep, and under which address.

A list that people look for by name is kept: all ads, one trade (or one family of trades), one place, or one trade in
one place. Everything else is a combination among millions: its links are followed, the page itself is not kept. A kept
list has one address, whatever the order of the parameters, the spelling of the place or what others added.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from search.engines.base import Area
from search.places import DEFAULT_RADIUS, HERE
from search.requests import Asked, AskedAds, Pair

#: Of each line one value at most: what the list is about, and where.
ABOUT = ("family", "profession", "field", "structure")
WHERE = ("region", "department")


@dataclass(frozen=True)
class Robots:
    """`canonical` is the one address of a kept list (path and parameters), "" for a list that is not kept."""

    canonical: str = ""

    @property
    def kept(self) -> bool:
        return bool(self.canonical)

    def absolute(self, request: HttpRequest) -> str:
        """The one address with the site's own name before it; "" for a list that is not kept."""
        return request.build_absolute_uri(self.canonical) if self.canonical else ""


def _where(asked: Asked) -> list[Pair] | None:
    """The typed place as parameters of the one address; None when the list it gives is not kept."""
    if not asked.place_text:
        return []
    if asked.place is None or asked.place.label == HERE:
        return None
    area: Area = asked.place.area
    if area.is_circle:
        return [("place", asked.place.label)] if asked.radius == DEFAULT_RADIUS else None
    name, code = ("department", area.department) if area.department else ("region", area.region)
    # Where it can be ticked as well, that is its address.
    return [(name, code)] if name in asked.facets else [("place", asked.place.label)]


def rules(asked: Asked, total: int, path: str, *, deep: bool = False) -> Robots:
    """The rules for one list of `total` finds under `path`; `deep` says that this page is a part of it."""
    where = _where(asked)
    chosen = [(name, value) for name, values in asked.filters.items() for value in values]
    odd = (
        asked.text
        or asked.own_pairs
        or asked.chosen_sort
        or asked.unknown_choice
        or asked.page > 1
        or deep
        or (isinstance(asked, AskedAds) and asked.pay.not_understood)
    )
    if odd or where is None or (not total and (where or chosen)):
        return Robots()
    about = [pair for pair in chosen if pair[0] in ABOUT]
    where = where + [pair for pair in chosen if pair[0] in WHERE]
    if len(about) > 1 or len(where) > 1 or len(about) + len(where) < len(chosen):
        return Robots()
    pairs = where + about
    return Robots(f"{path}?{urlencode(pairs)}" if pairs else path)
