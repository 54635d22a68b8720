"""The site's fixed parts: page tree, editorial pages, office groups. What exists already is never overwritten."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
)

from billing.office import ensure_groups as ensure_commerce_groups

from . import review
from .models import CompanyIndexPage, EditorialPage, HomePage
from .texts import COMPANY_INDEX, EDITORIAL, HOME, to_html

SALES = "Commercial"
DESK = "Rédaction print"
MODERATION = "Modération"

#: What each office group may do with pages, given once at the root of the tree.
PAGE_RIGHTS = {
    SALES: ["add_page", "change_page", "publish_page"],
    DESK: ["add_page", "change_page", "publish_page"],
    MODERATION: ["add_page", "change_page", "publish_page", "unlock_page", "lock_page"],
}
IMAGE_RIGHTS = ["add_image", "change_image", "choose_image"]


@transaction.atomic
def setup_site() -> HomePage:
    """Make what is missing of the site's fixed parts. Safe to run at each deployment.

    Locks the root page, so that two deployments at once make one tree.
    """
    root = Page.objects.select_for_update().get(depth=1)
    home = HomePage.objects.first()
    if home is None:
        _remove_wagtail_defaults()
        home = _publish_under(root, HomePage(**(HOME | {"body": to_html(HOME["body"])})))
    _point_site_at(home)
    if not CompanyIndexPage.objects.exists():
        _publish_under(home, CompanyIndexPage(**COMPANY_INDEX))
    for slug, (title, lede, text) in EDITORIAL.items():
        if not Page.objects.child_of(home).filter(slug=slug).exists():
            _publish_under(
                home,
                EditorialPage(
                    title=title, slug=slug, lede=lede, body=to_html(text), shows_employers=slug == "magazine"
                ),
            )
    ensure_groups()
    return home


def ensure_groups() -> None:
    """The office's groups with their rights; those on commerce are given by billing."""
    root = Page.objects.get(depth=1)
    collection = Collection.objects.get(depth=1)
    admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, codenames in PAGE_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(admin)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=codenames
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailimages", codename__in=IMAGE_RIGHTS
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    magazine = Permission.objects.filter(
        content_type__app_label="pages",
        content_type__model__in=["magazineissue", "printinsert"],
        codename__regex="^(add|change|view)_",
    )
    Group.objects.get(name=DESK).permissions.add(*magazine)
    contact = Permission.objects.filter(
        content_type__app_label="pages",
        content_type__model="contactmessage",
        codename__regex="^(change|view)_",
    )
    Group.objects.get(name=SALES).permissions.add(*contact)
    rules_of_ads = Permission.objects.filter(
        content_type__app_label="pages", codename__in=["change_reviewsettings", "change_adrules"]
    )
    for group in Group.objects.filter(name__in=[SALES, MODERATION]):
        group.permissions.add(*rules_of_ads)
    ensure_commerce_groups()
    review.workflow()


def _remove_wagtail_defaults() -> None:
    """Wagtail's first migration leaves a welcome page, two groups with rights everywhere and a workflow."""
    for page in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        page.delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()
    # Publishing is direct: what stops an ad is the guard, not an approval.
    WorkflowPage.objects.filter(page__depth=1).delete()
    Workflow.objects.filter(name="Moderators approval").update(active=False)


def _publish_under(parent: Page, page: Page) -> Page:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _point_site_at(home: HomePage) -> None:
    """One default site whose root is the home page; an operator's own host name is left alone."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk and site.root_page_id == home.pk:
        return
    address = urlsplit(settings.SITE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
