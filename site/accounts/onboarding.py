"""The one place where an employer comes into being, with its group and its image collection."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import APIToken, Collection, GroupCollectionPermission

from .access import EDITORS
from .models import Employer, Membership, User
from .signals import writing_ended

#: Carries `wagtailadmin.access_admin`; who writes for an employer is in it and in the employer's group.
RECRUITERS_GROUP = "Recruteurs"


def recruiters_group() -> Group:
    """The group that opens the Wagtail admin to recruiters; made on first use."""
    group, created = Group.objects.get_or_create(name=RECRUITERS_GROUP)
    if created:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


@transaction.atomic
def create_employer(user: User, legal_name: str, **fields: Any) -> Employer:
    """Make an employer whose first administrator is `user`.

    Makes its group and a collection of its own in which its members may add, change and choose images.
    Page permissions are given by `pages.companies.create_page`, when there is a page. Raises ValidationError.
    """
    employer = Employer(legal_name=legal_name, **fields)
    employer.clean_fields(exclude=["group", "collection"])
    name = f"Employeur {employer.public_id}"
    employer.group = Group.objects.create(name=name)
    root = Collection.objects.select_for_update().get(depth=1)
    employer.collection = root.add_child(instance=Collection(name=name))
    employer.save()
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=["add_image", "change_image", "choose_image"]
    )
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=employer.group, collection=employer.collection, permission=permission)
        for permission in permissions
    )
    add_member(employer, user, Membership.Role.ADMINISTRATOR)
    return employer


@transaction.atomic
def add_member(employer: Employer, user: User, role: str = Membership.Role.RECRUITER) -> Membership:
    """Make a person a member, or give a member another role; its groups follow.

    Whether the team keeps an administrator is the caller's matter (`accounts.team`).
    """
    membership, _ = Membership.objects.update_or_create(employer=employer, user=user, defaults={"role": role})
    _follow(employer, user, writes=role in EDITORS)
    return membership


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Take a person out of an employer and its group. As `add_member`, it does not look at who remains."""
    employer, user = membership.employer, membership.user
    membership.delete()
    _follow(employer, user, writes=False)


def _follow(employer: Employer, user: User, *, writes: bool) -> None:
    """Put the person's groups in step: who writes is in the employer's group and in the recruiters', others are not.

    Who writes for no employer any more loses the admin and its API tokens. A token is the person's, not an
    employer's: while another employer remains it opens that one's pages and, from now on, none of this one's.
    """
    if writes:
        user.groups.add(employer.group, recruiters_group())
        return
    user.groups.remove(employer.group)
    if not user.memberships.filter(role__in=EDITORS).exists():
        user.groups.remove(recruiters_group())
        if not user.is_office:
            APIToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    writing_ended.send(sender=Employer, employer=employer, user=user)
