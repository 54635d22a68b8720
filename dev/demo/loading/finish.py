"""What would otherwise keep the worker busy for minutes at the first start."""

from __future__ import annotations

from itertools import pairwise

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from billing.models import Invoice, InvoicePdf, Quote, Transmission, TransmissionMove
from billing.tasks import make_invoice_pdf, send_quote
from outbox.models import Entry
from search import indexing

from .backdate import backdate
from .scene import Scene

State = Transmission.State


def finish(scene: Scene) -> None:
    """Make the PDFs that are looked at first, and forget the mails of a past that never was.

    The schedule makes the other invoices' PDFs within minutes (`billing.tasks.catch_up`), and mails none of them.
    """
    for pk in Quote.objects.filter(mailed_at=None).values_list("pk", flat=True):
        send_quote.func(pk)
    # Each mailed on its day; a row without a file is a PDF still to be made.
    InvoicePdf.objects.bulk_create(
        InvoicePdf(invoice=invoice, mailed_at=invoice.issued_at)
        for invoice in Invoice.objects.filter(pdf=None)
    )
    for invoice in Invoice.objects.filter(employer=scene.customers["les-ormeaux"].row):
        make_invoice_pdf.func(invoice.pk)
    Email.objects.filter(created__gte=scene.now).exclude(status=STATUS.sent).delete()
    transmit(scene)


def transmit(scene: Scene) -> None:
    """Some recent invoices went through a platform, one in each state; the demonstration itself has none."""
    taxable = Invoice.objects.filter(buyer_kind=Invoice.BuyerKind.TAXABLE, kind=Invoice.Kind.INVOICE)
    said = {
        State.RECEIVED: "Mise à disposition",
        State.REFUSED: "Le client n’a pas commandé cette prestation.",
        State.FAILED: "La plateforme a refusé (422)\u202f: SIREN absent de l’annuaire.",
        State.SENT: "",
        State.WAITING: "La plateforme ne répond pas (ConnectTimeout).",
    }
    for invoice, (state, message) in zip(taxable[: len(said)], said.items(), strict=False):
        is_there = state in (State.SENT, State.RECEIVED, State.REFUSED)
        row = Transmission.objects.create(
            invoice=invoice,
            platform="plateforme",
            state=state,
            remote_id=f"PA-{invoice.number}" if is_there else "",
            message=message,
            tries=2 if state == State.WAITING else 1,
            sent_at=invoice.issued_at if is_there else None,
            next_try_at=scene.now if state == State.WAITING else None,
        )
        path = [State.WAITING, *([State.SENT] if is_there else []), state]
        for before, after in pairwise(path):
            if before != after:
                move = TransmissionMove.objects.create(
                    transmission=row,
                    from_state=before,
                    to_state=after,
                    message=message if after == state else "",
                )
                backdate(move, at=invoice.issued_at)


def catch_up(scene: Scene) -> None:
    """After the commit: bring search and references up to date at once, then drop the tasks that would do it singly."""
    indexing.drain()
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    done = [
        "wagtail.tasks.update_reference_index_task",
        "modelsearch.tasks.insert_or_update_object_task",
        "billing.tasks.send_quote",
        "billing.tasks.send_invoice",
        "billing.tasks.make_invoice_pdf",
        # The mails that they would send are gone, see `finish`.
        "ashjob.tasks.send_mails",
    ]
    if not Entry.objects.waiting().filter(topic__in=indexing.TOPICS).exists():
        done.append("search.tasks.drain")
    DBTaskResult.objects.filter(task_path__in=done).delete()
