"""The filters beside a list: hundreds of lines on a page, written here at a fiftieth of the cost of an include each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from search.facets import Option, Panel
from search.labels import labels

register = template.Library()
NO_BREAK = "\u00a0"


def _s(number: int) -> str:
    return "s" if number > 1 else ""


# Counts, names, codes and labels come again from page to page.
@lru_cache(maxsize=8192)
def _count(value: int) -> str:
    written = f"{value:,}".replace(",", "\u202f")
    return f'<span class="n">{written}<span class="visually-hidden"> résultat{_s(value)}</span></span>'


@lru_cache(maxsize=8192)
def _sent_and_said(name: str, value: str, label: str) -> tuple[str, str]:
    return f'name="{escape(name)}" value="{escape(value)}"', f"<span>{escape(label)}</span>"


def _options(facet: dict[str, Any], options: Iterable[Option]) -> str:
    """A list of checkboxes, or of radios of kind "single"."""
    name, kind = facet["name"], "radio" if facet["kind"] == "single" else "checkbox"
    stem, lines = f"f-{escape(name)}", []
    for rank, value, label, count, selected in options:
        sent, said = _sent_and_said(name, value, label)
        zero, checked = "" if count else ' class="zero"', " checked" if selected else ""
        lines.append(
            f'<li{zero}><label for="{stem}-{rank}"><input type="{kind}" id="{stem}-{rank}" {sent}{checked}>'
            f"{said}{_count(count)}</label></li>"
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


def _group(facet: dict[str, Any]) -> str:
    """One group of filters.

    facet: title, name (of the parameter), kind (choices, single or pay), chosen (how many), folded (stands closed while
    nothing is chosen); options and more (folded): lists of `Option`. Of kind pay: pay (a PayRange), units.
    """
    title = escape(facet["title"])
    within: str
    if facet["kind"] == "pay":
        within = render_to_string("components/facet_pay.html", {"pay": facet["pay"], "units": facet["units"]})
    else:
        within = _choices(facet)
    if not facet.get("folded"):
        return f'<fieldset class="facet"><legend>{title}</legend>{within}</fieldset>'
    opened = " open" if facet["chosen"] else ""
    return (
        f'<details class="facet folded" id="fold-{escape(facet["name"])}"{opened}>'
        f"<summary><span>{title}{_chosen(facet['chosen'])}</span></summary>"
        f'<fieldset><legend class="visually-hidden">{title}</legend>{within}</fieldset></details>'
    )


# The next page of a list, another order of it and a popular search have the filters that were written a moment ago.
@lru_cache(maxsize=128)
def _panel(panel: Panel, _reading: int) -> SafeString:
    return SafeString("".join(map(_group, panel.groups())))


@register.simple_tag
def facet_panel(panel: Panel) -> SafeString:
    """All filters beside a list."""
    labels()  # reads them anew when they are old
    return _panel(panel, labels.readings)
