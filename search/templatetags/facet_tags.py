"""The filters beside a list: hundreds of lines on a page, written here at a fiftieth of the cost of an include each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape as escape_html
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()
NO_BREAK = "\u00a0"
# Names, codes and labels come again from page to page.
escape = lru_cache(maxsize=8192)(escape_html)


def _s(number: int) -> str:
    return "s" if number > 1 else ""


def _count(value: int | None) -> str:
    if value is None:
        return ""
    written = f"{value:,}".replace(",", "\u202f")
    return f'<span class="n">{written}<span class="visually-hidden"> résultat{_s(value)}</span></span>'


def _options(facet: dict[str, Any], options: Iterable[dict[str, Any]]) -> str:
    """A list of checkboxes, or of radios of kind "single"."""
    name, kind = escape(facet["name"]), "radio" if facet["kind"] == "single" else "checkbox"
    lines = []
    for option in options:
        zero = ' class="zero"' if option["count"] == 0 else ""
        checked = " checked" if option["selected"] else ""
        known = f"f-{name}-{option['rank']}"
        lines.append(
            f'<li{zero}><label for="{known}"><input type="{kind}" id="{known}" name="{name}"'
            f' value="{escape(option["value"])}"{checked}><span>{escape(option["label"])}</span>'
            f"{_count(option['count'])}</label></li>"
        )
    return f"<ul>{''.join(lines)}</ul>"


def _choices(facet: dict[str, Any]) -> str:
    written = _options(facet, facet["options"])
    if facet["more"]:
        others = f"{len(facet['more'])}{NO_BREAK}autre{_s(len(facet['more']))}"
        written += (
            f'<details id="more-{escape(facet["name"])}"><summary>{others}'
            f'<span class="visually-hidden"> dans «{NO_BREAK}{escape(facet["title"])}{NO_BREAK}»</span></summary>'
            f"{_options(facet, facet['more'])}</details>"
        )
    return written


def _chosen(number: int) -> str:
    if not number:
        return ""
    return f' <span class="n">{number}<span class="visually-hidden"> choisi{_s(number)}</span></span>'


@register.simple_tag
def facet_group(facet: dict[str, Any]) -> SafeString:
    """One group of filters.

    facet: title, name (of the parameter), kind (choices, single or pay), chosen (how many), folded (stands closed while
    nothing is chosen); options and more (folded): lists of value, label, count (or None), selected, rank. Of kind pay:
    pay (a PayRange), units.
    """
    title = escape(facet["title"])
    within: str
    if facet["kind"] == "pay":
        within = render_to_string("components/facet_pay.html", {"pay": facet["pay"], "units": facet["units"]})
    else:
        within = _choices(facet)
    if not facet.get("folded"):
        return SafeString(f'<fieldset class="facet"><legend>{title}</legend>{within}</fieldset>')
    opened = " open" if facet["chosen"] else ""
    return SafeString(
        f'<details class="facet folded" id="fold-{escape(facet["name"])}"{opened}>'
        f"<summary><span>{title}{_chosen(facet['chosen'])}</span></summary>"
        f'<fieldset><legend class="visually-hidden">{title}</legend>{within}</fieldset></details>'
    )
