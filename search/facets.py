"""Facets as `facet_group` writes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from search.engines.base import AGE, FacetValue
from search.labels import TITLES, labels
from search.pay import UNITS
from search.requests import ANY_AGE, SINCE, Asked, AskedAds
from search.vocabulary.french import fold

Group = dict[str, Any]

SHOWN = 5
#: The order of the groups beside the ads; those after the star stand folded until something in them is chosen.
ADS = (
    "family", "profession", "contract", "working_time", "pay", "public", "structure", "*",
    "region", "department", "since", "remote", "diploma", "agreement", "print",
)  # fmt: skip


class Option(NamedTuple):
    """One line of a group: its number among them, what it stands for, and how many finds it leaves."""

    rank: int
    value: str
    label: str
    count: int  # type: ignore[assignment]
    selected: bool


def _group(name: str, title: str, options: list[Option], shown: int, kind: str = "choices") -> Group:
    """`options` are what stands open: the first ones and what is chosen of the others, `more` what is folded.

    Each keeps the number that its count gives it, chosen or not, so that the focus finds it again.
    """
    # A fold that would hide one line alone is no help.
    if len(options) <= shown + 1:
        shown = len(options)
    open_, folded = options[:shown], options[shown:]
    return {
        "kind": kind,
        "name": name,
        "title": title,
        "options": open_ + [option for option in folded if option.selected],
        "more": [option for option in folded if not option.selected],
        "chosen": sum(option.selected for option in options),
    }


#: Labels come again on every page.
_in_order = lru_cache(maxsize=4096)(fold)


def _counted(asked: Asked, name: str, values: Iterable[FacetValue], known: dict[str, str]) -> Group:
    chosen = asked.filters.get(name, ())
    counts: dict[str, int] = dict(values)
    counts |= {value: 0 for value in chosen if value not in counts}
    labelled = [(count, known.get(value, value), value) for value, count in counts.items()]
    ordered = sorted((-count, _in_order(label), label, value) for count, label, value in labelled)
    options = [
        Option(rank, value, label, -less, value in chosen)
        for rank, (less, _, label, value) in enumerate(ordered, 1)
    ]
    return _group(name, TITLES[name], options, SHOWN)


def groups(asked: Asked, counted: dict[str, list[FacetValue]]) -> list[Group]:
    """One group a facet that has something to choose; chosen values stand even when nothing has them."""
    known = labels()
    found = [_counted(asked, name, counted.get(name, ()), known.get(name, {})) for name in asked.facets]
    return [group for group in found if group["options"]]


def _since(asked: AskedAds, values: Iterable[FacetValue]) -> Group:
    counts: dict[str, int] = dict(values)
    options = [
        Option(rank, value, text, counts.get(value, 0), value == asked.since)
        for rank, (value, text) in enumerate([("", ANY_AGE), *SINCE.items()], 1)
    ]
    group = _group("since", "Publiée", options, len(options), kind="single")
    return group | {"chosen": int(bool(asked.since))}


def _pay(asked: AskedAds) -> Group:
    return {
        "kind": "pay",
        "name": "pay",
        "title": "Salaire brut",
        "pay": asked.pay,
        "units": [
            {"value": value, "label": text, "selected": value == asked.pay.unit}
            for value, text in UNITS.items()
        ],
        "chosen": int(bool(asked.pay.label)),
    }


def ad_groups(asked: AskedAds, counted: dict[str, list[FacetValue]]) -> list[Group]:
    """The facets of ads with pay and date among them."""
    made = {group["name"]: group for group in groups(asked, counted)}
    made |= {"pay": _pay(asked), "since": _since(asked, counted.get(AGE, ()))}
    folded = False
    found = []
    for name in ADS:
        if name == "*":
            folded = True
        elif name in made:
            found.append(made[name] | {"folded": folded})
    return found
