"""The mails that pages send."""

from django.conf import settings
from django.urls import reverse

from accounts.emails import absolute, deliver


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


def contact_to_office(message) -> None:
    """A message of the contact form, to the office; answering it writes to the person."""
    deliver(
        settings.OFFICE_EMAIL, "pages/email/contact_to_office", {"message": message}, reply_to=[message.email]
    )


def contact_receipt(message) -> None:
    """To who wrote: that it arrived, and the words themselves for their files."""
    deliver(message.email, "pages/email/contact_receipt", {"message": message})
