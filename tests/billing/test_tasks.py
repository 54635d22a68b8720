"""What follows a commit: done once, and taken up when a task was lost."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from post_office.models import Attachment, Email

from billing import carts, credits, documents, invoices, orders, quotes, tasks
from billing.models import CreditMovement, Invoice, InvoicePdf, Offer, Order, Quote
from tests.billing.shop import fill, order_of
from tests.factories import EmployerFactory
from tests.tools import mails_to, run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def buyer(employer):
    return employer.memberships.get().user


@pytest.fixture
def paid(employer, buyer) -> Order:
    return orders.pay(order_of(employer, buyer, Order.Method.CARD))


def lose_all_tasks() -> None:
    DBTaskResult.objects.all().delete()


def test_an_invoice_is_made_and_mailed_once(paid, buyer):
    invoice = paid.invoices.get()
    run_tasks()
    for task in (tasks.send_invoice, tasks.make_invoice_pdf, tasks.send_invoice):
        task.enqueue(invoice.pk)
    assert [mail.attachments[0][0] for mail in mails_to(buyer.email)] == [f"{invoice.number}.pdf"]
    assert InvoicePdf.objects.get().mailed_at
    with InvoicePdf.objects.get().file.open("rb") as file:
        assert file.read() == documents.invoice_pdf(invoice)


def test_what_waits_in_the_mail_queue_lies_where_no_address_leads(paid, settings):
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    run_tasks()
    (attachment,) = Attachment.objects.all()
    assert attachment.name == f"{paid.invoices.get().number}.pdf"
    assert Path(attachment.file.path).is_relative_to(settings.PRIVATE_ROOT)


def test_a_credit_note_is_mailed_too(paid, buyer, sales):
    note = invoices.credit_note(paid.invoices.get(), by=sales)
    mail = mails_to(buyer.email)[-1]
    assert note.number in mail.subject
    assert mail.attachments[0][0] == f"{note.number}.pdf"


def test_the_billing_address_hears_too_but_nobody_twice(employer, buyer):
    employer.billing_email = "compta@ormeaux.example"
    employer.save()
    orders.pay(order_of(employer, buyer, Order.Method.CARD))
    assert len(mails_to("compta@ormeaux.example")) == len(mails_to(buyer.email)) == 1
    employer.billing_email = buyer.email
    employer.save()
    orders.pay(order_of(employer, buyer, Order.Method.CARD))
    assert len(mails_to(buyer.email)) == 2


def test_what_is_undone_leaves_no_mail_and_no_task(employer, buyer, settings):
    settings.EMAIL_BACKEND = "post_office.EmailBackend"
    with pytest.raises(RuntimeError), transaction.atomic():
        orders.pay(order_of(employer, buyer, Order.Method.TRANSFER))
        assert Email.objects.exists()
        assert DBTaskResult.objects.filter(task_path="billing.tasks.send_invoice").exists()
        raise RuntimeError
    assert not Email.objects.exists()
    assert not DBTaskResult.objects.filter(task_path__startswith="billing").exists()
    assert not Invoice.objects.exists()


def test_lost_tasks_are_taken_up(paid, employer, buyer):
    fill(employer, "web-1")
    quote = quotes.request_quote(employer, carts.cart_of(employer).key, buyer)
    lose_all_tasks()
    tasks.catch_up.enqueue()
    assert mails_to(buyer.email) == [], "what is this fresh has its own task"
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        tasks.catch_up.enqueue()
        run_tasks()
    attached = {mail.attachments[0][0] for mail in mails_to(buyer.email)}
    assert attached == {f"{paid.invoices.get().number}.pdf", f"{quote.number}.pdf"}
    assert Quote.objects.get().pdf


def test_an_invoice_made_but_not_mailed_is_mailed(paid, buyer):
    lose_all_tasks()
    tasks.make_invoice_pdf.func(paid.invoices.get().pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        tasks.catch_up.enqueue()
        tasks.catch_up.enqueue()
        run_tasks()
    assert len(mails_to(buyer.email)) == 1


def test_a_file_that_is_missing_is_made_without_a_second_mail(paid, buyer):
    lose_all_tasks()
    InvoicePdf.objects.create(invoice=paid.invoices.get(), mailed_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        tasks.catch_up.enqueue()
        run_tasks()
    assert InvoicePdf.objects.get().file
    assert mails_to(buyer.email) == []


def test_credits_of_the_last_day_are_written_off_the_night_after(employer):
    lot = credits.grant(employer, Offer.Kind.WEB, 2, reference="essai", reason="Essai", months=1)
    with time_machine.travel(lot.expires_at - timedelta(seconds=1)):
        assert tasks.expire_credits.func() == 0
    with time_machine.travel(lot.expires_at + timedelta(seconds=1)):
        assert tasks.expire_credits.func() == 1
        assert tasks.expire_credits.func() == 0
    lot.refresh_from_db()
    assert lot.balance == 0
    assert CreditMovement.objects.filter(kind=CreditMovement.Kind.EXPIRY, quantity=-2).count() == 1
