"""The one place where an employer comes into being, with its group and its image collection."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission

from .models import Employer, Membership, User

#: Carries `wagtailadmin.access_admin`; every recruiter is in it and in the groups of its employers.
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
    """Make a person a member, in the employer's group. Twice changes nothing but the role."""
    membership, _ = Membership.objects.update_or_create(employer=employer, user=user, defaults={"role": role})
    user.groups.add(employer.group, recruiters_group())
    return membership


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Take a person out of an employer and its group; out of the admin too when it was the last one."""
    user = membership.user
    user.groups.remove(membership.employer.group)
    membership.delete()
    if not user.memberships.exists():
        user.groups.remove(recruiters_group())
