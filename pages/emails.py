"""The mails that pages send."""

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
