"""Sentences about an ad's life that several screens say."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from .models import CompanyPage, JobAd


def published_sentence(page: JobAd | CompanyPage, now: datetime) -> str:
    """What its author reads after "publier"."""
    if isinstance(page, CompanyPage):
        return f"La page de {page.title} est en ligne, dans «\u00a0Les entreprises\u00a0»."
    scheduled = page.scheduled_revision
    if scheduled and scheduled.approved_go_live_at > now:
        when = date_format(timezone.localtime(scheduled.approved_go_live_at), "j F Y à H:i")
        return f"«\u00a0{page.draft_title}\u00a0» est programmée pour le {when}. Un crédit sera utilisé ce jour-là."
    placement = page.placements.open_at(now).first()
    if placement is None:
        return f"«\u00a0{page.title}\u00a0» est enregistrée."
    return f"«\u00a0{page.title}\u00a0» est en ligne jusqu’au {date_format(placement.last_day, 'j F Y')}."
