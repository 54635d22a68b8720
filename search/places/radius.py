"""A distance said with a place: "Lyon, 30 km", "à moins de 20 km de Nantes"."""

from __future__ import annotations

import re

from search.places.lookup import RADII

_LEADING = (
    r"(?:à|a|dans|un|rayon|de|moins|environ|maximum|maxi|max\.?|autour|jusqu['’][àa]|entre) |: "
    r"|[0-9]{1,3} ?(?:à|et|-) ?"
)
_TRAILING = r"à la ronde|aux alentours|alentour|maximum|maxi|max|environ|autour"
_SAID = re.compile(
    rf"[ ,;(]{{0,3}}(?:(?<!\w)(?:{_LEADING})){{0,6}}[<±+~]{{0,2}} ?"
    r"(?<![\w.,])(?P<km>[0-9]{1,3})(?:[.,][0-9])? ?(?:kms?|kilom[eè]tres?)\b(?! ?(?:/|par\b))"
    rf"(?: (?:{_TRAILING})\b\.?)? ?\)? ?(?P<of>(?:(?:de|du|des) |d['’] ?)(?=\S))?",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, int | None]:
    """`text` without the distance that it says, and the radius of ours that holds it; None when it says none."""
    text = " ".join(text.split())
    said = _SAID.search(text)
    if said is None:
        return text, None
    before, after, of = text[: said.start()], text[said.end() :], (said["of"] or "").strip().lower()
    # "à 20 km du Mans" leaves the article, which is half of the name.
    near = {"": "", "du": "près du", "des": "près des"}.get(of, "près de" if before.strip() else "")
    distance = int(said["km"])
    radius = next((radius for radius in RADII if radius >= distance), RADII[-1])
    return " ".join(f"{before} {near} {after}".split()), radius
