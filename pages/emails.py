"""The mails that pages send."""

from django.conf import settings
from django.urls import reverse

from accounts import notifications
from accounts.emails import absolute, deliver
from reference.dates import paris_day


def schedule_refused(page, user, reason: str) -> None:
    """To who had scheduled a publication that could not take place: why, and where to mend it."""
    if user is None or not user.is_active:
        return
    deliver(
        user.email,
        "pages/email/schedule_refused",
        {
            "user": user,
            "title": page.draft_title or page.title,
            "reason": reason,
            "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
        },
    )


def to_review(ad, author: str, users) -> None:
    """To those of the office who review: an ad waits for them."""
    for user in users:
        deliver(
            user.email,
            "pages/email/to_review",
            {
                "user": user,
                "title": ad.draft_title,
                "employer": ad.employer.name,
                "author": author,
                "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[ad.pk])),
            },
        )


def review_approved(ad, users, comment: str, *, goes_live_on=None) -> None:
    """To an ad's people: it was approved, and is online or will be on that day; the reviewer's words, if any."""
    for user in users:
        deliver(
            user.email,
            "pages/email/review_approved",
            {
                "user": user,
                "title": ad.draft_title,
                "comment": comment,
                "goes_live_on": goes_live_on,
                "ad_url": absolute(reverse("recruiting:ad", args=[ad.pk])),
            },
        )


def review_returned(ad, users, reason: str) -> None:
    """To an ad's people: it is to be corrected, why, and where."""
    for user in users:
        deliver(
            user.email,
            "pages/email/review_returned",
            {
                "user": user,
                "title": ad.draft_title,
                "reason": reason,
                "is_live": ad.live,
                "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[ad.pk])),
            },
        )


def approved_not_published(ad, users, reason: str, code: str | None) -> None:
    """To an ad's people: it was approved and could not be published; what is missing and where to get it."""
    for user in users:
        deliver(
            user.email,
            "pages/email/approved_not_published",
            {
                "user": user,
                "title": ad.draft_title,
                "reason": reason,
                "lacks_credit": code == "no_credit",
                "offers_url": absolute(reverse("billing:offers")),
                "company_url": absolute(reverse("recruiting:company_page")),
            },
        )


def ends_soon(ad, placement, users) -> None:
    """To an ad's people, before its last day: each link leads to a page that asks, and changes nothing by itself."""
    links = {
        name: absolute(reverse(f"recruiting:{name}", args=[ad.pk])) for name in ("ad_renew", "ad_filled")
    }
    left = (placement.last_day - paris_day()).days
    for user in users:
        deliver(
            user.email,
            "pages/email/ends_soon",
            {
                "user": user,
                "title": ad.title,
                "last_day": placement.last_day,
                "left": left,
                "renew_url": links["ad_renew"],
                "filled_url": links["ad_filled"],
            },
            kind=notifications.ADS_ENDING,
        )


def contact_to_office(message) -> None:
    """A message of the contact form, to the office; answering it writes to the person."""
    deliver(
        settings.OFFICE_EMAIL, "pages/email/contact_to_office", {"message": message}, reply_to=[message.email]
    )


def contact_receipt(message) -> None:
    """To who wrote: that it arrived, and the words themselves for their files."""
    deliver(message.email, "pages/email/contact_receipt", {"message": message})
