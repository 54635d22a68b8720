"""Print inserts: given by a web + print placement, moved along `PrintInsert.MOVES`, placed in an issue.

Locking rule: an insert's row is locked before it changes. Nothing here is charged: the placement was.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

from . import pdf
from .models import InsertMove, MagazineIssue, PrintInsert

if TYPE_CHECKING:
    from pages.models import JobAd, Placement

State = PrintInsert.State
#: While an insert is in one of these, its text may change.
OPEN_STATES = (State.TEXT_MISSING, State.READY)


class ForbiddenMove(ValidationError):
    """This insert cannot go there from where it is. The message is a French sentence."""


class InsertError(ValidationError):
    """The insert cannot be changed so. The message is a French sentence."""


def next_issue(now: datetime | None = None) -> MagazineIssue | None:
    """The issue that a new insert goes into: the next to close of those still open."""
    return MagazineIssue.objects.open_at(now or timezone.now()).first()


def draft(ad: JobAd) -> PrintInsert:
    """The insert that this ad would give, of no placement and not saved: to be measured and looked at."""
    from pages.models import Placement

    placement = Placement(ad=ad, employer=ad.employer)
    return PrintInsert(placement=placement, employer=ad.employer, format=ad.print_format, **_from(ad))


def is_open(insert: PrintInsert, now: datetime | None = None) -> bool:
    """Whether its text may still change: not laid out, and its issue not closed."""
    closed = insert.issue is not None and insert.issue.closes_at <= (now or timezone.now())
    return insert.state in OPEN_STATES and not closed


@transaction.atomic
def give(placement: Placement, ad: JobAd) -> PrintInsert:
    """Make the insert of a web + print placement, from the ad, in the next open issue; without one it waits.

    The same placement twice has one insert.
    """
    existing = PrintInsert.objects.filter(placement=placement).first()
    if existing:
        return existing
    insert = PrintInsert(
        placement=placement,
        employer_id=placement.employer_id,
        issue=_chosen_issue(ad, placement.opened_at) or next_issue(placement.opened_at),
        format=placement.print_format,
        **_from(ad),
    )
    insert.state = _state_of(insert.text)
    insert.save()
    InsertMove.objects.create(insert=insert, to_state=insert.state)
    return insert


@transaction.atomic
def sync_from_ad(ad: JobAd, at: datetime | None = None) -> PrintInsert | None:
    """Take over headline and text of a live ad published again, until the insert is laid out or its issue closes.

    Locks the insert. Returns it when it changed. What the desk had rewritten is replaced: the advertiser spoke last.
    """
    at = at or timezone.now()
    insert = (
        PrintInsert.objects.select_for_update(of=("self",))
        .filter(placement__ad=ad, placement__closed_at=None, placement__ends_at__gt=at)
        .order_by("-pk")
        .first()
    )
    if insert is None or not is_open(insert, at):
        return None
    values = _from(ad)
    if chosen := _chosen_issue(ad, at):
        values["issue"] = chosen
    return _change(insert, values, by=None)


@transaction.atomic
def edit(insert: PrintInsert, by: User, at: datetime | None = None, **values: Any) -> PrintInsert:
    """Change headline, text, contact line or issue, by the desk. Locks the insert. Raises InsertError."""
    insert = _locked(insert)
    if not is_open(insert, at):
        raise InsertError(
            f"L’encart est «\u00a0{insert.get_state_display()}\u00a0» ou son numéro est bouclé\u202f: "
            "son texte ne se modifie plus."
        )
    issue = values.get("issue", insert.issue)
    if issue and issue != insert.issue and issue.closes_at <= (at or timezone.now()):
        raise InsertError("Ce numéro est bouclé\u202f: choisissez-en un autre.")
    _change(insert, values, by=by)
    return insert


def move(insert: PrintInsert, state: str, by: User | None = None, at: datetime | None = None) -> PrintInsert:
    """Move an insert and log it. The same move again changes nothing. Locks the insert. Raises ForbiddenMove.

    An insert is laid out only if its text fits, and printed only when its issue is closed.
    """
    # Setting the text takes a while: it is tried before the row is locked, and must be the same afterwards.
    tried = PrintInsert.objects.select_related("employer", "placement__ad").get(pk=insert.pk)
    too_long = pdf.fit(tried).sentence if State.LAID_OUT == state != tried.state else ""
    with transaction.atomic():
        insert = _locked(insert)
        if insert.state == state:
            return insert
        if State(state) not in PrintInsert.MOVES[State(insert.state)]:
            raise ForbiddenMove(
                f"Cet encart est «\u00a0{insert.get_state_display()}\u00a0»\u202f: il ne peut pas devenir "
                f"«\u00a0{State(state).label}\u00a0».",
                code="forbidden_move",
            )
        if state == State.LAID_OUT and _content(tried) != _content(insert):
            raise ForbiddenMove(
                "L’encart vient d’être modifié\u202f: relisez-le, puis recommencez.", code="changed"
            )
        _refuse(insert, State(state), too_long, at or timezone.now())
        return _log_move(insert, State(state), by)


def place_waiting(at: datetime | None = None) -> int:
    """Give the inserts that wait for an issue a place in the next one. Returns how many. A transaction an insert."""
    issue = next_issue(at)
    if issue is None:
        return 0
    waiting = PrintInsert.objects.filter(issue=None).exclude(state__in=[State.CANCELLED, State.PRINTED])
    placed = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            insert = PrintInsert.objects.select_for_update(of=("self",)).get(pk=pk)
            if insert.issue_id is None and insert.state not in (State.CANCELLED, State.PRINTED):
                insert.issue = issue
                insert.save(update_fields=["issue"])
                placed += 1
    return placed


def cancel_of(placement: Placement) -> None:
    """Cancel the insert of a placement whose credit was taken back, unless it is printed. Locks the insert."""
    insert = PrintInsert.objects.select_for_update(of=("self",)).filter(placement=placement).first()
    if insert and insert.state not in (State.PRINTED, State.CANCELLED):
        _log_move(insert, State.CANCELLED, None)


def _chosen_issue(ad: JobAd, at: datetime) -> MagazineIssue | None:
    """The issue that the ad's author chose, while it is open."""
    return (
        MagazineIssue.objects.open_at(at).filter(pk=ad.print_issue_id).first() if ad.print_issue_id else None
    )


def _from(ad: JobAd) -> dict[str, Any]:
    """What an insert takes over from its ad."""
    address = f"{settings.SITE_URL}{reverse('pages:ad_by_number', args=[ad.pk])}"
    short = address.partition("://")[2].rstrip("/")
    return {
        "headline": ad.title,
        "text": ad.print_text.strip(),
        "contact_line": f"Postuler : {short}",
        "with_logo": ad.print_logo,
    }


def _state_of(text: str) -> State:
    return State.READY if text.strip() else State.TEXT_MISSING


def _change(insert: PrintInsert, values: dict, by: User | None) -> PrintInsert | None:
    """Write what differs, and the state that follows from the text. The row is locked."""
    changed = [name for name, value in values.items() if getattr(insert, name) != value]
    for name in changed:
        setattr(insert, name, values[name])
    if changed:
        insert.save(update_fields=changed)
    follows = _state_of(insert.text)
    if insert.state != follows:
        _log_move(insert, follows, by)
    return insert if changed else None


def _refuse(insert: PrintInsert, state: State, too_long: str, now: datetime) -> None:
    if state == State.READY and not insert.text.strip():
        raise ForbiddenMove("Écrivez d’abord le texte de l’encart.", code="no_text")
    if state == State.TEXT_MISSING and insert.text.strip():
        raise ForbiddenMove("Cet encart a un texte\u202f: modifiez-le plutôt.", code="has_text")
    if state == State.LAID_OUT and insert.issue is None:
        raise ForbiddenMove("Cet encart n’a pas encore de numéro\u202f: créez le prochain.", code="no_issue")
    if state == State.LAID_OUT and too_long:
        raise ForbiddenMove(too_long, code="overset")
    if state == State.PRINTED and insert.issue and insert.issue.closes_at > now:
        raise ForbiddenMove("Son numéro n’est pas encore bouclé.", code="issue_open")


def _log_move(insert: PrintInsert, state: State, by: User | None) -> PrintInsert:
    InsertMove.objects.create(insert=insert, from_state=insert.state, to_state=state, by=by)
    insert.state = state
    insert.save(update_fields=["state"])
    return insert


def _content(insert: PrintInsert) -> tuple[str, str, str, str, bool]:
    return insert.headline, insert.text, insert.contact_line, insert.format, insert.with_logo


def _locked(insert: PrintInsert) -> PrintInsert:
    return PrintInsert.objects.select_for_update(of=("self",)).select_related("issue").get(pk=insert.pk)
