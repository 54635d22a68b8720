"""The lines of a facet. Hundreds stand on a page of results: written here, they cost a fiftieth of an include each."""

from __future__ import annotations

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


def _count(value: int | None) -> str:
    if value is None:
        return ""
    written, ending = f"{value:,}".replace(",", "\u202f"), "s" if value > 1 else ""
    return f'<span class="n">{written}<span class="visually-hidden"> résultat{ending}</span></span>'


@register.simple_tag
def facet_options(facet: dict[str, Any], part: str) -> SafeString:
    """The options of a facet's `part` ("options" or "more") as list items: checkboxes, or radios of kind "single"."""
    name, kind = escape(facet["name"]), "radio" if facet["kind"] == "single" else "checkbox"
    lines = []
    for option in facet[part]:
        zero = ' class="zero"' if option["count"] == 0 else ""
        checked = " checked" if option["selected"] else ""
        known = f"f-{name}-{option['rank']}"
        lines.append(
            f'<li{zero}><label for="{known}"><input type="{kind}" id="{known}" name="{name}"'
            f' value="{escape(option["value"])}"{checked}><span>{escape(option["label"])}</span>'
            f"{_count(option['count'])}</label></li>"
        )
    return SafeString("".join(lines))
