"""What to try when few ads or none are found: further away, fewer filters, trades of the same family. One request."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from search.engines import get_engine
from search.engines.base import RELEVANCE, CompanyQuery, Results
from search.labels import TITLES, label
from search.pay import PayRange
from search.places import RADII
from search.relations import relations, trades_in
from search.requests import Asked, AskedAds

Option = tuple[str, AskedAds, int]

#: A list shorter than this is helped.
FEW = 5
MAX_RADII, MAX_FILTERS, MAX_TRADES = 2, 3, 4
#: How many neighbouring trades are counted at most.
MAX_NEIGHBOURS = 10


@dataclass
class Widening:
    """Chips with counts, each of which finds more than the list at hand."""

    further: list[dict[str, Any]] = field(default_factory=list)
    looser: list[dict[str, Any]] = field(default_factory=list)
    trades: list[dict[str, Any]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.further or self.looser or self.trades)


def _chip(text: str, asked: AskedAds, count: int) -> dict[str, Any]:
    return {"label": text, "url": asked.url(), "count": count, "on": False}


def _wider_radii(asked: AskedAds) -> list[tuple[str, AskedAds]]:
    place = asked.place
    if place is None or not place.area.is_circle:
        return []
    return [
        (
            f"À moins de {radius}\u00a0km",
            replace(asked, radius=radius, place=replace(place, area=replace(place.area, radius_km=radius))),
        )
        for radius in RADII
        if radius > place.area.radius_km
    ]


def _without_one(asked: AskedAds) -> list[tuple[str, AskedAds]]:
    """The same search less one group of choices."""
    found = []
    for name, values in asked.filters.items():
        others = {other: kept for other, kept in asked.filters.items() if other != name}
        one = f"Sans «\u00a0{label(name, values[0])}\u00a0»"
        text = one if len(values) == 1 else f"{TITLES[name]}\u00a0: sans choix"
        found.append((text, replace(asked, filters=others)))
    if asked.pay.label:
        found.append(("Tous les salaires", replace(asked, pay=PayRange())))
    if asked.since:
        found.append(("Toutes les dates de publication", replace(asked, since="")))
    return found


def _without_any(asked: AskedAds) -> AskedAds:
    return replace(asked, filters={}, pay=PayRange(), since="")


def _in_france(asked: AskedAds) -> list[tuple[str, AskedAds]]:
    if asked.place is None:
        return []
    france = replace(asked, place=None, place_text="")
    # Without words, place and filter that would be every ad there is.
    more = (
        [("Dans toute la France, sans filtre", _without_any(france))] if asked.choices and asked.text else []
    )
    return [("Dans toute la France", france), *more]


def _neighbours(asked: AskedAds) -> list[tuple[str, AskedAds]]:
    """Other trades of the same families, in the same place and with the same other filters."""
    trades = set(asked.filters.get("profession", ())) or trades_in(asked.text)
    family_of = relations().family_of
    near = {family_of.get(code) for code in trades} - {None}
    others = {name: kept for name, kept in asked.filters.items() if name not in ("family", "profession")}
    anyone = replace(asked, text="", sort=RELEVANCE)
    return [
        (label("profession", code), replace(anyone, filters={**others, "profession": (code,)}))
        for code, family in family_of.items()
        if family in near and code not in trades
    ][:MAX_NEIGHBOURS]


def _growing(options: list[Option], floor: int) -> list[dict[str, Any]]:
    """Those that find more than what stands before them."""
    found = []
    for text, variant, total in options:
        if total > floor:
            found.append(_chip(text, variant, total))
            floor = total
    return found


def _most(options: list[Option], limit: int) -> list[dict[str, Any]]:
    options = sorted(options, key=lambda option: -option[2])
    return [_chip(*option) for option in options[:limit]]


def widen(asked: AskedAds, results: Results) -> Widening:
    """What finds more than `results`, the answer to `asked`. Empty when there are enough, or nothing to let go of."""
    if results.total >= FEW or not (asked.text or asked.place or asked.choices):
        return Widening()
    if results.corrected:
        asked = replace(asked, text=results.corrected)
    radii, trades, looser = _wider_radii(asked), _neighbours(asked), _without_one(asked)
    if len(looser) > 1:
        looser.append(("Sans aucun filtre", _without_any(asked)))
    groups = (radii, _in_france(asked), looser, trades)
    queries = [variant.query for group in groups for _, variant in group]
    totals = iter(get_engine().ad_totals(queries))
    nearer, all_france, fewer, neighbours = (
        [(text, variant, next(totals)) for text, variant in group] for group in groups
    )
    further = _growing(nearer, results.total)[:MAX_RADII]
    reached = further[-1]["count"] if further else results.total
    return Widening(
        # All of France without a filter is for who finds nothing there with them.
        further + (_growing(all_france[:1], reached) or _growing(all_france[1:], reached)),
        _most([option for option in fewer if option[2] > results.total], MAX_FILTERS),
        _most([option for option in neighbours if option[2]], MAX_TRADES),
    )


def further_companies(asked: Asked, query: CompanyQuery, results: Results) -> list[dict[str, Any]]:
    """Chips for the larger radii in which there are company pages, when there are none here. One request."""
    area = query.area
    if results.total or area is None or not area.is_circle:
        return []
    if results.corrected:
        query = replace(query, text=results.corrected)
    radii = [radius for radius in RADII if radius > area.radius_km]
    totals = get_engine().company_totals(
        [replace(query, area=replace(area, radius_km=radius)) for radius in radii]
    )
    found: list[dict[str, Any]] = []
    for radius, total in zip(radii, totals, strict=True):
        if total > (found[-1]["count"] if found else 0):
            text, url = f"À moins de {radius}\u00a0km", asked.url(radius=str(radius))
            found.append({"label": text, "url": url, "count": total, "on": False})
    return found[:MAX_RADII]
