"""The lines of a facet: hundreds stand on a page of results, and written here they cost a tenth of an include."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_LINE = '<li{}><label for="f-{}-{}"><input type="{}" id="f-{}-{}" name="{}" value="{}"{}><span>{}</span>{}</label></li>'


def _count(value: int | None) -> SafeString:
    if value is None:
        return SafeString()
    written, ending = f"{value:,}".replace(",", "\u202f"), "s" if value > 1 else ""
    # Digits and our own words: nothing of them is anybody's.
    return SafeString(
        f'<span class="n">{written}<span class="visually-hidden"> résultat{ending}</span></span>'
    )


@register.simple_tag
def facet_options(facet: dict[str, Any], first: int = 0, last: int | None = None) -> SafeString:
    """The options of a facet from `first` to before `last` as list items: checkboxes, or radios of kind "single"."""
    name, kind = facet["name"], "radio" if facet["kind"] == "single" else "checkbox"
    zero, checked = SafeString(' class="zero"'), SafeString(" checked")
    return format_html_join(
        "",
        _LINE,
        (
            (
                zero if option["count"] == 0 else "",
                name,
                rank,
                kind,
                name,
                rank,
                name,
                option["value"],
                checked if option["selected"] else "",
                option["label"],
                _count(option["count"]),
            )
            for rank, option in enumerate(facet["options"][first:last], first + 1)
        ),
    )
