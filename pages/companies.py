"""Company pages: the one place where an employer's page comes into being, and what its tier gives."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page

from accounts.models import Employer, User
from billing import entitlements, tiers
from billing.models import Entitlement
from billing.tiers import Tier
from reference.dates import paris_day

from .models import CompanyIndexPage, CompanyPage
from .tree import add_child

#: What an employer's group may do on its own page and below. The permission testers take the rest away.
PAGE_RIGHTS = ["add_page", "change_page", "publish_page"]


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


def tier_of(employer: Employer) -> Tier:
    """The tier that the employer's page has today: the highest that runs, or standard. One query."""
    return tiers.tier(entitlements.company_tier(employer))


@dataclass(frozen=True)
class Standing:
    """What an employer has of the tiers today, as its own screens say it."""

    tier: Tier
    #: The last day of the tier, prolongations included; None for the standard page.
    ends_on: date | None
    #: The last day of the paid tier that ran before; None while one runs, or when none ever did.
    ended_on: date | None


def standing(employer: Employer, day: date | None = None) -> Standing:
    """The tier today, until when, and since when a paid one is over. One query."""
    day = day or paris_day()
    rights = Entitlement.objects.filter(employer=employer, kind=Entitlement.Kind.COMPANY_PAGE)
    rows = list(rights.values_list("tier", "starts_on", "ends_on"))
    now = [tiers.tier(code) for code, starts, ends in rows if starts <= day <= ends]
    tier = max(now, key=lambda row: row.rank, default=tiers.STANDARD)
    if tier.is_paid:
        return Standing(tier, max(ends for code, _, ends in rows if code == tier.code), None)
    ended = [ends for code, _, ends in rows if ends < day and tiers.tier(code).is_paid]
    return Standing(tier, None, max(ended, default=None))
