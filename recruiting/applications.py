"""Applications: sending one, moving it from state to state, the conversation about it.

Locking rule: whoever changes an application locks its row first. Mails are rows written in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Employer, User
from billing.tiers import Part
from pages.companies import tier_of
from pages.models import CompanyPage, JobAd

from . import emails
from .models import Application, ApplicationMove, Candidate, Cv, Message

State = Application.State

#: States that tell the candidate something: reaching one counts as an answer.
ANSWERS = frozenset({State.SHORTLISTED, State.INTERVIEW, State.HIRED, State.REFUSED})
#: States out of which a candidate may still withdraw.
WITHDRAWABLE = frozenset(state for state, moves in Application.MOVES.items() if State.WITHDRAWN in moves)

#: The employer's questions as they were asked, each with its answer.
Answers = Sequence[Mapping[str, str]]


class ApplicationRefused(ValidationError):
    """An application or message that may not be sent. The message is a French sentence; `code` says which rule."""


class ForbiddenMove(ValidationError):
    """A change of state that the table does not allow. The message is a French sentence for the person."""

    def __init__(self, application: Application, to_state: str) -> None:
        super().__init__(
            f"Une candidature « {application.get_state_display()} » ne peut pas devenir « {State(to_state).label} ». "
            "Rechargez la page : son statut a peut-être changé entre-temps.",
            code="forbidden_move",
        )


@dataclass(frozen=True)
class Sender:
    """Who applies, as typed in the form."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""


def takes_spontaneous(employer: Employer) -> bool:
    """Whether the employer's page is live, of a tier that takes them (G27)."""
    page = CompanyPage.objects.live().filter(employer=employer)
    return tier_of(employer).gives(Part.SPONTANEOUS) and page.exists()


def apply_to_ad(
    ad: JobAd,
    sender: Sender,
    *,
    letter: str,
    cv: Cv,
    form_key: uuid.UUID,
    candidate: Candidate | None = None,
    answers: Answers = (),
) -> Application:
    """Send an application to an ad that is visible now and takes applications here. `answers`: to its questions.

    The same form key twice gives the first application and sends nothing. Raises ApplicationRefused.
    """
    if already := _sent(form_key, sender, ad=ad):
        return already
    if not ad.takes_applications or not JobAd.objects.visible().filter(pk=ad.pk).exists():
        raise ApplicationRefused(
            "Cette annonce vient de quitter le site : elle ne reçoit plus de candidatures.",
            code="not_visible",
        )
    application = Application(employer_id=ad.employer_id, ad=ad, ad_title=ad.title, answers=list(answers))
    return _send(application, sender, letter=letter, cv=cv, form_key=form_key, candidate=candidate)


def apply_spontaneously(
    employer: Employer,
    sender: Sender,
    *,
    letter: str,
    cv: Cv,
    form_key: uuid.UUID,
    candidate: Candidate | None = None,
    answers: Answers = (),
) -> Application:
    """Send a spontaneous application to an employer whose page is of a paid tier; it has no questions to answer.

    The same form key twice gives the first application and sends nothing. Raises ApplicationRefused.
    """
    if already := _sent(form_key, sender, employer=employer, ad=None):
        return already
    if not takes_spontaneous(employer):
        raise ApplicationRefused("Cet employeur ne reçoit pas de candidature spontanée.", code="not_open")
    application = Application(employer=employer, is_spontaneous=True)
    return _send(application, sender, letter=letter, cv=cv, form_key=form_key, candidate=candidate)


def _sent(form_key: uuid.UUID, sender: Sender, **target: object) -> Application | None:
    """The application that this form already made; someone else's key is refused."""
    already = Application.objects.filter(form_key=form_key).first()
    if already is None:
        return None
    same = already.email.lower() == sender.email.lower()
    if not same or any(getattr(already, name) != value for name, value in target.items()):
        raise ApplicationRefused(
            "Ce formulaire a déjà servi : rechargez la page et recommencez.", code="form_key"
        )
    return already


def _send(
    application: Application,
    sender: Sender,
    *,
    letter: str,
    cv: Cv,
    form_key: uuid.UUID,
    candidate: Candidate | None,
) -> Application:
    application.first_name, application.last_name = sender.first_name, sender.last_name
    application.email, application.phone = sender.email.lower(), sender.phone
    application.letter, application.cv = letter, cv
    application.form_key, application.candidate = form_key, candidate
    try:
        with transaction.atomic():
            application.save()
            ApplicationMove.objects.create(application=application, to_state=State.RECEIVED)
            emails.application_received(application)
            emails.application_confirmed(application, earlier=earlier(application))
    except IntegrityError:
        # The other half of a double click was quicker.
        already = _sent(form_key, sender, ad=application.ad)
        if already is None:
            raise
        return already
    return application


def earlier(application: Application) -> Application | None:
    """An earlier application of the same address to the same ad (or, spontaneous, to the same employer)."""
    return (
        Application.objects.filter(
            employer_id=application.employer_id,
            ad_id=application.ad_id,
            is_spontaneous=application.is_spontaneous,
            email=application.email,
            pk__lt=application.pk,
        )
        .exclude(state=State.WITHDRAWN)
        .first()
    )


@transaction.atomic
def move(application: Application, to_state: str, by: User | None, *, notify: bool = True) -> Application:
    """Move an application for its employer, with a log row; `notify` mails the candidate where there is news for him.

    Locks the application. The state it has already: nothing happens. Raises ForbiddenMove.
    """
    locked = _lock(application)
    if locked.state == to_state:
        return locked
    if to_state == State.WITHDRAWN or to_state not in Application.MOVES[State(locked.state)]:
        raise ForbiddenMove(locked, to_state)
    _write_state(locked, to_state, by)
    if to_state in ANSWERS and locked.answered_at is None:
        locked.answered_at = timezone.now()
        locked.save(update_fields=["answered_at"])
    if notify and to_state in ANSWERS:
        emails.state_changed(locked)
    return locked


@transaction.atomic
def mark_read(application: Application, by: User) -> None:
    """A recruiter opened it: "received" becomes "read", and the candidate's messages count as read. Twice is once."""
    locked = _lock(application)
    if locked.state == State.RECEIVED:
        _write_state(locked, State.READ, by)
    locked.messages.filter(from_candidate=True, read_at=None).update(read_at=timezone.now())


def mark_read_by_candidate(application: Application) -> None:
    """The candidate opened the conversation: the employer's messages count as read."""
    application.messages.filter(from_candidate=False, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def withdraw(application: Application) -> Application:
    """Withdraw an application for its candidate and tell the recruiters.

    Locks it; twice is once. Raises ForbiddenMove.
    """
    locked = _lock(application)
    if locked.state == State.WITHDRAWN:
        return locked
    if locked.state not in WITHDRAWABLE:
        raise ForbiddenMove(locked, State.WITHDRAWN)
    _write_state(locked, State.WITHDRAWN, None)
    emails.withdrawn(locked)
    return locked


@transaction.atomic
def write(
    application: Application,
    body: str,
    *,
    form_key: uuid.UUID,
    author: User | None = None,
    from_candidate: bool = False,
) -> Message:
    """Add a message to the conversation and mail it to the other side.

    Locks the application. The same form key twice sends one message; the employer's first message is its first
    answer. Raises ApplicationRefused when the application was withdrawn or the text is empty.
    """
    locked = _lock(application)
    already = locked.messages.filter(form_key=form_key).first()
    if already:
        return already
    body = body.strip()
    if not body:
        raise ApplicationRefused("Écrivez votre message avant de l’envoyer.", code="empty")
    if locked.state == State.WITHDRAWN:
        raise ApplicationRefused(
            "Cette candidature a été retirée : la conversation est close.", code="withdrawn"
        )
    message = Message.objects.create(
        application=locked, body=body, form_key=form_key, author=author, from_candidate=from_candidate
    )
    if from_candidate:
        emails.message_to_recruiters(message)
    else:
        if locked.answered_at is None:
            locked.answered_at = message.sent_at
            locked.save(update_fields=["answered_at"])
        emails.message_to_candidate(message)
    return message


def _lock(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",)).select_related("employer").get(pk=application.pk)
    )


def _write_state(locked: Application, to_state: str, by: User | None) -> None:
    ApplicationMove.objects.create(application=locked, from_state=locked.state, to_state=to_state, by=by)
    locked.state = to_state
    locked.save(update_fields=["state"])
