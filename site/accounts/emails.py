"""Mails: rendered from three templates of one name, written as rows of the queue with the change that causes them.

The worker sends them after the commit. `deliver` serves every layer; the functions below are this application's mails.
"""

from typing import Any
from urllib.parse import quote

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.urls import reverse

from . import notifications
from .models import DataExport, User


def absolute(path: str) -> str:
    """The full address of a path of the site: mails are also written where there is no request."""
    return f"{settings.SITE_URL}{path}"


def deliver(
    to: str | list[str],
    template: str,
    context: dict[str, Any],
    *,
    attachments: list[tuple[str, bytes, str]] | None = None,
    reply_to: list[str] | None = None,
    kind: str | None = None,
) -> None:
    """Queue a mail from `<template>.subject.txt`, `<template>.txt` and `<template>.html`.

    Run it in the transaction of the change that it tells of: both are kept, or neither.
    `kind` is one of `accounts.notifications`: who refused it gets nothing; who has an account gets a link to the
    choices and, in text and headers (RFC 8058), an address that refuses the kind at one click.
    Without a kind the mail is contractual, always goes and carries neither. A mail with a kind has one recipient.
    `attachments` are (name, bytes, type). The templates also see `site_url`, `contact_email` and `contact_phones`.
    """
    choices_url = refuse_url = ""
    if kind is not None:
        wish = notifications.wish(str(to), kind)
        if not wish.wanted:
            return
        if wish.refuse_key:
            choices_url = absolute(reverse("accounts:notifications"))
            refuse_url = absolute(reverse("accounts:refuse_mails", args=[wish.refuse_key]))
    context = {
        "choices_url": choices_url,
        "refuse_url": refuse_url,
        "site_url": settings.SITE_URL,
        "contact_email": settings.OFFICE_EMAIL,
        "contact_phones": settings.OFFICE_PHONES,
    } | context
    message = EmailMultiAlternatives(
        subject=_subject(f"{template}.subject.txt", context),
        body=render_to_string(f"{template}.txt", context).strip() + "\n",
        to=[to] if isinstance(to, str) else to,
        reply_to=reply_to,
        headers=_one_click(refuse_url) if refuse_url else None,
    )
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    for attachment in attachments or []:
        message.attach(*attachment)
    message.send()


def _subject(template: str, context: dict[str, Any]) -> str:
    """One line, whatever the names in it hold, and plain text: there is no HTML in a header."""
    rendered = Engine.get_default().get_template(template).render(Context(context, autoescape=False))
    return " ".join(rendered.split())


def _one_click(url: str) -> dict[str, str]:
    """What makes a mailbox show its own « Se désabonner », which posts to the address."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def choose_password(address: EmailAddress) -> None:
    """To who just signed up: the link that confirms the address and lets choose a password."""
    key = EmailConfirmationHMAC.create(address).key
    url = absolute(reverse("accounts:choose_password", args=[key]))
    deliver(
        address.email,
        "accounts/email/choose_password",
        {"user": address.user, "url": url, "days": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS},
    )


def imported_account(address: EmailAddress) -> None:
    """To who has an account of the publisher's whose password could not be taken over: the link to choose one."""
    key = EmailConfirmationHMAC.create(address).key
    deliver(
        address.email,
        "accounts/email/imported_account",
        {
            "user": address.user,
            "url": absolute(reverse("accounts:choose_password", args=[key])),
            "days": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
            "reset_url": absolute(reverse("account_reset_password")),
        },
    )


def already_registered(user: User, email: str, kind: str) -> None:
    """To who signs up with an address that has an account: how to log in, and where that leads."""
    target = reverse("recruiting:candidate_space") if kind == "candidate" else reverse("recruiting:space")
    deliver(
        email,
        "accounts/email/already_registered",
        {
            "user": user,
            "kind": kind,
            "login_url": absolute(f"{reverse('account_login')}?next={quote(target)}"),
            "reset_url": absolute(reverse("account_reset_password")),
        },
    )


def unknown_account(email: str) -> None:
    """To an address without account that somebody asked a password for: so the page can answer alike for all."""
    deliver(email, "accounts/email/unknown_account", {"signup_url": absolute(reverse("account_signup"))})


def password_reset(user: User, email: str, url: str) -> None:
    """The link that lets choose a new password."""
    deliver(email, "accounts/email/password_reset", {"user": user, "url": url})


def confirm_address(user: User, email: str, url: str) -> None:
    """The link that confirms a new address of an account that has a password already."""
    deliver(email, "accounts/email/confirm_address", {"user": user, "url": url})


def security_notice(email: str, what: str) -> None:
    """Tells the owner of an account of a change that an intruder would make too. `what` is a sentence."""
    deliver(
        email,
        "accounts/email/security_notice",
        {"what": what, "reset_url": absolute(reverse("account_reset_password"))},
    )


def second_factor_reset(user: User, reason: str) -> None:
    """To who has no second factor any more, because the office took it away: why, and what to do when nobody asked."""
    deliver(
        user.email,
        "accounts/email/second_factor_reset",
        {
            "user": user,
            "reason": reason,
            "security_url": absolute(reverse("accounts:security")),
            "reset_url": absolute(reverse("account_reset_password")),
        },
    )


def export_ready(export: DataExport) -> None:
    """The copy of the person's data can be fetched. No file in the mail: it travels too far."""
    deliver(
        export.user.email,
        "accounts/email/export_ready",
        {"user": export.user, "export": export, "url": absolute(reverse("accounts:my_data"))},
    )


def account_deleted(email: str, name: str) -> None:
    """To the address that an account had."""
    deliver(email, "accounts/email/account_deleted", {"name": name})
