"""What pages keep about a person, and what hinders the end of an account: ads still online."""

from __future__ import annotations

from django.db.models.functions import Lower
from django.dispatch import receiver

from accounts.exports import Archive
from accounts.models import Employer, User
from accounts.personal_data import addresses_of
from accounts.signals import account_erased, closing_asked, data_exported

from .models import AdModel, CompanyPage, ContactMessage, JobAd


@receiver(data_exported, dispatch_uid="pages.data_exported")
def export(user: User, archive: Archive, **kwargs) -> None:
    """The ads that the person began or hears about, the models it kept, its words to the office."""
    ads = JobAd.objects.filter(owner=user).order_by("pk")
    archive.add("annonces", ads.values("draft_title", "first_published_at", "last_published_at", "live"))
    archive.add("annonces_dont_vous_etes_prevenu", JobAd.objects.filter(notified=user).values("draft_title"))
    archive.add("modeles", AdModel.objects.filter(created_by=user).values("name", "created_at"))
    archive.add(
        "messages_de_contact",
        ContactMessage.objects.annotate(address=Lower("email"))
        .filter(address__in=addresses_of(user))
        .values("name", "email", "phone", "organisation", "body", "sent_at"),
    )


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
def erase(user: User, left_alone: list[Employer], **kwargs) -> None:
    """Its words to the office; offline the company page of an employer that nobody acts for any more."""
    messages = ContactMessage.objects.annotate(address=Lower("email"))
    messages.filter(address__in=addresses_of(user)).delete()
    for page in CompanyPage.objects.filter(employer__in=left_alone, live=True):
        page.unpublish()
