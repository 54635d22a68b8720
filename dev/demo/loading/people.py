"""Accounts: an address already confirmed, the one password of the demonstration."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import User
from dev.demo.content import accounts
from pages.setup import DESK, MODERATION, SALES

from .scene import Scene


def make_user(
    scene: Scene, email: str, first_name: str, last_name: str, civility: str, **more: object
) -> User:
    """A confirmed account. The password is hashed once for all: hashing is slow on purpose."""
    user = User(
        email=email,
        first_name=first_name,
        last_name=last_name,
        civility=civility,
        password=scene.password,
        **more,
    )
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_office(scene: Scene) -> None:
    """The publisher's people: sales, editorial desk, administrator."""
    for login, groups in (
        (accounts.SALES, (SALES, MODERATION)),
        (accounts.DESK, (DESK,)),
        (accounts.ADMINISTRATOR, (SALES, DESK, MODERATION)),
    ):
        user = make_user(
            scene,
            login.email,
            login.first_name,
            login.last_name,
            login.civility,
            is_staff=True,
            is_superuser=login is accounts.ADMINISTRATOR,
        )
        user.groups.add(*Group.objects.filter(name__in=groups))
        scene.office[login.kind] = user
