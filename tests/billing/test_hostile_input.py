"""What is typed to do harm: signs no document takes, days at the ends of the calendar, forms sent twice."""

import time
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Employer
from billing import carts, documents, orders, quotes, transfers
from billing.models import BankEntry, CreditLot, DiscountCode, Order, Transfer, TransferReturn
from reference.dates import paris_day

from .bank import camt_file, entry_xml
from .shop import INFORMATION, fill, order_of, text, url

pytestmark = pytest.mark.django_db

UNSEEN = ["\x01", "\x0b", "\x1b", "\n", "\uffff", "\u202e"]


def identity(employer, **changed):
    """The first step's form, filled in as it should be."""
    return {
        "legal_name": "Les Ormeaux", "country": "FR", "siret": employer.siret, "vat_number": employer.vat_number,
        "address": "1 rue des Ormes", "address_2": "", "postcode": "69100", "city": "Villeurbanne",
        "billing_email": "", "purchase_order_number": "",
    } | changed  # fmt: skip


class TestInvoiceable:
    """An invoice is issued for good: what its XML cannot hold must not come near it."""

    @pytest.mark.parametrize("sign", UNSEEN)
    @pytest.mark.parametrize("field", ["legal_name", "address", "address_2", "city", "purchase_order_number"])
    def test_a_sign_that_no_xml_takes_is_refused_at_its_field(
        self, client, login, ormeaux, recruiter, field, sign
    ):
        fill(ormeaux, "web-1")
        login(client, recruiter)
        answer = client.post(INFORMATION, identity(ormeaux, **{field: f"A{sign}B"}))
        assert answer.status_code == 200 and answer.context["form"].errors[field]

    def test_an_identity_kept_before_is_completed_first(self, client, login, ormeaux, recruiter):
        Employer.objects.filter(pk=ormeaux.pk).update(address="1 rue\x0bdes Ormes")
        fill(ormeaux, "web-1")
        login(client, recruiter)
        answer = client.get("/commande/verification/")
        assert answer.status_code == 302 and answer.url == INFORMATION

    def test_what_was_frozen_before_is_written_without_it(self, ormeaux, recruiter):
        order = order_of(ormeaux, recruiter)
        Order.objects.filter(pk=order.pk).update(buyer_name="Les\x0bOrmeaux")
        order.refresh_from_db()
        orders.pay(order)
        assert documents.invoice_pdf(order.invoices.get()).startswith(b"%PDF")

    def test_a_name_that_is_a_link_is_refused_as_elsewhere(self, client, login, ormeaux, recruiter):
        fill(ormeaux, "web-1")
        login(client, recruiter)
        answer = client.post(INFORMATION, identity(ormeaux, legal_name="Gagnez www.example.com"))
        assert answer.status_code == 200 and "legal_name" in answer.context["form"].errors

    def test_what_is_wrong_with_a_field_that_is_not_shown_is_said(self, client, login, ormeaux, recruiter):
        """Its letters go abroad, and it moves to France: the postal address is not on this form."""
        Employer.objects.filter(pk=ormeaux.pk).update(
            country="BE", postal_address="Rue Haute 1", postal_postcode="1000 B", postal_city="Bruxelles",
            siret="", vat_number="", legal_form="",
        )  # fmt: skip
        fill(ormeaux, "web-1")
        login(client, recruiter)
        answer = client.post(INFORMATION, identity(ormeaux, siret="73282932000074", vat_number=""))
        assert answer.status_code == 200 and answer.context["form"].errors["__all__"]


def page(name, *args):
    return reverse(f"billing_office_{name}", args=args)


class TestSentTwice:
    """Two clicks on one button: the second finds it done."""

    @pytest.fixture
    def office(self, client, login, sales):
        return login(client, sales)

    @pytest.fixture
    def order(self, ormeaux, recruiter):
        """An order of 936 € that waits for its transfer."""
        return order_of(ormeaux, recruiter, Order.Method.TRANSFER)

    def key_of(self, office, name, order):
        return office.get(page(name, order.pk)).context["form"]["key"].value()

    def test_half_of_the_money_that_one_is_sure_of_does_not_pay_the_order(self, office, order):
        form = {"key": self.key_of(office, "transfer", order), "amount": "468,00", "received_on": paris_day()}
        for _ in range(2):
            answer = office.post(page("transfer", order.pk), form | {"sure": "on"}, follow=True)
            assert "il reste 468,00" in answer.text
        order.refresh_from_db()
        assert Transfer.objects.count() == 1 and order.state == Order.State.AWAITING_TRANSFER

    def test_a_part_of_an_excess_goes_back_once(self, office, order, sales):
        transfers.receive(order, order.total_incl_vat + 100, paris_day(), sales, sure=True)
        form = {"key": self.key_of(office, "give_back", order), "amount": "40,00", "returned_on": paris_day()}
        for _ in range(2):
            assert office.post(page("give_back", order.pk), form).status_code == 302
        assert TransferReturn.objects.get().amount == 40

    def test_the_page_sent_for_another_order_counts_there(self, office, order, riviere, sales):
        other = order_of(riviere, riviere.memberships.get().user, Order.Method.TRANSFER)
        form = {"key": self.key_of(office, "transfer", order), "amount": "936,00", "received_on": paris_day()}
        for one in (order, other):
            office.post(page("transfer", one.pk), form)
            one.refresh_from_db()
            assert one.state == Order.State.PAID

    def test_a_grant_and_a_correction_sent_for_another_count_there(self, office, ormeaux, riviere):
        key = uuid.uuid4()
        form = {"key": key, "kind": "web", "quantity": 2, "months": 12, "reason": "Geste"}
        for one in (ormeaux, riviere, riviere):
            office.post(page("grant", one.pk), form)
            assert one.credit_lots.get().balance == 2
        for lot in CreditLot.objects.all():
            office.post(
                page("correct_credits", lot.pk), {"key": key, "quantity": -1, "reason": "Trop"}, follow=True
            )
        assert [lot.balance for lot in CreditLot.objects.all()] == [1, 1]


class TestCodes:
    def test_a_drawer_of_quotes_does_not_multiply_a_code(self, client, login, ormeaux, recruiter):
        """One order in all may use it: the quotes made while it held are kept to that, but for one promise each."""
        code = DiscountCode.objects.create(
            code="UNE-FOIS", label="Offre", percent=50, most_orders=1, once_an_employer=False
        )
        login(client, recruiter)
        made = []
        for _ in range(3):
            fill(ormeaux, "web-1")
            carts.apply_code(ormeaux, "UNE-FOIS")
            key = carts.cart_of(ormeaux).key
            made.append(quotes.request_quote(ormeaux, key, recruiter))
        answers = [
            client.post(url("quote_order", quote.public_id), {"method": "transfer", "terms": "on"})
            for quote in made
        ]
        assert [answer.status_code for answer in answers] == [302, 200, 200]
        assert "autant de fois" in text(answers[1]) and Order.objects.filter(discount_code=code).count() == 1

    def test_codes_are_not_guessed_all_day(self, client, login, recruiter):
        login(client, recruiter)
        with time_machine.travel("2026-11-24 09:00", tick=False) as clock:
            answers = []
            for _ in range(70):
                clock.shift(61)
                answers.append(client.post("/panier/code/", {"code": "NOEL"}).status_code)
        assert 429 in answers


class TestEndsOfTheCalendar:
    """Before the year 1 and after the year 9999 there is no day to compute with."""

    @pytest.mark.parametrize("query", ["du=0001-01-01", "au=9999-12-31", "du=9999-12-31&au=0001-01-01"])
    def test_filters_take_them_for_no_day(self, client, login, recruiter, sales, query):
        login(client, recruiter)
        for name in ("ledger", "ledger_csv"):
            assert client.get(f"{reverse(f'billing:{name}')}?{query}").status_code == 200
        login(client, sales)
        for name in ("commandes", "paiements", "factures", "mails"):
            assert client.get(f"{reverse(f'commerce_{name}_modeladmin_index')}?{query}").status_code == 200

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_forms_and_statements_refuse_them(self, client, login, ormeaux, recruiter, sales, day):
        order = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
        login(client, sales)
        form = {"key": uuid.uuid4(), "amount": "936,00", "received_on": day, "returned_on": day}
        for name in ("transfer", "give_back"):
            answer = client.post(page(name, order.pk), form)
            assert answer.status_code == 422 and "entre 2000 et 2099" in answer.text
        told = camt_file(entries=[entry_xml("936.00", day=day, wording=order.number)])
        answer = client.post(page("statement"), {"file": SimpleUploadedFile("a.xml", told)})
        assert answer.status_code == 422 and not BankEntry.objects.exists()


@pytest.mark.parametrize("data", [b"(" * 100_000 + b";x\n", b"[" * 100_000 + b";" * 100_000 + b"\n"])
def test_a_file_made_to_take_long_is_refused_at_once(client, login, sales, data):
    login(client, sales)
    began = time.process_time()
    answer = client.post(page("statement"), {"file": SimpleUploadedFile("a.csv", data)})
    assert answer.status_code == 422 and time.process_time() - began < 5
