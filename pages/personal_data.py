"""What pages keep about a person, and what hinders the end of an account: ads still online."""

from __future__ import annotations

from django.dispatch import receiver

from accounts.exports import Archive
from accounts.models import Employer, User
from accounts.signals import account_erased, closing_asked, data_exported

from .models import CompanyPage, JobAd


@receiver(data_exported, dispatch_uid="pages.data_exported")
def export(user: User, archive: Archive, **kwargs) -> None:
    """The ads that the person began."""
    ads = JobAd.objects.filter(owner=user).order_by("pk")
    archive.add("annonces", ads.values("draft_title", "first_published_at", "last_published_at", "live"))


@receiver(closing_asked, dispatch_uid="pages.closing_asked")
def hindrances(employers: list[Employer], **kwargs) -> list[str]:
    """A sentence for each employer that would be left with ads online that nobody answers for."""
    found = []
    for employer in employers:
        online = JobAd.objects.visible().filter(employer=employer).count()
        if online:
            noun = "une annonce en ligne" if online == 1 else f"{online} annonces en ligne"
            found.append(
                f"{employer} a encore {noun}, et vous en êtes le seul administrateur : dépubliez ce qui est "
                "en ligne, ou nommez un autre administrateur."
            )
    return found


@receiver(account_erased, dispatch_uid="pages.account_erased")
def take_offline(left_alone: list[Employer], **kwargs) -> None:
    """The company page of an employer that nobody acts for any more."""
    for page in CompanyPage.objects.filter(employer__in=left_alone, live=True):
        page.unpublish()
