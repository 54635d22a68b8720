"""What belongs to what in the reference lists: trades to families, departments to regions, names to trades."""

from __future__ import annotations

from dataclasses import dataclass

from reference.models import Department, Profession
from search.documents import trade_names
from search.remembered import Remembered
from search.vocabulary import french
from search.vocabulary.synonyms import units


@dataclass(frozen=True)
class Relations:
    """By codes; `phrases_of` has every name of a trade as the vocabulary reads it."""

    family_of: dict[str, str]
    phrases_of: dict[str, list[tuple[str, ...]]]
    region_of: dict[str, str]


def _read() -> Relations:
    trades = list(Profession.objects.order_by("position", "label"))
    return Relations(
        family_of={row.code: row.family for row in trades},
        phrases_of={row.code: [tuple(french.tokens(name)) for name in trade_names(row)] for row in trades},
        region_of=dict(Department.objects.order_by("pk").values_list("code", "region")),
    )


relations = Remembered(_read)


def trades_in(text: str) -> set[str]:
    """The codes of the trades that a text names, by whatever name."""
    said = {phrase for unit in units(text) for phrase in unit.alternatives}
    return {code for code, phrases in relations().phrases_of.items() if not said.isdisjoint(phrases)}
