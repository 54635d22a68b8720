"""The mails of recruiting, one function each: rows written in the caller's transaction, sent by the worker."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts import notifications
from accounts.access import EDITORS
from accounts.emails import absolute, deliver
from accounts.models import Employer, User

from .models import Application, Candidate, Message


def recruiters_of(employer: Employer) -> list[User]:
    """The members to whom applications are told: those who may answer them. One query."""
    return list(
        User.objects.filter(
            is_active=True, memberships__employer=employer, memberships__role__in=EDITORS
        ).distinct()
    )


def notified_of(application: Application) -> list[User]:
    """Whom an application is told to: those the ad names, as long as they are in the team; else all. Two queries."""
    team = recruiters_of(application.employer)
    chosen = set(application.ad.notified.values_list("pk", flat=True)) if application.ad else set()
    return [user for user in team if user.pk in chosen] or team


def application_received(application: Application) -> None:
    """G25: tell those who answer it. Letter and CV stay in the space: a mail travels too far."""
    context = _about(application) | {"url": _space_url(application)}
    _send(
        "application_received",
        (user.email for user in notified_of(application)),
        context,
        kind=notifications.APPLICATIONS,
    )


def application_confirmed(application: Application, earlier: Application | None = None) -> None:
    """To the candidate: it was sent, and the link to follow it. Says so when the same address had applied already."""
    context = _about(application) | {"url": _candidate_url(application), "earlier": earlier}
    _send("application_confirmed", [application.email], context)


def message_to_candidate(message: Message) -> None:
    """The employer wrote: the whole message, and the link to answer."""
    context = _about(message.application) | {"message": message, "url": _candidate_url(message.application)}
    _send("message_to_candidate", [message.application.email], context, kind=notifications.MESSAGES)


def message_to_recruiters(message: Message) -> None:
    """The candidate wrote: tell those who answer the application."""
    context = _about(message.application) | {"message": message, "url": _space_url(message.application)}
    _send(
        "message_to_recruiters",
        (user.email for user in notified_of(message.application)),
        context,
        kind=notifications.MESSAGES,
    )


def state_changed(application: Application) -> None:
    """To the candidate: shortlisted, interview, hired or refused, in polite words."""
    context = _about(application) | {"url": _candidate_url(application), "state": application.state}
    _send("state_changed", [application.email], context, kind=notifications.FOLLOW_UP)


def withdrawn(application: Application) -> None:
    """To the recruiters: the candidate is no longer available."""
    context = _about(application) | {"url": _space_url(application)}
    _send(
        "withdrawn",
        (user.email for user in notified_of(application)),
        context,
        kind=notifications.APPLICATIONS,
    )


def library_reminder(candidate: Candidate, days_left: int) -> None:
    """To a candidate whose profile leaves the CV library soon: one click keeps it there."""
    context = {"candidate": candidate, "days_left": days_left, "url": absolute(reverse("recruiting:profile"))}
    _send("library_reminder", [candidate.user.email], context, kind=notifications.LIBRARY)


def _about(application: Application) -> dict:
    return {
        "application": application,
        "employer": application.employer.legal_name,
        "ad_title": application.ad_title,
        "full_name": application.full_name,
    }


def _space_url(application: Application) -> str:
    return absolute(reverse("recruiting:application", args=[application.public_id]))


def _candidate_url(application: Application) -> str:
    return absolute(reverse("recruiting:conversation", args=[application.token]))


def _send(name: str, recipients: Iterable[str], context: dict, kind: str | None = None) -> None:
    """Queue one mail for each recipient who wants this kind: nobody sees another's address."""
    for recipient in recipients:
        deliver(recipient, f"recruiting/email/{name}", context, kind=kind)
