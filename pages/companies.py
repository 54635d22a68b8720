"""Company pages: the one place where an employer's page comes into being, and what its tier gives."""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from accounts.models import Employer, User
from billing.models import Entitlement, Offer
from reference.dates import paris_day

from .models import CompanyIndexPage, CompanyPage
from .tree import add_child

#: What an employer's group may do on its own page and below. The permission testers take the rest away.
PAGE_RIGHTS = ["add_page", "change_page", "publish_page"]
PAID_TIERS = (Offer.Tier.BRAND, Offer.Tier.BRAND_PLUS)


@transaction.atomic
def create_page(employer: Employer, user: User | None) -> CompanyPage:
    """Make the employer's page as a draft, and give its group the page. An employer that has one gets that one.

    Locks the row of the list of companies.
    """
    index = CompanyIndexPage.objects.get()
    Page.objects.select_for_update().get(pk=index.pk)
    page = CompanyPage.objects.filter(employer=employer).first()
    if page is None:
        page = CompanyPage(
            employer=employer, title=employer.legal_name, commune=employer.commune, live=False, owner=user
        )
        add_child(index, page)
        page.save_revision(user=user, clean=False)
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    for permission in rights:
        GroupPagePermission.objects.get_or_create(group=employer.group, page=page, permission=permission)
    return page


def tier_of(employer: Employer) -> str:
    """The tier that the employer's page has today: the best of its running entitlements, or standard. One query."""
    running = Entitlement.objects.running(paris_day(timezone.now())).filter(
        employer=employer, kind=Entitlement.Kind.COMPANY_PAGE
    )
    tiers = set(running.values_list("tier", flat=True))
    return next((tier for tier in reversed(PAID_TIERS) if tier in tiers), Offer.Tier.STANDARD)
