"""A distance said with a place: "Lyon, 30 km", "à moins de 20 km de Nantes"."""

from __future__ import annotations

import re

from search.places.lookup import RADII

_SAID = re.compile(
    r"[\s,;(]*(?:(?<!\w)(?:à|a|dans|un|rayon|de|moins|environ|maximum|max|autour)\s+){0,6}[<±+~]{0,2}\s*"
    r"(?<!\w)(?P<km>[0-9]{1,3})\s?(?:kms?|kilom[eè]tres?)\b\s*"
    r"(?:(?:à la ronde|aux alentours|alentour|maximum|max|environ|autour)\b\.?\s*)?\)?\s*"
    r"(?P<of>(?:(?:de|du|des)\s+|d['’]\s*)(?=\S))?",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, int | None]:
    """`text` without the distance that it says, and the radius of ours that holds it; None when it says none."""
    said = _SAID.search(text)
    if said is None:
        return text, None
    before, after = text[: said.start()], text[said.end() :]
    rest = f"{before} près de {after}" if said["of"] and before.strip() else f"{before} {after}"
    distance = int(said["km"])
    return " ".join(rest.split()), next((radius for radius in RADII if radius >= distance), RADII[-1])
