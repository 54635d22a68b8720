"""From finds to what a card shows, read from the database: an index may be late, a page may not.

The one rule of visibility is asked here once more, in the query that reads the cards: what was taken offline is gone
at once, whatever an index says. Each function returns the cards in the order of the finds, and the keys of those
that are gone.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from pages.cards import ad_cards, ad_rows, company_cards, company_rows
from recruiting.models import Candidate
from recruiting.teasers import teaser
from search.documents import lifted_until, paid_pages
from search.engines.base import Hit, Results

Card = dict[str, Any]


def _marked(html: str, plain: str) -> SafeString:
    """HTML that an engine escaped, or `plain` escaped here."""
    return mark_safe(html or escape(plain))  # noqa: S308


def _km(hit: Hit) -> int | None:
    return None if hit.distance_km is None else round(hit.distance_km)


def _in_order(results: Results, rows: dict[int, Any]) -> tuple[list[Any], set[int]]:
    keys = [hit.pk for hit in results.hits]
    return [rows[key] for key in keys if key in rows], set(keys) - set(rows)


def ads(results: Results, request: Any = None) -> tuple[list[Card], set[int]]:
    """Cards of ads: four queries, whatever their number."""
    now = timezone.now()
    hits = {hit.pk: hit for hit in results.hits}
    found, gone = _in_order(results, {ad.pk: ad for ad in ad_rows(now).filter(pk__in=list(hits))})
    paid = paid_pages({ad.employer_id for ad in found}, now)
    cards = ad_cards(found, request)
    for ad, card in zip(found, cards, strict=True):
        hit = hits[ad.pk]
        card["title"] = _marked(hit.title_html, ad.title)
        card["excerpt"] = _marked(hit.snippet_html, ad.lede)
        card["distance_km"] = _km(hit)
        card["sponsored"] = lifted_until(paid.get(ad.employer_id)) is not None
    return cards, gone


def companies(results: Results, request: Any = None) -> tuple[list[Card], set[int]]:
    """Cards of company pages with their counts of public ads: three queries."""
    keys = [hit.pk for hit in results.hits]
    found, gone = _in_order(results, {page.pk: page for page in company_rows().filter(pk__in=keys)})
    return company_cards(found, request), gone


def cvs(results: Results, *, quoted: bool) -> tuple[list[Card], set[int]]:
    """Cards of profiles: two queries. `quoted`: with the words that were found, for who may read the CV."""
    hits = {hit.pk: hit for hit in results.hits}
    rows = Candidate.objects.in_library().filter(pk__in=list(hits)).select_related("profession", "commune")
    found, gone = _in_order(results, {row.pk: row for row in rows.prefetch_related("diplomas")})
    cards = []
    for candidate in found:
        hit = hits[candidate.pk]
        card = teaser(candidate) | {"distance_km": _km(hit)}
        if quoted:
            card["excerpt"] = _marked(hit.snippet_html, "")
        cards.append(card)
    return cards, gone
