"""What pages and other templates of lower layers show of recruiting: figures of answers, the ways to apply."""

from __future__ import annotations

from django import template
from django.urls import reverse

from accounts.models import Employer
from billing.tiers import Part, Tier
from pages import statistics
from pages.models import CompanyPage, JobAd
from recruiting import answers, applications
from recruiting.models import Application

register = template.Library()


@register.simple_tag
def response_rate(employer: Employer) -> str:
    """How much of its applications an employer answers, as a sentence; "" while too few say anything. One query."""
    return answers.sentence(employer)


@register.simple_tag
def application_count(ad: JobAd) -> int:
    """How many applications an ad has received. One query unless the ad is annotated with `applications_count`."""
    counted = getattr(ad, "applications_count", None)
    return ad.applications.count() if counted is None else counted


@register.simple_tag
def unanswered_count(employer: Employer | None) -> int:
    """How many applications wait for the employer's first answer. One query."""
    return Application.objects.filter(employer=employer).unanswered().count() if employer else 0


@register.simple_tag(takes_context=True)
def apply_url(context, ad: JobAd) -> str:
    """Where the button "Postuler" of a visible ad leads; it hands on where the reader came from."""
    url = reverse("recruiting:apply", args=[ad.pk])
    source = statistics.source_of(context["request"])
    return url if source == "direct" else f"{url}?{statistics.SOURCE_PARAMETER}={source}"


@register.simple_tag
def spontaneous_url(company: CompanyPage, tier: Tier | None = None) -> str:
    """Where a spontaneous application to this company begins; "" when it takes none.

    Two queries; none where the page that is shown knows its tier.
    """
    takes = tier.gives(Part.SPONTANEOUS) if tier else applications.takes_spontaneous(company.employer)
    if not takes:
        return ""
    return reverse("recruiting:apply_spontaneous", args=[company.pk])
