"""Who a page, an image or a document in the editor and the API belongs to, and what recruiters find there.

Recruiters are customers in an admin that Wagtail wrote for trusted users. So its screens are allowed one by one, by the
name of their URL, and each identifier in an address must be one that the person may edit. Whatever is not answers 404
from one place here: somebody else's object and one that never was cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.images import get_image_model

from accounts.access import EDITORS
from accounts.models import Membership, User

from .models import CompanyPage, JobAd

SPACE = "/espace-recruteur/"
ADS = "/espace-recruteur/annonces/"
ACCOUNT = "/mon-compte/"

#: Screens of the admin that anybody may ask for: they show nothing of anyone's.
OPEN = frozenset(
    {"wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "wagtailadmin_login"}
)

#: Where recruiters are led from screens that are the office's way round; the space is theirs.
LED = {
    "wagtailadmin_home": SPACE,
    "wagtailadmin_explore_root": ADS,
    "wagtailadmin_explore": ADS,
    "wagtailadmin_account": ACCOUNT,
}

#: Screens of the admin that recruiters have. Everything else answers 404.
ALLOWED = frozenset(
    {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:revisions_unschedule",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_block_preview",
        "wagtailadmin_dismissibles",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:chosen_multiple",
        "wagtailimages_chooser:create",
        "commune_chooser:choose",
        "commune_chooser:choose_results",
        "commune_chooser:chosen",
        "ad_insert_fit",
        "ad_insert_preview",
    }
)

#: Operations of the API that recruiters have with their token.
API_ALLOWED = frozenset(
    {
        "list_pages",
        "find_page",
        "detail_page",
        "create_page",
        "update_page",
        "delete_page",
        "list_page_revisions",
        "detail_page_revision",
        "pages_actions_publish",
        "pages_actions_unpublish",
        "pages_actions_revert",
        "pages_actions_delete",
        "list_schemas",
        "get_schema_for_type",
        "whoami",
        "openapi-json",
        "openapi-view",
    }
)

#: Operations of the API that need no token. Pictures and documents have lists there too, of everybody's.
API_PUBLIC = frozenset({"list_pages", "find_page", "detail_page", "openapi-json", "openapi-view"})


def is_office(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_active and (user.is_staff or user.is_superuser)


def writes_for_an_employer(user: User) -> bool:
    """Whether this person is a member of some employer by a role that writes. One query."""
    return Membership.objects.filter(user=user, role__in=EDITORS).exists()


def may_edit_page(user: User, pk: object) -> bool:
    """Whether this is an ad or a company page that the person may edit; an absent one is not."""
    number = _number(pk)
    # Ads first: they are what is opened most.
    page = JobAd.objects.filter(pk=number).first() or CompanyPage.objects.filter(pk=number).first()
    return page is not None and page.permissions_for_user(user).can_edit()


def may_use_images(user: User, pks: Iterable[object]) -> bool:
    """Whether all these images are in a collection of an employer for which the person writes."""
    numbers = {_number(pk) for pk in pks}
    own = get_image_model().objects.filter(pk__in=numbers, collection__employer__in=employers_of(user))
    return own.count() == len(numbers)


def may_use_collections(user: User, pks: Iterable[object]) -> bool:
    """Whether all these collections are those of employers for which the person writes."""
    wanted = {_number(pk) for pk in pks}
    return wanted <= set(collections_of(user))


def ids_are_own(request: HttpRequest, view_name: str, kwargs: dict) -> bool:
    """Whether every identifier that a request to an allowed screen names is one that the person may edit."""
    user, namespace = request.user, view_name.partition(":")[0]
    pages = [kwargs[name] for name in ("page_id", "parent_page_id") if name in kwargs]
    images: list[object] = []
    if namespace == "wagtailadmin_pages" and "pk" in kwargs:
        pages.append(kwargs["pk"])
    if view_name == "wagtailadmin_editing_sessions:ping":
        if (kwargs["app_label"], kwargs["model_name"]) != ("wagtailcore", "page"):
            return False
        pages.append(kwargs["object_id"])
    if namespace == "wagtailimages_chooser":
        images += [kwargs["pk"]] if "pk" in kwargs else request.GET.getlist("id")
    collections: list[object] = [pk for pk in request.GET.getlist("collection_id") if pk]
    if view_name == "wagtailimages_chooser:create":
        # The upload form offers each collection of the person's groups, also of an employer where it only reads.
        collections += [pk for name, pk in request.POST.items() if name.endswith("collection") and pk]
    return (
        all(may_edit_page(user, pk) for pk in pages)
        and (not images or may_use_images(user, images))
        and (not collections or may_use_collections(user, collections))
    )


def employers_of(user: User):
    """The employers for which the person writes, as a subquery of their keys."""
    return Membership.objects.filter(user=user, role__in=EDITORS).values("employer")


def collections_of(user: User) -> list[int]:
    """The keys of the image collections of the employers for which the person writes. One query."""
    return list(employers_of(user).values_list("employer__collection_id", flat=True))


def _number(pk: object) -> int:
    """The number of a key; what is none is nobody's."""
    text = str(pk)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
