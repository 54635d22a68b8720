"""Daily totals of what happens with an ad, by source. No visitor is kept: no identifier, no address, no cookie."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.apps import apps
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.http import HttpRequest

from accounts.models import Membership
from reference.dates import paris_day

if TYPE_CHECKING:
    from .models import JobAd

logger = logging.getLogger(__name__)

ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|httpx|java/|go-http|headless|facebookexternalhit|"
    r"lighthouse|scrapy|feed|archive",
    re.IGNORECASE,
)
ENGINES = re.compile(r"(^|\.)(google|bing|duckduckgo|qwant|ecosia|yahoo|lilo|startpage|brave)\.")
COUNTERS = frozenset({"appearances", "views", "apply_clicks"})


def count_view(ad: JobAd, request: HttpRequest) -> None:
    """Count a look at an ad's page, unless by a robot, the office or its own team."""
    if _counts(request, ad):
        add([ad.pk], "views", source_of(request))


def count_apply_click(ad: JobAd, request: HttpRequest) -> None:
    """Count a click on "postuler" of an ad that sends candidates elsewhere; the same exceptions."""
    if _counts(request, ad):
        add([ad.pk], "apply_clicks", source_of(request))


def add(ads: Iterable[int], counter: str, source: str) -> None:
    """Add one to a counter of today for each of these ads. One query when the day's rows exist.

    A busy database loses a count rather than a reader's page.
    """
    if counter not in COUNTERS:
        raise ValueError(counter)
    day, pks = paris_day(), set(ads)
    try:
        rows = _days().filter(ad__in=pks, day=day, source=source)
        if rows.update(**{counter: F(counter) + 1}) == len(pks):
            return
        for pk in pks - set(rows.values_list("ad", flat=True)):
            _begin_day(pk, counter, source, day)
    except OperationalError:
        logger.warning("A count of %s was lost: the database is busy", counter)


def _begin_day(pk: int, counter: str, source: str, day) -> None:
    try:
        with transaction.atomic():
            _days().create(ad_id=pk, day=day, source=source, **{counter: 1})
    except IntegrityError:
        # Somebody else began the day in between.
        _days().filter(ad=pk, day=day, source=source).update(**{counter: F(counter) + 1})


def _days():
    return apps.get_model("pages", "AdDay").objects


def source_of(request: HttpRequest) -> str:
    """Where a reader came from (a value of AdDay.Source), by the referring address and the marks of our mails."""
    if request.GET.get("utm_medium") == "email":
        return "mail"
    referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    if not referrer.netloc:
        return "direct"
    if referrer.netloc == request.get_host():
        return "company" if referrer.path.startswith("/entreprises/") else "search"
    return "engine" if ENGINES.search(referrer.netloc.lower()) else "other"


def _counts(request: HttpRequest, ad: JobAd) -> bool:
    agent = request.META.get("HTTP_USER_AGENT", "")
    if request.method != "GET" or not agent or ROBOTS.search(agent) or getattr(request, "is_preview", False):
        return False
    user = request.user
    if not user.is_authenticated:
        return True
    return not (user.is_staff or Membership.objects.filter(user=user, employer=ad.employer_id).exists())
