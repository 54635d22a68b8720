"""Facets as `facet_panel` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from search.engines.base import AGE, FacetValue
from search.labels import TITLES, labels
from search.pay import UNITS, PayRange
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


@dataclass(frozen=True)
class Panel:
    """The filters beside a list as a value: two that are equal look the same, and are written once.

    counted: what the engine counted, facet by facet. pay: None where the list has no pay and no date.
    """

    facets: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    counted: tuple[tuple[str, tuple[FacetValue, ...]], ...]
    pay: PayRange | None = None
    since: str = ""

    def groups(self) -> list[Group]:
        """One group a facet that has something to choose; chosen values stand even when nothing has them."""
        known, counted, chosen = labels(), dict(self.counted), dict(self.filters)
        found = [
            _counted(name, chosen.get(name, ()), counted.get(name, ()), known.get(name, {}))
            for name in self.facets
        ]
        found = [group for group in found if group["options"]]
        return found if self.pay is None else _with_own(found, self.pay, self.since, counted.get(AGE, ()))


def panel(asked: Asked, counted: Mapping[str, Sequence[FacetValue]]) -> Panel:
    """The filters of this search: facets, and for ads pay and date among them."""
    own: dict[str, Any] = {"pay": asked.pay, "since": asked.since} if isinstance(asked, AskedAds) else {}
    values = tuple((name, tuple(found)) for name, found in counted.items())
    return Panel(asked.facets, tuple(asked.filters.items()), values, **own)


def _counted(
    name: str, chosen: tuple[str, ...], values: Iterable[FacetValue], known: Mapping[str, str]
) -> Group:
    counts: dict[str, int] = dict(values)
    counts |= {value: 0 for value in chosen if value not in counts}
    labelled = [(count, known.get(value, value), value) for value, count in counts.items()]
    ordered = sorted((-count, _in_order(label), label, value) for count, label, value in labelled)
    options = [
        Option(rank, value, label, -less, value in chosen)
        for rank, (less, _, label, value) in enumerate(ordered, 1)
    ]
    return _group(name, TITLES[name], options, SHOWN)


def _since(chosen: str, values: Iterable[FacetValue]) -> Group:
    counts: dict[str, int] = dict(values)
    options = [
        Option(rank, value, text, counts.get(value, 0), value == chosen)
        for rank, (value, text) in enumerate([("", ANY_AGE), *SINCE.items()], 1)
    ]
    group = _group("since", "Publiée", options, len(options), kind="single")
    return group | {"chosen": int(bool(chosen))}


def _pay(pay: PayRange) -> Group:
    return {
        "kind": "pay",
        "name": "pay",
        "title": "Salaire brut",
        "pay": pay,
        "units": [
            {"value": value, "label": text, "selected": value == pay.unit} for value, text in UNITS.items()
        ],
        "chosen": int(bool(pay.label)),
    }


def _with_own(groups: list[Group], pay: PayRange, since: str, ages: Iterable[FacetValue]) -> list[Group]:
    """The facets of ads with pay and date among them."""
    made = {group["name"]: group for group in groups}
    made |= {"pay": _pay(pay), "since": _since(since, ages)}
    folded = False
    found = []
    for name in ADS:
        if name == "*":
            folded = True
        elif name in made:
            found.append(made[name] | {"folded": folded})
    return found
