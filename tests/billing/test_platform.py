"""Invoices go to the platform once, whatever happens on the way, and what it says of them is believed in order."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Employer
from billing import documents, orders, tasks
from billing.models import Invoice, Order, Transmission, TransmissionMove
from billing.platform import choice, sending, transmissions
from billing.platform import tasks as platform_tasks
from billing.platform.base import NotAccepted, Parcel, PlatformError
from billing.platform.folder import FolderPlatform
from billing.platform.http import HttpPlatform
from billing.platform.webhook import signature
from tests.billing.platform_server import parts_of, running
from tests.billing.shop import order_of
from tests.factories import EmployerFactory
from tests.tools import run_tasks

pytestmark = pytest.mark.django_db

State = Transmission.State
TOKEN, SECRET = "jeton-d-essai", "secret-d-essai"
ADDRESS = "/plateforme/etats/"
SAFE, OPEN = "https://pa.example", "http://pa.example"


@pytest.fixture
def platform(settings):
    """The site with an HTTP platform that runs."""
    with running() as server:
        settings.EINVOICE_PLATFORM = "http"
        settings.EINVOICE_URL, settings.EINVOICE_TOKEN = server.url, TOKEN
        settings.EINVOICE_WEBHOOK_SECRET = SECRET
        yield server


@pytest.fixture
def folder(settings, tmp_path):
    settings.EINVOICE_PLATFORM, settings.EINVOICE_FOLDER = "folder", str(tmp_path)
    return tmp_path


def issued(**employer) -> Invoice:
    """The invoice of an order that was paid; its tasks have not run."""
    customer = EmployerFactory(**employer)
    user = customer.memberships.get().user
    return orders.pay(order_of(customer, user, Order.Method.CARD), by=user).invoices.get()


def with_pdf(**employer) -> Invoice:
    """The same, its PDF made and whatever follows from it done."""
    invoice = issued(**employer)
    tasks.make_invoice_pdf.enqueue(invoice.pk)
    run_tasks()
    return invoice


def row_of(invoice: Invoice) -> Transmission:
    return Transmission.objects.get(invoice=invoice)


def told(client, remote_id, status, secret=SECRET, at=None, **more):
    body = json.dumps({"id": remote_id, "status": status} | more).encode()
    stamp = str(int(at if at is not None else time.time()))
    return client.post(
        ADDRESS,
        body,
        content_type="application/json",
        headers={"X-Timestamp": stamp, "X-Signature": signature(secret, stamp, body)},
    )


class TestHttp:
    def test_an_invoice_is_sent_once_with_its_token_and_key(self, platform):
        invoice = with_pdf()
        [asked] = platform.asked
        assert (asked["method"], asked["path"]) == ("POST", "/api/invoices")
        assert asked["headers"]["authorization"] == f"Bearer {TOKEN}"
        parts, row = parts_of(asked), row_of(invoice)
        assert parts["file"] == documents.invoice_pdf(invoice)
        assert parts["number"].decode() == invoice.number
        assert parts["external_id"].decode() == str(row.key) == asked["headers"]["idempotency-key"]
        assert (row.state, row.remote_id, row.tries, row.message) == (State.SENT, "PA-1", 1, "")
        assert row.sent_at and row.next_try_at is None
        platform_tasks.transmit.enqueue(row.pk)
        platform_tasks.transmit_due.enqueue()
        tasks.make_invoice_pdf.enqueue(invoice.pk)
        run_tasks()
        assert len(platform.asked) == 1 and Transmission.objects.count() == 1

    def test_it_is_tried_again_later_and_later_with_the_same_key(self, platform):
        platform.answers = [(503, b"<html>"), (500, {"message": "en panne"}), (401, {"detail": "jeton"})]
        row = row_of(with_pdf())
        now = timezone.now()
        waits = []
        for _ in range(3):
            row.refresh_from_db()
            assert row.state == State.WAITING and row.message
            waits.append(round((row.next_try_at - now) / timedelta(minutes=1)))
            sending.send(row.pk, row.next_try_at - timedelta(seconds=1))
            assert len(platform.asked) == len(waits), "not before its time"
            now = row.next_try_at
            sending.send(row.pk, now)
        row.refresh_from_db()
        assert waits == [5, 15, 45]
        assert (row.state, row.tries) == (State.SENT, 4)
        assert len({asked["headers"]["idempotency-key"] for asked in platform.asked}) == 1

    def test_after_the_last_try_it_failed_and_says_why(self, platform):
        platform.answers = [(503, {"message": "saturée"})] * 20
        row = row_of(with_pdf())
        for _ in range(20):
            row.refresh_from_db()
            if row.next_try_at:
                sending.send(row.pk, row.next_try_at)
        row.refresh_from_db()
        assert (row.state, row.tries) == (State.FAILED, sending.MOST_TRIES)
        assert row.message == "La plateforme a refusé (503)\u202f: saturée"
        assert row.next_try_at is None and len(platform.asked) == sending.MOST_TRIES

    def test_a_file_that_is_not_accepted_is_not_sent_again(self, platform):
        platform.answers = [(422, {"message": "BR-FR-05 : note PMT absente"})]
        row = row_of(with_pdf())
        assert row.state == State.FAILED and "BR-FR-05" in row.message and row.tries == 1

    def test_a_try_that_was_cut_off_is_known_by_its_key(self, platform):
        """The platform took the file, and the worker died before it wrote that down."""
        invoice = with_pdf()
        row = row_of(invoice)
        Transmission.objects.update(state=State.WAITING, remote_id="", sent_at=None)
        sending.send(row.pk)
        assert (row_of(invoice).state, row_of(invoice).remote_id) == (State.SENT, "PA-1")
        assert len(platform.ids) == 1

    @pytest.mark.parametrize(
        "answer",
        [(200, b"not json"), (200, b"[1]"), (200, {"status": "sent"}), (200, {"id": None}), (302, {"id": "x"}),
         (200, b'{"id": "x", "message": "' + b"a" * 70000 + b'"}')],
    )  # fmt: skip
    def test_odd_answers_are_no_success(self, platform, answer):
        platform.answers = [answer]
        row = row_of(with_pdf())
        assert row.state == State.WAITING and row.message and not row.remote_id
        assert len(platform.asked) == 1, "a token follows no redirection"

    def test_nobody_there(self):
        with running() as server:
            gone = HttpPlatform(server.url, TOKEN)
        with pytest.raises(PlatformError, match="ne répond pas") as found:
            gone.send(Parcel("F1", "key", b"%PDF"))
        assert not isinstance(found.value, NotAccepted)

    def test_an_identifier_of_another_invoice_is_not_taken(self, platform):
        first = with_pdf()
        platform.answers = [(201, {"id": row_of(first).remote_id})]
        second = with_pdf()
        assert row_of(second).state == State.FAILED and row_of(first).state == State.SENT

    def test_it_is_asked_what_became_of_it(self, platform):
        row = row_of(with_pdf())
        Transmission.objects.update(updated_at=timezone.now() - timedelta(hours=2))
        platform.answers = [(500, {}), (200, {"status": "205", "message": "Approuvée"})]
        platform_tasks.ask_statuses.enqueue()
        run_tasks()
        row.refresh_from_db()
        assert row.state == State.SENT, "an answer that fails changes nothing"
        assert platform.asked[-1]["path"] == f"/api/invoices/{row.remote_id}"
        platform_tasks.ask_statuses.enqueue()
        run_tasks()
        assert len(platform.asked) == 2, "not twice within the hour"
        Transmission.objects.update(updated_at=timezone.now() - timedelta(hours=2))
        platform_tasks.ask_statuses.enqueue()
        run_tasks()
        row.refresh_from_db()
        assert (row.state, row.message) == (State.RECEIVED, "Approuvée")


class TestFolder:
    def test_the_file_is_there_whole_and_nothing_else(self, folder):
        invoice = with_pdf()
        assert [file.name for file in folder.iterdir()] == [f"{invoice.number}.pdf"]
        assert (folder / f"{invoice.number}.pdf").read_bytes() == documents.invoice_pdf(invoice)
        assert row_of(invoice).state == State.SENT
        sending.send(row_of(invoice).pk)
        platform_tasks.ask_statuses.enqueue()
        run_tasks()

    def test_half_a_file_is_never_seen(self, tmp_path, monkeypatch):
        """Whatever stands under the invoice's name is whole: it is renamed there, and a failure leaves nothing."""

        def fails(*args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("billing.platform.folder.os.fsync", fails)
        with pytest.raises(PlatformError, match="No space left"):
            FolderPlatform(str(tmp_path)).send(Parcel("F1", "key", b"%PDF"))
        assert not list(tmp_path.iterdir())

    def test_a_folder_that_is_not_there_is_tried_again(self, settings, folder):
        settings.EINVOICE_FOLDER = str(folder / "absent")
        invoice = with_pdf()
        assert row_of(invoice).state == State.WAITING and "dossier" in row_of(invoice).message
        Path(settings.EINVOICE_FOLDER).mkdir()
        sending.send(row_of(invoice).pk, row_of(invoice).next_try_at)
        assert row_of(invoice).state == State.SENT


class TestWhich:
    def test_none_without_a_platform(self, settings):
        assert settings.EINVOICE_PLATFORM == ""
        with_pdf()
        platform_tasks.transmit_due.enqueue()
        platform_tasks.ask_statuses.enqueue()
        run_tasks()
        assert not Transmission.objects.exists()

    def test_buyers_outside_vat_are_reported_instead(self, folder, sales):
        invoice = with_pdf(vat_status=Employer.VatStatus.OUTSIDE)
        assert transmissions.route_of(invoice) == transmissions.Route.REPORTING
        assert not Transmission.objects.exists()
        with pytest.raises(transmissions.TransmissionError, match="e-reporting"):
            transmissions.send_again(invoice, sales)

    def test_it_waits_with_its_pdf_and_a_lost_task_is_taken_up(self, folder):
        invoice = issued()
        assert not Transmission.objects.exists(), "not before its PDF is there"
        tasks.make_invoice_pdf.func(invoice.pk)
        DBTaskResult.objects.all().delete()
        assert row_of(invoice).state == State.WAITING
        platform_tasks.transmit_due.enqueue()
        run_tasks()
        assert row_of(invoice).state == State.SENT

    @pytest.mark.parametrize(
        ("values", "found"),
        [
            ({"EINVOICE_PLATFORM": ""}, []),
            ({"EINVOICE_PLATFORM": "fax"}, ["billing.E001"]),
            ({"EINVOICE_PLATFORM": "folder", "EINVOICE_FOLDER": ""}, ["billing.E002"]),
            ({"EINVOICE_PLATFORM": "http", "EINVOICE_URL": SAFE, "EINVOICE_TOKEN": ""}, ["billing.E003"]),
            ({"EINVOICE_PLATFORM": "http", "EINVOICE_URL": OPEN, "EINVOICE_TOKEN": "x"}, ["billing.E004"]),
            ({"EINVOICE_PLATFORM": "http", "EINVOICE_URL": SAFE, "EINVOICE_TOKEN": "x"}, []),
        ],
    )  # fmt: skip
    def test_settings_that_cannot_work_stop_the_site(self, settings, values, found):
        for name, value in values.items():
            setattr(settings, name, value)
        assert [error.id for error in choice.check_settings(None)] == found


class TestAgain:
    def test_the_office_sends_again_what_failed_under_a_new_name(self, platform, sales):
        platform.answers = [(201, {"id": "PA-0", "status": "sent"})]
        invoice = with_pdf()
        sending.take_in(row_of(invoice), sending.Answer("PA-0", State.REFUSED, "SIREN inconnu"))
        before = row_of(invoice)
        transmissions.send_again(invoice, sales)
        run_tasks()
        after = row_of(invoice)
        assert (after.state, after.tries, after.message) == (State.SENT, 1, "")
        assert after.key != before.key and after.remote_id != "PA-0"
        assert not sending.take_in(before, sending.Answer("PA-0", State.FAILED)), (
            "an event of the sending before"
        )
        assert row_of(invoice).state == State.SENT
        moves = [(move.to_state, move.by) for move in TransmissionMove.objects.all()]
        assert (State.WAITING, sales) in moves

    def test_what_is_under_way_or_received_is_not_sent_again(self, platform, sales):
        invoice = with_pdf()
        for state in (State.SENT, State.RECEIVED):
            Transmission.objects.update(state=state)
            with pytest.raises(transmissions.TransmissionError):
                transmissions.send_again(invoice, sales)
        assert len(platform.asked) == 1

    def test_an_invoice_of_before_the_platform_can_be_sent(self, settings, tmp_path, sales):
        invoice = with_pdf()
        with pytest.raises(transmissions.TransmissionError, match="Aucune plateforme"):
            transmissions.send_again(invoice, sales)
        settings.EINVOICE_PLATFORM, settings.EINVOICE_FOLDER = "folder", str(tmp_path)
        transmissions.send_again(invoice, sales)
        run_tasks()
        assert row_of(invoice).state == State.SENT


class TestWebhook:
    @pytest.fixture
    def sent(self, platform) -> Transmission:
        return row_of(with_pdf())

    def state(self) -> str:
        return Transmission.objects.get().state

    def test_it_says_how_an_invoice_fares(self, client, sent):
        assert told(client, sent.remote_id, "203").json() == {"changed": True}
        assert self.state() == State.RECEIVED
        assert told(client, sent.remote_id, "refused", message="Doublon").status_code == 200
        assert (self.state(), Transmission.objects.get().message) == (State.REFUSED, "Doublon")

    def test_twice_late_and_out_of_order_change_nothing(self, client, sent):
        told(client, sent.remote_id, "refused", message="Doublon")
        moves = TransmissionMove.objects.count()
        for word in ("refused", "sent", "received", "210", "213", "207", "what?"):
            answer = told(client, sent.remote_id, word, message="Encore")
            assert (answer.status_code, answer.json()) == (200, {"changed": False}), word
        assert self.state() == State.REFUSED and TransmissionMove.objects.count() == moves

    def test_forged_and_stale_events_are_refused(self, client, sent):
        assert told(client, sent.remote_id, "received", secret="autre").status_code == 403
        for at in (time.time() - 3600, time.time() + 3600):
            assert told(client, sent.remote_id, "received", at=at).status_code == 403
        bare = client.post(
            ADDRESS, {"id": sent.remote_id, "status": "received"}, content_type="application/json"
        )
        assert bare.status_code == 403
        assert client.get(ADDRESS).status_code == 405
        assert self.state() == State.SENT

    def test_an_unknown_id_is_not_found(self, client, sent):
        for remote_id in ("PA-999", "%", "é"):
            assert told(client, remote_id, "received").status_code == 404
        for odd in ("", None, 7, ["x"], "a\0b"):
            assert told(client, odd, "received").status_code == 400, odd
        for body in (b"", b"[]", b"null", b'"x"', b"{", b'{"id": "x"}', b"\xff"):
            stamp = str(int(time.time()))
            answer = client.post(
                ADDRESS, body, content_type="application/json",
                headers={"X-Timestamp": stamp, "X-Signature": signature(SECRET, stamp, body)},
            )  # fmt: skip
            assert answer.status_code == 400, body

    def test_it_is_not_there_without_a_secret_or_a_platform(self, client, sent, settings):
        settings.EINVOICE_WEBHOOK_SECRET = ""
        assert told(client, sent.remote_id, "received", secret="").status_code == 404
        settings.EINVOICE_WEBHOOK_SECRET, settings.EINVOICE_PLATFORM = SECRET, ""
        assert told(client, sent.remote_id, "received").status_code == 404
        assert reverse("billing:platform_status") == ADDRESS
