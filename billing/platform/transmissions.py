"""Which invoices go through the platform, from when, and again."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from accounts.models import User
from billing.models import Invoice, Transmission

from . import tasks
from .choice import active
from .moves import locked, move

State = Transmission.State
Kind = Invoice.BuyerKind


class Route(TextChoices):
    """How the tax administration hears of a sale."""

    PLATFORM = "platform", "Facture électronique"
    # Their buyers receive no e-invoice: the sale is reported instead.
    REPORTING = "reporting", "E-reporting"


class TransmissionError(ValidationError):
    """It cannot be transmitted (again). The message is a French sentence."""


def route_of(invoice: Invoice) -> Route:
    """Through the platform for taxable and public buyers; reported for those outside VAT or abroad. No query."""
    return Route.REPORTING if invoice.buyer_kind in (Kind.NOT_TAXABLE, Kind.FOREIGN) else Route.PLATFORM


def prepare(invoice: Invoice) -> Transmission | None:
    """Write an invoice down to be transmitted; the caller's transaction is the one that keeps its PDF.

    None without a platform, and for an invoice that is reported. Twice writes one.
    """
    platform = active()
    if platform is None or route_of(invoice) == Route.REPORTING:
        return None
    row, new = Transmission.objects.get_or_create(invoice=invoice, defaults={"platform": platform.name})
    if new:
        tasks.transmit.enqueue(row.pk)
    return row


def may_send(invoice: Invoice) -> bool:
    """Whether `send_again` would send it. One query with a platform, none without."""
    if active() is None or route_of(invoice) == Route.REPORTING:
        return False
    row = Transmission.objects.filter(invoice=invoice).first()
    return row is None or row.state in (State.REFUSED, State.FAILED, State.WAITING)


@transaction.atomic
def send_again(invoice: Invoice, by: User) -> Transmission:
    """Send an invoice that failed or was refused once more, or one that was made before there was a platform.

    Locks its row. Raises TransmissionError.
    """
    platform = active()
    if platform is None:
        raise TransmissionError("Aucune plateforme n’est réglée sur ce site.", code="off")
    if route_of(invoice) == Route.REPORTING:
        raise TransmissionError(
            "Ce client ne reçoit pas de facture électronique\u202f: la vente se déclare par e-reporting.",
            code="reporting",
        )
    found, new = Transmission.objects.get_or_create(invoice=invoice, defaults={"platform": platform.name})
    row = locked(found.pk)
    if not new and row.state != State.WAITING and not move(row, State.WAITING, by=by):
        raise TransmissionError(f"Cette facture est {row.get_state_display().lower()}.", code="state")
    if not new and row.remote_id:
        row.key = uuid.uuid4()
    row.tries, row.next_try_at, row.remote_id = 0, None, ""
    row.save()
    tasks.transmit.enqueue(row.pk)
    return row
