"""The lines of a facet: hundreds stand on a page of results, and written here they cost a tenth of an include."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from ashjob.templatetags.ui import number, plural

register = template.Library()
_LINE = '<li{}><label for="f-{}-{}"><input type="{}" id="f-{}-{}" name="{}" value="{}"{}><span>{}</span>{}</label></li>'


def _count(value: int | None) -> SafeString:
    if value is None:
        return SafeString()
    return mark_safe(  # noqa: S308 - numbers alone
        f'<span class="n">{number(value)}<span class="visually-hidden"> résultat{plural(value)}</span></span>'
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
