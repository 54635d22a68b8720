"""Who of an employer is told about one of its ads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from accounts.access import EDITORS
from accounts.models import User

if TYPE_CHECKING:
    from .models import JobAd


def writers_of(ad: JobAd) -> QuerySet[User]:
    """The members of the ad's employer by a role that writes."""
    return User.objects.filter(
        is_active=True, memberships__employer=ad.employer_id, memberships__role__in=EDITORS
    ).distinct()


def people_of(ad: JobAd, first: int | None = None) -> list[User]:
    """The user `first`, or else who wrote the ad, while a member by a role that writes; otherwise all who are."""
    writers = writers_of(ad)
    for pk in (first, ad.owner_id):
        if pk and (found := writers.filter(pk=pk).first()):
            return [found]
    return list(writers)
