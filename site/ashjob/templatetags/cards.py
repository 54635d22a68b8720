"""The ad of a list, written in Python: twenty of them a page, where included templates took half of the page's time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from ashjob.templatetags.ui import initials, number, pay_range, relative_day, typo
from reference.dates import paris_day

register = template.Library()


# Pay and employers come again from page to page.
_pay, _initials = lru_cache(maxsize=4096)(pay_range), lru_cache(maxsize=4096)(initials)


def _html(text: Any) -> str:
    """Safe HTML as it is, anything else escaped."""
    return text if isinstance(text, SafeString) else escape(str(text))


def _tag(text: Any, kind: str = "") -> str:
    return f'<li class="tag{kind}">{_html(text)}</li>' if text else ""


# Few contracts, times and agreements, and pay in round figures: most lists of tags were written before. Safe text and
# the same text unsafe are equal, and are written differently: hence `typed`.
@lru_cache(maxsize=4096, typed=True)
def _tags(contract: Any, working_time: Any, agreement: Any, pay: Any, sponsored: bool) -> SafeString:
    tags = (
        _tag(contract),
        _tag(working_time),
        _tag(agreement),
        _tag(pay, " pay"),
        _tag("Sponsorisé" if sponsored else "", " sp"),
    )
    return SafeString(f'<ul class="meta" aria-label="En bref">{"".join(tags)}</ul>')


@register.simple_tag
def ad_facts(ad: Mapping[str, Any]) -> SafeString:
    """The facts of an ad as tags, always in this order.

    ad: contract, working_time, agreement, pay (text) or pay_min, pay_max, pay_unit, sponsored; all may be missing.
    """
    get = ad.get
    pay = get("pay") or _pay(get("pay_min"), get("pay_max"), get("pay_unit") or "")
    return _tags(get("contract"), get("working_time"), get("agreement"), pay, bool(get("sponsored")))


def _logo(ad: Mapping[str, Any]) -> str:
    if url := ad.get("logo_url"):
        shown = f'<img src="{_html(url)}" alt="" width="56" height="56" loading="lazy">'
    else:
        shown = _html(ad.get("initials") or _initials(ad["employer_name"]))
    return f'<div class="logo-box" aria-hidden="true">{shown}</div>'


def _where(ad: Mapping[str, Any]) -> str:
    place, distance = ad.get("place"), ad.get("distance_km")
    html = _html(ad["employer_name"])
    if place:
        html += f"<span>{_html(place)}</span>"
    if distance is not None and distance != "":
        km = "moins de 1\u00a0km" if float(distance) < 1 else f"{number(distance)}\u00a0km"
        html += f'<span class="nowrap">{km}</span>'
    return f'<p class="where">{html}</p>'


@lru_cache(maxsize=512)
def _shown_day(day: date, today: date) -> str:
    """`today` is there for the cache alone: yesterday's "hier" is not today's."""
    return f'<time class="when" datetime="{day.isoformat()}">{relative_day(day)}</time>'


def _when(ad: Mapping[str, Any], today: date) -> str:
    published = ad.get("published")
    if not published:
        return ""
    return _shown_day(paris_day(published) if hasattr(published, "tzinfo") else published, today)


@register.simple_tag
def ad_rows(ads: Iterable[Mapping[str, Any]], level: int | str = 3) -> SafeString:
    """A list of ads: <ul class="rows">, an `ad_card` each."""
    today = paris_day()
    rows = "".join(f"<li>{_card(ad, level, today)}</li>" for ad in ads)
    return SafeString(f'<ul class="rows">{rows}</ul>')


@register.simple_tag
def ad_card(ad: Mapping[str, Any], level: int | str = 3) -> SafeString:
    """An ad in a list: <ul class="rows"><li>…</li></ul>. Many of them: `ad_rows`.

    ad: url, title, employer_name, logo_url, initials, place, distance_km, excerpt, the facts of `ad_facts`, published.
    Title and excerpt may be safe HTML with <mark>; everything else is escaped. level: of the heading.
    """
    return SafeString(_card(ad, level, paris_day()))


def _card(ad: Mapping[str, Any], level: int | str, today: date) -> str:
    heading = f"h{int(level or 3)}"
    excerpt = f'<p class="excerpt">{_html(ad["excerpt"])}</p>' if ad.get("excerpt") else ""
    return (
        f'<article class="ad">\n{_logo(ad)}\n<div>\n'
        f'<{heading}><a href="{_html(ad["url"])}">{typo(ad["title"])}</a></{heading}>\n'
        f"{_where(ad)}\n{excerpt}\n{ad_facts(ad)}\n</div>\n{_when(ad, today)}\n</article>"
    )
