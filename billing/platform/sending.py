"""Hand invoices over to the platform, and take in what it says of them. No lock is held while it is talked to."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from billing import documents
from billing.models import InvoicePdf, Transmission

from .base import Answer, NotAccepted, Parcel, PlatformError, State
from .choice import active
from .moves import locked, move

logger = logging.getLogger(__name__)

#: The first wait between two tries; each later one is three times as long, at most a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
MOST_TRIES = 10
#: How long a platform is asked what became of a file, and how often.
ASKED_FOR, ASKED_EVERY = timedelta(days=60), timedelta(hours=1)


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: 5, 15, 45 minutes … a day."""
    return min(FIRST_WAIT * 3 ** (tries - 1), LONGEST_WAIT)


def due(now: datetime) -> QuerySet[Transmission]:
    """Those that wait and whose time has come."""
    ready = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return Transmission.objects.filter(ready, state=State.WAITING).order_by("pk")


def to_ask(now: datetime) -> QuerySet[Transmission]:
    """Those that the platform has and has not said the end of."""
    return Transmission.objects.filter(
        state=State.SENT, sent_at__gte=now - ASKED_FOR, updated_at__lte=now - ASKED_EVERY
    ).order_by("updated_at", "pk")


def send(pk: int, now: datetime | None = None) -> None:
    """Try once to hand an invoice over, if it waits for that. Locks its row before and after, not in between.

    A try that was cut off is made again with the same key, by which the platform knows it. Without a platform it waits.
    """
    now = now or timezone.now()
    platform = active()
    claimed = _claim(pk, now, platform.name) if platform else None
    if platform is None or claimed is None:
        return
    try:
        answer = platform.send(_parcel(claimed))
    except PlatformError as error:
        _not_sent(claimed, error)
    else:
        _sent(claimed, answer, now)


def ask(pk: int) -> None:
    """Ask the platform what became of one. Locks its row to write the answer down."""
    platform = active()
    transmission = Transmission.objects.filter(pk=pk, state=State.SENT).first()
    if platform is None or transmission is None or transmission.platform != platform.name:
        return
    try:
        answer = platform.status(transmission.remote_id)
    except PlatformError as error:
        logger.warning("Transmission %s: %s", pk, error)
        answer = None
    take_in(transmission, answer)


@transaction.atomic
def take_in(transmission: Transmission, answer: Answer | None) -> bool:
    """Write down what the platform said. Locks the row. Says whether its state changed."""
    row = locked(transmission.pk)
    if row.remote_id != transmission.remote_id:
        # Sent again meanwhile: this is about the one before.
        return False
    went = answer is not None and move(row, answer.state, answer.message)
    if answer is not None and not went and answer.state == row.state and answer.message:
        row.message = answer.message[:500]
    row.save(update_fields=["state", "message", "updated_at"])
    return went


@transaction.atomic
def _claim(pk: int, now: datetime, platform: str) -> Transmission | None:
    row = locked(pk)
    if row.state != State.WAITING or (row.next_try_at and row.next_try_at > now):
        return None
    row.tries += 1
    row.platform = platform
    row.next_try_at = now + wait_after(row.tries)
    row.save(update_fields=["tries", "platform", "next_try_at", "updated_at"])
    return row


def _parcel(transmission: Transmission) -> Parcel:
    invoice = transmission.invoice
    stored = InvoicePdf.objects.filter(invoice=invoice).exclude(file="").first()
    try:
        with stored.file.open("rb") as file:  # type: ignore[union-attr]
            pdf = file.read()
    except (AttributeError, FileNotFoundError):
        # The same bytes.
        pdf = documents.invoice_pdf(invoice)
    return Parcel(invoice.number, transmission.key, pdf)


@transaction.atomic
def _sent(claimed: Transmission, answer: Answer, now: datetime) -> None:
    row = locked(claimed.pk)
    if row.key != claimed.key or row.state != State.WAITING:
        return
    same = Transmission.objects.filter(platform=row.platform, remote_id=answer.remote_id).exclude(pk=row.pk)
    if same.exists():
        move(row, State.FAILED, "La plateforme a donné l’identifiant d’une autre facture.")
    else:
        move(row, State.SENT)
        row.remote_id = answer.remote_id
        row.sent_at = now
        move(row, answer.state, answer.message)
    row.next_try_at = None
    row.save()


@transaction.atomic
def _not_sent(claimed: Transmission, error: PlatformError) -> None:
    row = locked(claimed.pk)
    if row.key != claimed.key or row.state != State.WAITING:
        return
    row.message = str(error)[:500]
    if isinstance(error, NotAccepted) or row.tries >= MOST_TRIES:
        move(row, State.FAILED, str(error))
        row.next_try_at = None
    row.save()
