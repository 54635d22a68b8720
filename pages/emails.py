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


def approved_without_credit(ad, user, reason: str) -> None:
    """To who sent an ad to review: it was approved and could not be published; what to do."""
    if user is None or not user.is_active:
        return
    deliver(
        user.email,
        "pages/email/approved_without_credit",
        {
            "user": user,
            "title": ad.draft_title,
            "reason": reason,
            "offers_url": absolute(reverse("billing:offers")),
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
