"""What the public pages show. The page types ask here; nothing of it changes anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from billing.tiers import Part
from pages.statistics.readers import referrer_of

if TYPE_CHECKING:
    from .models import CompanyPage, JobAd

#: How long the address of an ad that is over says so with a proper page; afterwards it is gone.
REMEMBERED = timedelta(days=30)
#: The list that an ad belongs to: where "back to the results" leads without results to go back to.
ADS_LIST = "/annonces/"


def is_visible(ad: JobAd) -> bool:
    """Whether the public sees the ad now. One query."""
    return type(ad).objects.visible().filter(pk=ad.pk).exists()


def was_public(ad: JobAd) -> bool:
    """Whether the ad was ever public, and is still that of an employer with a public page. Two queries."""
    return ad.employer.company_page.live and ad.placements.exists()


def over_since(ad: JobAd, now: datetime) -> datetime:
    """Since when an ad that was public is over; an ad taken offline in mid-run is so since now."""
    placement = ad.placements.latest("opened_at")
    moments = [placement.ends_at, placement.closed_at, ad.filled_at]
    return min([moment for moment in moments if moment and moment <= now], default=now)


def ad_is_over(ad: JobAd, request: HttpRequest) -> HttpResponse:
    """The page of an ad that is no longer online: says so and proposes others. 410 when it was long ago."""
    now = timezone.now()
    if now - over_since(ad, now) > REMEMBERED:
        return render(request, "410.html", status=410)
    context = {
        "page": ad,
        "company": ad.employer.company_page,
        "is_withdrawn": ad.placements.open_at(now).exists(),
    }
    return render(request, "pages/ad_over.html", context)


def ad_context(ad: JobAd, request: HttpRequest) -> dict[str, Any]:
    """What an ad's page shows, also as a preview before it was ever published."""
    from . import cards, jsonld

    company = ad.employer.company_page
    placement = ad.placements.open_at(timezone.now()).first() if ad.pk else None
    others = cards.ad_rows().filter(employer=ad.employer_id).exclude(pk=ad.pk).count()
    context = {
        "company": company,
        "logo_url": cards.logo_url(company),
        "facts": cards.facts(ad),
        "placement": placement,
        "other_ads": others,
        "back_url": back_to_results(request),
    }
    if placement and not getattr(request, "is_preview", False):
        url = ad.get_full_url(request)
        context |= {
            "canonical": url,
            "json_ld": jsonld.script_text(ad, url, placement.opened_at, placement.ends_at),
        }
    return context


def back_to_results(request: HttpRequest) -> str:
    """The list of results that the reader came from, with its words and filters; "" when it came from elsewhere."""
    referrer = referrer_of(request)
    if referrer.netloc == request.get_host() and referrer.path == ADS_LIST:
        return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    return ""


def company_context(company: CompanyPage, request: HttpRequest) -> dict[str, Any]:
    """What a company's page shows; the parts of a paid tier only while one runs, or where a preview asks for it."""
    from . import blocks, cards, companies

    tier = getattr(request, "preview_tier", None) or companies.tier_of(company.employer)
    photos = list(_photos(company, request))
    brand = blocks.shown(company.brand, tier)
    _fetch_renditions([*(photo.image for photo in photos), *blocks.images(brand)])
    ads = cards.ad_rows().filter(employer=company.employer_id)
    return {
        "ads": cards.ad_cards(ads, request),
        "logo_url": cards.logo_url(company),
        "cover": photos[0] if photos else None,
        "photos": photos[1:],
        "tier": tier,
        "brand_blocks": brand,
        "establishments": company.employer.establishments.current().select_related(
            "commune__department", "structure_type"
        ),
        "nearby": [] if tier.gives(Part.ALONE) else cards.nearby_ads(company, request),
    }


def _photos(company: CompanyPage, request: HttpRequest):
    """The photos: rows of the public page; what a preview holds is no row yet."""
    if getattr(request, "is_preview", False):
        return company.photos.all()
    return company.photos.select_related("image")


def _fetch_renditions(images: list) -> None:
    """Fetch the renditions of all pictures of a page in one query."""
    if images:
        prefetch_related_objects(images, Prefetch("renditions", to_attr="prefetched_renditions"))
