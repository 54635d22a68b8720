"""The office tries a search, and puts the drafted rules in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts.ratelimits import limited
from billing.office.actions import needs
from pages.models import JobAd
from search.engines.base import AdQuery, Engine, SearchUnavailable
from search.language import understand
from search.vocabulary import applied, checking, synonyms
from search.vocabulary.office import APPLY

FINDS = 10
ACTION = "search.vocabulary_applied"


@dataclass
class Tried:
    """What one engine finds."""

    engine: str
    total: int = 0
    ads: list[dict[str, Any]] | None = None
    error: str = ""


def _engines() -> list[Engine]:
    from search.engines.database import DatabaseEngine
    from search.engines.elasticsearch import ElasticsearchEngine

    return [ElasticsearchEngine(), DatabaseEngine()] if settings.ELASTICSEARCH_URL else [DatabaseEngine()]


def _found(engine: Engine, text: str) -> Tried:
    names = {"elasticsearch": "Elasticsearch", "database": "Base de données (secours)"}
    tried = Tried(names.get(engine.name, engine.name))
    try:
        results = engine.ads(AdQuery(text, page_size=FINDS, facets=False))
    except SearchUnavailable:
        tried.error = "Ce moteur ne répond pas pour l’instant."
        return tried
    rows = JobAd.objects.filter(pk__in=[hit.pk for hit in results.hits]).select_related("profession")
    ads = {ad.pk: ad for ad in rows.order_by("pk")}
    tried.total = results.total
    tried.ads = [
        {"ad": ads[hit.pk], "title_html": hit.title_html, "snippet_html": hit.snippet_html}
        for hit in results.hits
        if hit.pk in ads
    ]
    return tried


def _how_many(needed: int, of: int) -> str:
    return "Il faut" if needed == of else f"Il en faut au moins {needed} sur {of}"


def _reading(text: str) -> dict[str, Any]:
    """How a text is understood by the rules of the moment, and what each engine finds by it."""
    asked = understand(text)

    def said(units) -> list[dict[str, Any]]:
        return [
            {
                "typed": " ".join(unit.typed),
                "known": unit.known,
                "alternatives": [" ".join(phrase) for phrase in unit.alternatives],
            }
            for unit in units
        ]

    return {
        "groups": [
            group
            for group in (
                ("Il faut", said(asked.must)),
                (_how_many(asked.steps[0], len(asked.some)), said(asked.some)),
                ("Compte pour l’ordre seulement", said(asked.lifts)),
                ("Exclu", said(asked.excluded)),
            )
            if group[1]
        ],
        "dropped": asked.dropped,
        "is_sentence": asked.is_sentence,
        "tried": [_found(engine, text) for engine in _engines()],
    }


@require_safe
@needs(APPLY)
@limited("office", "120/m/user")
def tester(request: HttpRequest) -> HttpResponse:
    """How words are understood and what they find, with the rules in force and with those drafted."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ")[:150].split())
    pending = applied.pending()
    readings = []
    if text:
        readings.append(("Règles en usage", _reading(text)))
        if pending:
            with synonyms.trying(applied.on_trial()):
                readings.append(("Règles enregistrées, pas encore appliquées", _reading(text)))
    context = {
        "text": text,
        "readings": readings,
        "pending": pending,
        "warnings": checking.widenings(pending.added),
    }
    return render(request, "search/office/tester.html", context)


@require_POST
@needs(APPLY)
@limited("office", "120/m/user")
def apply(request: HttpRequest) -> HttpResponse:
    """Put the drafted rules in force."""
    try:
        version = applied.apply()
    except ValidationError as refusal:
        for said in refusal.messages:
            messages.error(request, said)
    else:
        log(instance=version, action=ACTION, user=request.user)
        messages.success(request, "Les règles sont en usage : toutes les recherches les suivent désormais.")
    return redirect("search_office_tester")
