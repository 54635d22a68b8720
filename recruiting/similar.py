"""Ads to propose where one is over or was just answered: same profession, then same place. All of them visible."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Value, When

from pages.models import JobAd


def similar_ads(ad: JobAd, limit: int = 4) -> list[JobAd]:
    """Visible ads of the same profession: the same department first, then the newest. One query."""
    department = ad.commune.department_id if ad.commune_id else None
    near = Case(
        When(commune__department_id=department, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    ads = JobAd.objects.visible().filter(profession_id=ad.profession_id).exclude(pk=ad.pk)
    rows = ads.select_related("employer__company_page", "commune", "contract_type", "agreement")
    return list(rows.order_by(near, "-first_published_at", "-pk")[:limit])
