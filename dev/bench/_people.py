"""The same employer on both sides: a recruiter with our pages, an editor with the bare ones."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from dev.bench.bare.models import BareAd, BareCompany
from pages.companies import PAGE_RIGHTS
from pages.editor.steps import PLACEHOLDER
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory, UserFactory
from tests.factories.pages import CompanyPage, JobAd

#: What the row alone says, or another table: not written in the editor.
NOT_COPIED = {"page_ptr", "employer"}


def ours(count: int) -> tuple:
    """A recruiter, and so many complete drafts with a credit each."""
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=count)
    return employer.memberships.get().user, [JobAdFactory(employer=employer) for _ in range(count)]


def bare(originals: list[JobAd]) -> tuple:
    """An editor with the rights of an employer's group, and a bare draft like each of these."""
    home = Page.objects.get(depth=2)
    company = BareCompany(title="Association nue", presentation="<p>Nous accompagnons.</p>")
    copy_fields(originals[0].get_parent().specific, company, CompanyPage)
    home.add_child(instance=company)
    company.save_revision().publish()
    group = Group.objects.create(name="Éditeurs nus")
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS):
        GroupPagePermission.objects.create(group=group, page=company, permission=right)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = UserFactory()
    user.groups.add(group)
    return user, [_draft(company, original, user) for original in originals]


def _draft(company: BareCompany, original: JobAd, user) -> BareAd:
    """Begun without a title and written afterwards, as ours was: the same history on both sides."""
    written = original.get_latest_revision_as_object()
    draft = BareAd(title=PLACEHOLDER, live=False, owner=user)
    company.add_child(instance=draft)
    draft.save_revision(user=user, clean=False)
    copy_fields(written, draft, JobAd)
    draft.title = draft.draft_title = written.title
    draft.save_revision(user=user)
    return draft


def copy_fields(source, target, model) -> None:
    for field in model._meta.local_fields:
        if field.name not in NOT_COPIED:
            setattr(target, field.attname, getattr(source, field.attname))
