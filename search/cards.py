"""From finds to what a card shows: from their documents, and from the database only where those may be stale.

An index hears of a change a moment later; a page may not. Every change of something public leaves a row of the outbox
in its own transaction, so one query tells which of the finds are waiting for the index, or have only just been written
to it: those, usually none, are read through the one rule of visibility, `visible()`. What was taken offline is gone at
once, whatever an index says. What ends by itself is a condition of the search.

Each function returns the cards in the order of the finds, and the keys of those that are gone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.safestring import SafeString

from outbox.models import Entry as Waiting
from pages.cards import ad_cards, ad_rows, company_cards, company_rows
from pages.models import JobAd
from recruiting.models import Candidate
from recruiting.teasers import teaser
from search.documents import lifted_until, paid_pages
from search.engines.base import Hit, Results

Card = dict[str, Any]
#: After so long every reader of an index sees what was written to it: its refresh is every second.
SETTLED = timedelta(seconds=5)
#: What a card may lack in its document: there nothing is kept that is empty.
_NO_FACTS: Card = dict.fromkeys(
    ("employer_name", "logo_url", "initials", "place", "excerpt", "contract", "working_time", "agreement"), ""
) | {"pay_min": None, "pay_max": None, "pay_unit": ""}


def _marked(html: str, plain: str) -> SafeString:
    """HTML that an engine escaped, or `plain` escaped here."""
    return SafeString(html or escape(plain))


def _km(hit: Hit) -> int | None:
    return None if hit.distance_km is None else round(hit.distance_km)


def _changing(results: Results, topic: str, now: datetime) -> set[int]:
    """Which of the finds changed so lately that the index may not show it yet. One query."""
    keys = [str(hit.pk) for hit in results.hits]
    return {int(key) for key in Waiting.objects.changing(topic, keys, now - SETTLED)}


def _to_read(results: Results, topic: str, now: datetime) -> set[int]:
    """Keys of the finds whose card must come from the database."""
    without = {hit.pk for hit in results.hits if hit.card is None}
    return without | _changing(results, topic, now)


def ads(results: Results, request: Any = None) -> tuple[list[Card], set[int]]:
    """Cards of ads: one query when nothing changed lately, five more when something did, whatever their number."""
    now = timezone.now()
    to_read = _to_read(results, "search.ad", now)
    fresh = _fresh_ads(to_read, now, request) if to_read else {}
    cards = []
    for hit in results.hits:
        card = fresh.get(hit.pk) if hit.pk in to_read else _kept_ad(hit)
        if card is not None:
            card["plain_title"] = card["title"]
            card["title"] = _marked(hit.title_html, card["title"])
            card["excerpt"] = _marked(hit.snippet_html, card["excerpt"])
            card["distance_km"] = _km(hit)
            cards.append(card)
    return cards, to_read - set(fresh)


def _kept_ad(hit: Hit) -> Card:
    card: Card = {**_NO_FACTS, **(hit.card or {}), "sponsored": hit.sponsored}
    card["published"] = datetime.fromisoformat(card["published"])
    return card


def _fresh_ads(keys: Collection[int], now: datetime, request: Any) -> dict[int, Card]:
    rows = list(ad_rows(now).filter(pk__in=keys))
    paid = paid_pages({ad.employer_id for ad in rows}, now)
    fresh = {}
    for ad, card in zip(rows, ad_cards(rows, request), strict=True):
        fresh[ad.pk] = card | {"sponsored": lifted_until(paid.get(ad.employer_id)) is not None}
    return fresh


def companies(results: Results, request: Any = None) -> tuple[list[Card], set[int]]:
    """Cards of company pages with their counts of public ads: two queries when nothing changed lately, else five."""
    now = timezone.now()
    to_read = _to_read(results, "search.company", now)
    rows = company_rows(now).filter(pk__in=to_read) if to_read else []
    fresh = dict(zip([row.pk for row in rows], company_cards(rows, request), strict=True)) if to_read else {}
    kept = [hit for hit in results.hits if hit.pk not in to_read]
    counts = _ads_of([hit.card["employer"] for hit in kept if hit.card], now) if kept else {}
    cards = []
    for hit in results.hits:
        if hit.pk in fresh:
            card = fresh[hit.pk]
        elif hit.pk not in to_read and hit.card:
            own = {"featured": hit.sponsored, "ads_count": counts.get(hit.card["employer"], 0)}
            card = {"logo_url": "", "kind": "", "place": "", "initials": "", **hit.card, **own}
        else:
            continue
        found = {"marked_name": _marked(hit.title_html, card["name"]), "excerpt": _quoted(hit)}
        cards.append({**card, **found, "distance_km": _km(hit)})
    return cards, to_read - set(fresh)


def _quoted(hit: Hit) -> SafeString:
    """The words that were found in a text, with what stands around them; "" when none was."""
    return SafeString(hit.snippet_html if "<mark>" in hit.snippet_html else "")


def _ads_of(employers: list[int], now: datetime) -> dict[int, int]:
    """How many public ads each of these employers has."""
    rows = JobAd.objects.visible(now).filter(employer__in=employers).order_by().values("employer")
    return dict(rows.annotate(n=Count("pk")).values_list("employer", "n"))


def cvs(results: Results, *, quoted: bool) -> tuple[list[Card], set[int]]:
    """Cards of profiles: two queries. `quoted`: with the words that were found, for who may read the CV.

    Always read through `in_library()`: a person who takes a consent back is gone at once, and no index keeps a teaser.
    """
    hits = {hit.pk: hit for hit in results.hits}
    rows = Candidate.objects.in_library().filter(pk__in=list(hits)).select_related("profession", "commune")
    found = {row.pk: row for row in rows.prefetch_related("diplomas")}
    cards = []
    for hit in results.hits:
        candidate = found.get(hit.pk)
        if candidate is None:
            continue
        card = teaser(candidate) | {"distance_km": _km(hit)}
        if quoted:
            card["excerpt"] = _marked(hit.snippet_html, "")
        cards.append(card)
    return cards, set(hits) - set(found)
