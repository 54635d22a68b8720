"""Thousands of employers and ads, by the row: copies of one employer and one ad that the services made.

Pages get treebeard's paths; the rows of the page types, of placements and versions are copied in the database itself.
"""

import uuid

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Revision

from accounts.models import Employer, Membership, User
from pages.companies import PAGE_RIGHTS
from pages.models import CompanyIndexPage, CompanyPage, JobAd, Placement

IMAGE_RIGHTS = ["add_image", "change_image", "choose_image"]
BATCH = 2000


def add_ads(company: CompanyPage, count: int) -> None:
    """So many live ads under this page, like the first that is there."""
    first = JobAd.objects.child_of(company).first()
    _ads_under([company], count, like=first, beginning=JobAd.objects.child_of(company).count())
    finish()


def add_employers(count: int, ads_each: int, like: JobAd) -> None:
    """So many employers, each with a member, a group, a collection, a page and so many live ads."""
    model = like.employer
    groups = Group.objects.bulk_create([Group(name=f"Employeur {uuid.uuid4()}") for _ in range(count)], BATCH)
    collections = _collections(count)
    people = User.objects.bulk_create(
        [
            User(email=f"{uuid.uuid4()}@bench.example", first_name="Alix", last_name=f"Tenant {n}")
            for n in range(count)
        ],
        BATCH,
    )
    for person in people:
        person.set_unusable_password()
    places = zip(groups, collections, strict=True)
    employers = Employer.objects.bulk_create(
        [_employer(model, n, *place) for n, place in enumerate(places)], BATCH
    )
    Membership.objects.bulk_create(
        [
            Membership(employer=employer, user=person, role=Membership.Role.ADMINISTRATOR)
            for employer, person in zip(employers, people, strict=True)
        ],
        BATCH,
    )
    through = User.groups.through
    through.objects.bulk_create(
        [through(user_id=p.pk, group_id=g.pk) for p, g in zip(people, groups, strict=True)], BATCH
    )
    companies = _companies(employers, like.get_parent().specific)
    _rights(groups, collections, companies)
    _ads_under(companies, ads_each, like=like, beginning=0)
    finish()


def finish() -> None:
    """True counts of children, and fresh figures for the planner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update wagtailcore_page p set numchild = c.n from (select left(path, length(path) - 4) path, count(*) n "
            "from wagtailcore_page where depth > 1 group by 1) c where p.path = c.path and p.numchild <> c.n"
        )
        cursor.execute("analyze")


def _employer(model: Employer, number: int, group: Group, collection: Collection) -> Employer:
    fields = {
        f.attname: getattr(model, f.attname)
        for f in Employer._meta.concrete_fields
        if not (f.unique or f.primary_key)
    }
    fields |= {
        "legal_name": f"Association locataire {number}",
        "group_id": group.pk,
        "collection_id": collection.pk,
    }
    return Employer(**fields)


def _collections(count: int) -> list[Collection]:
    root = Collection.objects.get(depth=1)
    begin = root.numchild
    made = [
        Collection(
            name=f"Employeur {n}", path=Collection._get_path(root.path, 2, begin + n + 1), depth=2, numchild=0
        )
        for n in range(count)
    ]
    made = Collection.objects.bulk_create(made, BATCH)
    Collection.objects.filter(pk=root.pk).update(numchild=begin + count)
    return made


def _rights(groups, collections, companies) -> None:
    pages = list(Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS))
    images = list(
        Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=IMAGE_RIGHTS)
    )
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page_id=page.pk, permission=right)
            for group, page in zip(groups, companies, strict=True)
            for right in pages
        ],
        BATCH,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=right)
            for group, collection in zip(groups, collections, strict=True)
            for right in images
        ],
        BATCH,
    )


def _page(parent: Page, number: int, title: str, like: Page, model) -> Page:
    now = timezone.now()
    slug = f"{model.__name__.lower()}-{parent.pk}-{number}"
    return Page(
        title=title,
        draft_title=title,
        slug=slug,
        path=Page._get_path(parent.path, parent.depth + 1, number),
        depth=parent.depth + 1,
        numchild=0,
        url_path=f"{parent.url_path}{slug}/",
        content_type=ContentType.objects.get_for_model(model),
        locale_id=like.locale_id,
        live=True,
        owner_id=like.owner_id,
        first_published_at=now,
        last_published_at=now,
        latest_revision_created_at=now,
    )


def _companies(employers: list[Employer], like: CompanyPage) -> list[Page]:
    index = CompanyIndexPage.objects.get()
    pages = [
        _page(index, index.numchild + n + 1, employer.legal_name, like, CompanyPage)
        for n, employer in enumerate(employers)
    ]
    pages = Page.objects.bulk_create(pages, BATCH)
    pairs = [(page.pk, employer.pk) for page, employer in zip(pages, employers, strict=True)]
    _copy_rows(CompanyPage, like.pk, "employer_id", pairs)
    for page, employer in zip(pages, employers, strict=True):
        page.employer_id = employer.pk
    return pages


def _ads_under(companies: list, count: int, like: JobAd, beginning: int) -> None:
    pairs = [
        (_page(company, beginning + n + 1, f"Éducateur spécialisé F/H {n}", like, JobAd), company.employer_id)
        for company in companies
        for n in range(count)
    ]
    pages = Page.objects.bulk_create([page for page, _ in pairs], BATCH)
    employers = [employer for _, employer in pairs]
    owners = zip(pages, employers, strict=True)
    _copy_rows(JobAd, like.pk, "employer_id", [(page.pk, employer) for page, employer in owners])
    _placements_and_versions(pages, employers, like)


def _copy_rows(model, like: int, employer_column: str, pairs: list[tuple[int, int]]) -> None:
    """The page type's own row for each (page, employer), with all else as in the row `like`."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    kept = [
        f.column
        for f in model._meta.local_concrete_fields
        if f.column not in ("page_ptr_id", employer_column)
    ]
    columns = ", ".join(quote(c) for c in kept)
    statement = (
        f"insert into {table} (page_ptr_id, {employer_column}, {columns}) select n.page, n.employer, "  # noqa: S608
        f"{columns} from {table}, unnest(%s::bigint[], %s::bigint[]) n(page, employer) where page_ptr_id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [[p for p, _ in pairs], [e for _, e in pairs], like])


def _placements_and_versions(pages: list[Page], employers: list[int], like: JobAd) -> None:
    now, sample = timezone.now(), like.placements.get()
    placed = [
        Placement(
            ad_id=page.pk, ad_title=page.title, employer_id=employer, kind=sample.kind,
            print_format=sample.print_format, opened_at=sample.opened_at, ends_at=sample.ends_at,
        )
        for page, employer in zip(pages, employers, strict=True)
    ]  # fmt: skip
    Placement.objects.bulk_create(placed, BATCH)
    kinds = {
        "content_type": ContentType.objects.get_for_model(JobAd),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    content = like.latest_revision.content
    versions = [
        Revision(
            object_id=str(page.pk), object_str=page.title, created_at=now,
            content=content | {"pk": page.pk, "title": page.title}, **kinds,
        )
        for page in pages
    ]  # fmt: skip
    Revision.objects.bulk_create(versions, BATCH)
    with connection.cursor() as cursor:
        cursor.execute(
            "update wagtailcore_page p set live_revision_id = r.id, latest_revision_id = r.id "
            "from wagtailcore_revision r where r.object_id = p.id::text and p.id = any(%s)",
            [[page.pk for page in pages]],
        )
