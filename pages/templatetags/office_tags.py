"""What commerce's pages of the office show of the pages above it."""

from django import template
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Employer
from pages.models import CompanyPage, JobAd

register = template.Library()


@register.simple_tag
def company_page_link(employer: Employer) -> str:
    """The employer's company page: in the editor, and in public once it is live. Three queries at most."""
    page = CompanyPage.objects.filter(employer=employer).first()
    if page is None:
        return "pas encore créée"
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if not page.live:
        return format_html('<a href="{}">{}</a> (brouillon)', editor, page.title)
    return format_html('<a href="{}">{}</a>, <a href="{}">voir en ligne</a>', editor, page.title, page.url)


@register.simple_tag
def employer_ads(employer: Employer) -> str:
    """How many ads the employer has, and how many of them the public sees. One query."""
    own = JobAd.objects.filter(employer=employer)
    seen = JobAd.objects.visible().filter(employer=employer).values("pk")
    counts = own.order_by().aggregate(made=Count("pk"), online=Count("pk", filter=Q(pk__in=seen)))
    made, online = counts["made"], counts["online"]
    if not made:
        return "aucune"
    return f"{made}\u00a0annonce{'s' if made > 1 else ''}, {online or 'aucune'} en ligne"
