"""Who counts as a reader, and where a reader came from: by the request alone, nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from crawleruseragents import is_crawler
from django.apps import apps
from django.http import HttpRequest

from . import counters

if TYPE_CHECKING:
    from pages.models import JobAd

#: What reads pages without being a crawler of the library's list: scripts, browsers without a head, previews.
TOOLS = re.compile(
    r"bot\b|crawl|spider|preview|monitor|curl|wget|python|httpx|java/|go-http|node|undici|axios|headless|lighthouse",
    re.IGNORECASE,
)
ENGINES = re.compile(
    r"(^|\.)(google|bing|duckduckgo|qwant|ecosia|yahoo|lilo|startpage|brave)\.[a-z]{2,3}(\.[a-z]{2})?$"
)
SOCIAL = re.compile(
    r"(^|\.)(facebook\.com|linkedin\.com|lnkd\.in|instagram\.com|twitter\.com|x\.com|t\.co|whatsapp\.com|tiktok\.com"
    r"|youtube\.com|bsky\.app|mastodon\.social|reddit\.com|threads\.net)$"
)
#: How our own links say where they stand (`utm_medium`): in a mail, in the magazine, in a feed.
MARKS = {"email": "mail", "print": "print", "api": "api", "feed": "api", "rss": "api", "social": "social"}
#: The parameter by which an ad's page hands its reader's source on to "Postuler".
SOURCE_PARAMETER = "de"
COMPANY = re.compile(r"/entreprises/[^/]+/")


def count_view(ad: JobAd, request: HttpRequest) -> None:
    """Count a look at an ad's page, unless by a robot, the office or its own team, or when it only comes back to it.

    Writes nothing yet: see `counters.add`. A query only for somebody who is logged in.
    """
    if request.method == "GET" and not _comes_back(request, ad):
        _count(request, [ad.pk], "views", source_of(request))


def count_apply_click(ad: JobAd, request: HttpRequest) -> None:
    """Count the opening of an ad's form, or the way to the employer's own; the same exceptions.

    The source is the one of the look at the ad's page, which its link tells; never a free text.
    """
    if request.method == "GET":
        told = request.GET.get(SOURCE_PARAMETER, "")
        _count(request, [ad.pk], "apply_clicks", told if told in _sources() else source_of(request))


def count_appearances(ads: Iterable[int], request: HttpRequest, source: str) -> None:
    """Count that these ads stood in a list of results; the same exceptions."""
    if request.method == "GET":
        _count(request, ads, "appearances", source)


def source_of(request: HttpRequest) -> str:
    """Where a reader came from (a value of AdDay.Source): the mark of our own links, else the referring address."""
    mark = MARKS.get(request.GET.get("utm_medium", ""))
    if mark:
        return mark
    referrer = referrer_of(request)
    host = (referrer.hostname or "").lower()
    if not host:
        return "direct"
    if referrer.netloc == request.get_host():
        if referrer.path.startswith("/annonces/"):
            return "search"
        return "company" if COMPANY.fullmatch(referrer.path) else "site"
    if ENGINES.search(host):
        return "engine"
    return "social" if SOCIAL.search(host) else "other"


@lru_cache(maxsize=2048)
def is_robot(agent: str) -> bool:
    """Whether a user agent says that no person reads; one that says nothing is taken for a robot."""
    return not agent or bool(TOOLS.search(agent)) or is_crawler(agent)


def _count(request: HttpRequest, ads: Iterable[int], counter: str, source: str) -> None:
    pks = list(ads)
    if pks and _is_reader(request):
        counters.add(_without_own(request, pks), counter, source)


def _is_reader(request: HttpRequest) -> bool:
    headers = request.headers
    if getattr(request, "is_preview", False):
        return False
    if is_robot(headers.get("User-Agent", "")[:400]):
        return False
    purpose = headers.get("Sec-Purpose", "") or headers.get("Purpose", "") or headers.get("X-Moz", "")
    if "prefetch" in purpose or "preview" in purpose:
        return False
    # Browsers ask so when a page is loaded again: the same reader, the same look.
    if headers.get("Cache-Control", "").strip().lower() in ("max-age=0", "no-cache"):
        return False
    return not request.user.is_staff


def _without_own(request: HttpRequest, pks: list[int]) -> list[int]:
    """Without the ads of the employers that the person is a member of."""
    if not request.user.is_authenticated:
        return pks
    own = [membership.employer_id for membership in request.memberships]  # type: ignore[attr-defined]
    if not own:
        return pks
    ads = apps.get_model("pages", "JobAd").objects.filter(pk__in=pks).exclude(employer__in=own)
    return list(ads.order_by().values_list("pk", flat=True))


def _comes_back(request: HttpRequest, ad: JobAd) -> bool:
    """From the ad's own page or from its form."""
    referrer = referrer_of(request)
    own = (request.path, f"/postuler/{ad.pk}/")
    return referrer.netloc == request.get_host() and referrer.path in own


def referrer_of(request: HttpRequest) -> SplitResult:
    """The referring address; an empty one when there is none or the browser sent nonsense."""
    try:
        return urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return urlsplit("")


def _sources() -> frozenset[str]:
    return frozenset(apps.get_model("pages", "AdDay").Source.values)
