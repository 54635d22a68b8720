"""The CV library: a candidate's consent, how long a profile stays, and who may open it.

A profile is shown while `Candidate.objects.in_library()` says so, computed from dates. Every change is saved through
the model, whose signal tells the index (`search.signals`); that time has passed is told by `refresh_library`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

import outbox.services as outbox
from accounts.models import Employer, User
from billing.models import Entitlement
from reference.dates import paris_day

from . import emails
from .models import FRESH_FOR, Candidate, CvAccess

#: The wording of the consent box that is shown now; a change of its text changes this. The texts are in
#: `templates/recruiting/consent/<version>.html`, and old ones stay: they say what was agreed to.
CONSENT_WORDING = "2026-11"
#: After how many days without refreshing a candidate is reminded.
REMINDERS = (30, 40)
#: The same employer's person opening the same profile again within this time is one consultation.
SAME_VISIT = timedelta(minutes=30)
#: How many profiles one person may open in a day: enough to recruit, too few to copy the library.
OPENINGS_A_DAY = 100


class LibraryRefused(ValidationError):
    """The profile cannot be shown or opened. The message is a French sentence; `code` says which rule."""


def missing_for_library(candidate: Candidate) -> list[str]:
    """What a profile lacks before it can be in the library, in words that follow "Il manque"."""
    missing = []
    if not candidate.profession_id:
        missing.append("le métier que vous cherchez")
    if not candidate.cvs.filter(is_current=True).exists():
        missing.append("votre CV")
    return missing


@transaction.atomic
def consent(candidate: Candidate, now: datetime | None = None) -> Candidate:
    """Put a profile into the library, by its owner's explicit act: keeps when and to which wording.

    Counts as a refresh. Locks the candidate. Raises LibraryRefused when profession or CV are missing.
    """
    candidate = _lock(candidate)
    missing = missing_for_library(candidate)
    if missing:
        raise LibraryRefused(
            f"Il manque {' et '.join(missing)} pour entrer dans la CVthèque.", code="incomplete"
        )
    now = now or timezone.now()
    candidate.library_consent_at = now
    candidate.library_consent_wording = CONSENT_WORDING
    candidate.refreshed_at = now
    candidate.save(update_fields=["library_consent_at", "library_consent_wording", "refreshed_at"])
    return candidate


@transaction.atomic
def withdraw_consent(candidate: Candidate) -> Candidate:
    """Take a profile out of the library at once. Locks the candidate; twice is once."""
    candidate = _lock(candidate)
    candidate.library_consent_at = None
    candidate.library_consent_wording = ""
    candidate.save(update_fields=["library_consent_at", "library_consent_wording"])
    return candidate


@transaction.atomic
def refresh(candidate: Candidate, now: datetime | None = None) -> Candidate:
    """Its owner says the profile is up to date: 45 more days. Locks the candidate."""
    candidate = _lock(candidate)
    candidate.refreshed_at = now or timezone.now()
    candidate.save(update_fields=["refreshed_at"])
    return candidate


def may_open(employer: Employer | None, now: datetime | None = None) -> bool:
    """Whether the employer's access to the CV library runs today. One query."""
    if employer is None:
        return False
    running = Entitlement.objects.running(paris_day(now))
    return running.filter(employer=employer, kind=Entitlement.Kind.CV_ACCESS).exists()


@transaction.atomic
def open_cv(
    candidate: Candidate,
    employer: Employer,
    user: User,
    *,
    download: bool = False,
    now: datetime | None = None,
) -> CvAccess:
    """Let a recruiter open a profile (or download its CV) and log it for the candidate and the audit.

    A second look within half an hour is the same line of the log. Locks the candidate, so that none is opened after
    its consent was withdrawn. Raises LibraryRefused when the access does not run or the profile is not in the library.
    """
    now = now or timezone.now()
    if not may_open(employer, now):
        raise LibraryRefused("Votre établissement n’a pas d’accès en cours à la CVthèque.", code="no_access")
    _lock(candidate)
    if not Candidate.objects.in_library(now).filter(pk=candidate.pk).exists():
        raise LibraryRefused("Ce profil n’est plus dans la CVthèque.", code="left")
    lately = CvAccess.objects.filter(employer=employer, user=user, downloaded=download)
    same = lately.filter(candidate=candidate, at__gt=now - SAME_VISIT).first()
    if same:
        return same
    if lately.filter(at__gt=now - timedelta(days=1)).count() >= OPENINGS_A_DAY:
        raise LibraryRefused(
            f"Vous avez ouvert {OPENINGS_A_DAY} profils en un jour. Reprenez demain, ou écrivez-nous si vous "
            "recrutez en nombre.",
            code="too_many",
        )
    return CvAccess.objects.create(candidate=candidate, employer=employer, user=user, downloaded=download)


def forget_stale(now: datetime | None = None) -> int:
    """Tell the index of the profiles that left the library by age since yesterday or the day before.

    The list never shows them whatever the index says; this lets the index forget. Returns how many. Safe to run twice.
    """
    now = now or timezone.now()
    left = Candidate.objects.filter(
        library_consent_at__isnull=False,
        refreshed_at__lte=now - FRESH_FOR,
        refreshed_at__gt=now - FRESH_FOR - timedelta(days=3),
    )
    pks = list(left.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for pk in pks:
            outbox.record("search.cv", pk)
    return len(pks)


def remind(now: datetime | None = None) -> int:
    """Mail the candidates whose profile in the library is 30 or 40 days old, each once. Returns how many were mailed.

    One transaction a candidate, under its lock. A day on which the task did not run is made good the next.
    """
    now = now or timezone.now()
    due = [pk for days in REMINDERS for pk in _due(days, now).order_by("pk").values_list("pk", flat=True)]
    return sum(_remind_one(pk, now) for pk in dict.fromkeys(due))


def _due(days: int, now: datetime) -> QuerySet[Candidate]:
    """Profiles refreshed at least so many days ago and not reminded since that day."""
    reached = ExpressionWrapper(F("refreshed_at") + timedelta(days=days), output_field=DateTimeField())
    rows: QuerySet[Candidate] = Candidate.objects.in_library(now)
    return rows.filter(
        Q(reminded_at=None) | Q(reminded_at__lt=reached), refreshed_at__lte=now - timedelta(days=days)
    )


@transaction.atomic
def _remind_one(pk: int, now: datetime) -> bool:
    _lock(Candidate(pk=pk))
    if not any(_due(days, now).filter(pk=pk).exists() for days in REMINDERS):
        return False
    candidate = Candidate.objects.select_related("user").get(pk=pk)
    # Not save(): nothing that the library shows has changed.
    Candidate.objects.filter(pk=pk).update(reminded_at=now)
    emails.library_reminder(candidate, (paris_day(candidate.leaves_library_at) - paris_day(now)).days)
    return True


def _lock(candidate: Candidate) -> Candidate:
    return Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
