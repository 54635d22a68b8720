"""What the components of ads and companies show, for the lists that pages have of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.images import get_image_model

from billing import tiers
from billing.models import Entitlement
from billing.tiers import Part
from reference.dates import paris_day

from .models import CompanyPage, JobAd, Placement

LOGO = "max-112x112"
#: The unit that `pay_range` writes after an amount.
PAY_UNITS = {"mois": "brut/mois", "an": "brut/an", "heure": "brut/heure", "jour": "brut/jour"}
#: How many ads of other employers stand beside a page whose tier does not keep them away.
NEARBY = 3


def ad_rows(now: datetime | None = None):
    """Visible ads with all that a card needs, the newest placement first: two queries more for the logos."""
    now = now or timezone.now()
    running = Placement.objects.open_at(now).filter(ad=models.OuterRef("pk")).order_by("-ends_at")
    return (
        JobAd.objects.visible(now)
        .select_related("employer__company_page", "contract_type", "agreement", "commune")
        .prefetch_related(logo_renditions("employer__company_page__logo"))
        .annotate(placed_from=models.Subquery(running.values("opened_at")[:1]))
        .order_by("-placed_from", "-pk")
    )


def ad_cards(ads: Iterable[JobAd], request=None) -> list[dict[str, Any]]:
    """Cards of ads from `ad_rows`."""
    return [_ad_card(ad, request) for ad in ads]


def facts(ad: JobAd) -> dict[str, Any]:
    """The facts of an ad as its tags write them, always in this order."""
    contract = ad.contract_type.short if ad.contract_type else ""
    return {
        "contract": f"{contract} {ad.contract_length}".strip(),
        "working_time": ad.get_working_time_display(),
        "agreement": ad.agreement.short if ad.agreement else "",
        "pay_min": ad.pay_min,
        "pay_max": ad.pay_max,
        "pay_unit": PAY_UNITS.get(ad.pay_period, ""),
    }


def _ad_card(ad: JobAd, request) -> dict[str, Any]:
    company = ad.employer.company_page
    return facts(ad) | {
        "pk": ad.pk,
        "url": ad.get_url(request),
        "title": ad.title,
        "employer_name": company.title,
        "logo_url": logo_url(company),
        "initials": "",
        "place": ad.place,
        "distance_km": None,
        "excerpt": ad.lede,
        "sponsored": False,
        "published": ad.placed_from,
    }


def company_rows(now: datetime | None = None):
    """Live company pages with tier and number of visible ads: paid tiers first, then by name."""
    now = now or timezone.now()
    running = (
        Entitlement.objects.running(paris_day(now))
        .filter(employer=models.OuterRef("employer"), kind=Entitlement.Kind.COMPANY_PAGE)
        .order_by()
        .values("employer")
        .annotate(rank=models.Max(_rank()))
        .values("rank")
    )
    ads = (
        JobAd.objects.visible(now)
        .filter(employer=models.OuterRef("employer"))
        .order_by()
        .values("employer")
        .annotate(n=models.Count("pk"))
        .values("n")
    )
    return (
        CompanyPage.objects.live()
        .select_related("structure_type", "commune")
        .prefetch_related(logo_renditions("logo"))
        .annotate(
            tier_rank=models.functions.Coalesce(models.Subquery(running), 0),
            ads_count=models.functions.Coalesce(models.Subquery(ads), 0),
        )
        .order_by("-tier_rank", "title", "pk")
    )


def company_cards(companies: Iterable[CompanyPage], request=None) -> list[dict[str, Any]]:
    """Cards of companies from `company_rows`."""
    return [
        {
            "url": company.get_url(request),
            "name": company.title,
            "logo_url": logo_url(company),
            "initials": "",
            "kind": company.structure_type.short if company.structure_type else "",
            "place": str(company.commune) if company.commune else "",
            "ads_count": company.ads_count,
            "featured": tiers.TIERS[company.tier_rank].gives(Part.PRIORITY),
        }
        for company in companies
    ]


def nearby_ads(company: CompanyPage, request=None) -> list[dict[str, Any]]:
    """Cards of a few ads of other employers in the same département: none without a commune. Three queries."""
    if company.commune_id is None or company.commune is None:
        return []
    rows = ad_rows().filter(commune__department=company.commune.department_id)
    return ad_cards(rows.exclude(employer=company.employer_id)[:NEARBY], request)


def featured_companies(part: Part, count: int, day: date | None = None, request=None) -> list[dict[str, Any]]:
    """Cards of companies whose tier gives `part`: a few a day, each in its turn. Four queries, whatever their number.

    Whose turn it is follows from the day alone: everybody sees the same, and nobody is shown more often.
    """
    day = day or paris_day()
    now = timezone.now()
    paying = (
        Entitlement.objects.running(day)
        .filter(kind=Entitlement.Kind.COMPANY_PAGE, tier__in=tiers.codes_giving(part))
        .values("employer")
    )
    keys = list(
        CompanyPage.objects.live().filter(employer__in=paying).order_by("pk").values_list("pk", flat=True)
    )
    start = day.toordinal() * count % len(keys) if keys else 0
    chosen = (keys[start:] + keys[:start])[:count]
    rows = {page.pk: page for page in company_rows(now).filter(pk__in=chosen)} if chosen else {}
    return company_cards([rows[key] for key in chosen if key in rows], request)


def logo_renditions(path: str) -> models.Prefetch:
    """What to prefetch so that a list's logos cost two queries."""
    return models.Prefetch(path, queryset=get_image_model().objects.prefetch_renditions(LOGO))


def logo_url(company: CompanyPage) -> str:
    """The address of a company's small logo; "" without one, or when its file is lost."""
    if company.logo is None:
        return ""
    try:
        return str(company.logo.get_rendition(LOGO).url)
    except OSError:
        return ""


def _rank() -> models.Case:
    whens = [models.When(tier=tier.code, then=models.Value(tier.rank)) for tier in tiers.TIERS]
    return models.Case(*whens, default=models.Value(0))
