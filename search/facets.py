"""Facets as `components/facet.html` shows them."""

from __future__ import annotations

from typing import Any

from search.engines.base import FacetValue
from search.labels import TITLES, labels
from search.requests import PAY_STEPS, SINCE, Asked, AskedAds, pay_label

SHOWN = 6


def groups(asked: Asked, counted: dict[str, list[FacetValue]]) -> list[dict[str, Any]]:
    """One group a facet that has something to choose; chosen values stand even when nothing has them."""
    known = labels()
    found = []
    for name in asked.facets:
        chosen = asked.filters.get(name, ())
        counts = {value.value: value.count for value in counted.get(name, [])}
        counts |= {value: 0 for value in chosen if value not in counts}
        options: list[dict[str, Any]] = [
            {
                "value": value,
                "label": known.get(name, {}).get(value, value),
                "count": count,
                "selected": value in chosen,
            }
            for value, count in counts.items()
        ]
        options.sort(key=lambda option: (-option["count"], option["label"]))
        if options:
            opens = any(option["selected"] for option in options[SHOWN:])
            found.append(
                {
                    "title": TITLES[name],
                    "name": name,
                    "options": options,
                    "shown": SHOWN,
                    "open": opens,
                    "single": False,
                }
            )
    return found


def _single(title: str, name: str, options: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    return {
        "title": title,
        "name": name,
        "options": [
            {"value": value, "label": text, "count": None, "selected": value == chosen}
            for value, text in options
        ],
        "shown": len(options),
        "open": False,
        "single": True,
    }


def ad_groups(asked: AskedAds, counted: dict[str, list[FacetValue]]) -> list[dict[str, Any]]:
    """The facets of ads, then pay and date."""
    pay = [("", "Tous"), *((str(step), pay_label(step)) for step in PAY_STEPS)]
    return [
        *groups(asked, counted),
        _single("Salaire", "pay", pay, str(asked.pay or "")),
        _single("Publiée", "since", [("", "À toute date"), *SINCE.items()], asked.since),
    ]
