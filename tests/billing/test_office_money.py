"""The office's screens of money: transfers, returns, statements, quotes, terms; who may, and what each says."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from billing import orders, settlements, transfers
from billing.models import BankEntry, CustomerTerms, Offer, Order, Quote, Transfer, TransferReturn
from reference.dates import paris_day
from tests.factories import EmployerFactory, OfficeUserFactory
from tests.tools import mails_to

from .bank import camt_file, entry_xml
from .shop import order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


@pytest.fixture
def order(ormeaux, recruiter):
    """An order of 936 € that waits for its transfer."""
    return order_of(ormeaux, recruiter, Order.Method.TRANSFER)


def page(name, *args):
    return reverse(f"billing_office_{name}", args=args)


def sheet(name, row):
    return reverse(f"commerce_{name}_modeladmin_inspect", args=[row.pk])


def typed(amount, **more):
    return {"key": uuid.uuid4(), "amount": amount, "received_on": paris_day(), "bank_reference": "VIR"} | more


class TestTransfers:
    def test_a_part_is_asked_about_then_kept(self, office, order):
        first = office.post(page("transfer", order.pk), typed("500,00"))
        assert first.status_code == 422 and "Il manque 436,00" in first.text
        assert 'type="checkbox"' in first.text and not Transfer.objects.exists()
        answer = office.post(page("transfer", order.pk), typed("500,00", sure="on"), follow=True)
        assert "il reste 436,00" in answer.text and "Paiement partiel" in answer.text
        assert "436,00\u202f€</strong> TTC attendus sur 936,00" in office.get(page("transfer", order.pk)).text

    def test_too_much_is_listed_until_it_is_noted_as_returned(self, office, order):
        office.post(page("transfer", order.pk), typed("1000,00", sure="on"))
        listed = reverse("commerce_commandes_modeladmin_index") + "?suivi=rendre"
        assert order.number in office.get(listed).text
        assert "64,00\u202f€ à rendre" in office.get(sheet("commandes", order)).text
        assert 'value="64,00"' in office.get(page("give_back", order.pk)).text
        form = {"key": uuid.uuid4(), "amount": "99,00", "returned_on": paris_day()}
        refused = office.post(page("give_back", order.pk), form)
        assert refused.status_code == 422 and "entre 0,01" in refused.text
        form |= {"amount": "64,00", "bank_reference": "RETOUR"}
        answer = office.post(page("give_back", order.pk), form, follow=True)
        assert "Rendu au client" in answer.text and "−64,00" in answer.text
        again = office.post(page("give_back", order.pk), form | {"key": uuid.uuid4()})
        assert "rien à rendre" in again.text and TransferReturn.objects.count() == 1
        assert order.number not in office.get(listed).text
        assert "rien à rendre" in office.get(page("give_back", order.pk), follow=True).text

    def test_a_cancelled_order_is_reopened_with_a_reason(self, office, order, sales):
        office.post(page("cancel", order.pk), {"note": "Sans nouvelles"})
        assert page("reopen", order.pk) in office.get(sheet("commandes", order)).text
        assert office.post(page("reopen", order.pk), {"reason": ""}).status_code == 422
        answer = office.post(page("reopen", order.pk), {"reason": "Il paie"}, follow=True)
        assert (
            "rouverte" in answer.text and "Rouverte\u202f: Il paie" in answer.text.replace("\u00a0", "\u202f")
        ) or "Rouverte : Il paie" in answer.text
        assert Order.objects.get().state == Order.State.AWAITING_TRANSFER

    def test_filters_name_what_waits(self, office, order, sales):
        index = reverse("commerce_commandes_modeladmin_index")
        transfers.receive(order, Decimal("1.00"), paris_day(), sales, sure=True)
        assert order.number in office.get(index, {"suivi": "partiels"}).text
        assert order.number not in office.get(index, {"suivi": "retards"}).text
        Order.objects.update(state=Order.State.ON_INVOICE, pay_by=paris_day() - timedelta(days=1))
        assert order.number in office.get(index, {"suivi": "retards"}).text


def send(office, data, name="releve.xml"):
    return office.post(page("statement"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def told(order, amount="936.00"):
    return camt_file(entries=[entry_xml(amount, reference="R1", wording=order.number, payer="LES ORMEAUX")])


class TestStatements:
    def test_sent_matched_and_confirmed(self, office, order, sales):
        assert "Aucun relevé" in office.get(page("reconcile")).text
        answer = send(office, told(order))
        assert (
            "1 écriture à rapprocher" in answer.text
            and "Certain" in answer.text
            and order.number in answer.text
        )
        entry = BankEntry.objects.get()
        answer = office.post(page("entry_confirm", entry.pk), {"order": order.number}, follow=True)
        assert "est payée" in answer.text and "Tout est rapproché" in answer.text
        assert order.number in office.get(page("entry", entry.pk)).text
        answer = office.post(page("entry_confirm", entry.pk), {"order": order.number}, follow=True)
        assert "déjà rapprochée" in answer.text and Transfer.objects.count() == 1

    def test_all_that_is_certain_at_one_click(self, office, order):
        send(office, told(order))
        assert "tout ce qui est certain" in office.get(page("reconcile")).text
        assert "1 écriture rapprochée" in office.post(page("confirm_certain"), follow=True).text
        assert "Plus rien de certain" in office.post(page("confirm_certain"), follow=True).text

    def test_another_order_is_searched_for(self, office, order, riviere, stranger):
        other = order_of(riviere, stranger, Order.Method.TRANSFER)
        send(office, told(order, "12.00"))
        entry = BankEntry.objects.get()
        assert other.number in office.get(page("entry", entry.pk)).text
        found = office.get(page("entry", entry.pk), {"q": "rivière"}).text.split("<tbody>")[1]
        assert f'value="{other.number}"' in found and f'value="{order.number}"' not in found
        assert "Aucune commande ne correspond" in office.get(page("entry", entry.pk), {"q": "zzz"}).text
        answer = office.post(page("entry_confirm", entry.pk), {"order": other.number}, follow=True)
        assert "Virement partiel enregistré" in answer.text

    def test_left_alone_with_a_note_and_taken_up_again(self, office, order):
        send(office, told(order))
        entry = BankEntry.objects.get()
        answer = office.post(page("entry_ignore", entry.pk), {"note": ""}, follow=True)
        assert "Indiquez pourquoi" in answer.text
        office.post(page("entry_ignore", entry.pk), {"note": "Virement interne"})
        assert "Virement interne" in office.get(page("entry", entry.pk)).text
        office.post(page("entry_take_up", entry.pk))
        assert BankEntry.objects.get().state == "open"

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"%PDF-1.7 x", "PDF ou un classeur"),
            ("Date;Montant\n23/11/2026;1,00\n".encode("utf-16-le"), "CSV UTF-8"),
            (b"<!DOCTYPE d [<!ENTITY a 'x'>]><d>&a;</d>", "définitions"),
        ],
    )
    def test_a_wrong_file_is_refused_with_a_sentence(self, office, data, sentence):
        answer = send(office, data)
        assert answer.status_code == 422 and sentence in answer.text
        assert not BankEntry.objects.exists()

    def test_twice_the_same_file_is_said(self, office, order):
        send(office, told(order))
        assert "déjà importé" in send(office, told(order)).text

    def test_reading_changes_nothing(self, office, order):
        send(office, told(order))
        entry = BankEntry.objects.get()
        for name in ("entry_confirm", "entry_ignore", "entry_take_up"):
            assert office.get(page(name, entry.pk)).status_code == 302
        assert office.get(page("confirm_certain")).status_code == 302
        assert BankEntry.objects.get().state == "open"

    def test_it_costs_the_same_with_more_entries(self, office, order, django_assert_max_num_queries):
        send(office, told(order))
        office.get(page("reconcile"))
        with django_assert_max_num_queries(25) as counted:
            office.get(page("reconcile"))
            most = len(counted)
        send(office, camt_file(entries=[entry_xml(f"{n}.00", reference=f"X{n}") for n in range(1, 40)]))
        office.get(page("reconcile"))
        with django_assert_max_num_queries(most):
            text = office.get(page("reconcile")).text
        assert "Page 1 sur 2" in text

    def test_the_lists_show_what_the_bank_told(self, office, order):
        for name in ("ecritures", "releves", "virements"):
            assert "pour l’instant" in office.get(reverse(f"commerce_{name}_modeladmin_index")).text
        send(office, told(order))
        office.post(page("confirm_certain"))
        for name, words in (
            ("ecritures", order.number),
            ("releves", "releve.xml"),
            ("virements", order.number),
        ):
            assert words in office.get(reverse(f"commerce_{name}_modeladmin_index")).text, name
        assert (
            order.number
            not in office.get(reverse("commerce_virements_modeladmin_index"), {"origine": "main"}).text.split(
                "result-list"
            )[-1]
        )


def sale(**more):
    return {
        "key": uuid.uuid4(),
        f"offer-{Offer.objects.get(code='web-3').pk}": 1,
        "purchase_order_number": "",
    } | more


class TestQuotes:
    def test_made_for_a_customer_and_mailed(self, office, ormeaux):
        assert ormeaux.legal_name in office.get(page("quote_customer"), {"q": "ormeaux"}).text
        form = sale(recipient="achats@ormeaux.example", valid_until=paris_day() + timedelta(days=20))
        answer = office.post(page("quote_for", ormeaux.pk), form, follow=True)
        quote = Quote.objects.get()
        assert quote.number in answer.text and "Valable" in answer.text
        assert quote.valid_until == paris_day() + timedelta(days=20)
        office.post(page("quote_for", ormeaux.pk), form)
        assert Quote.objects.count() == 1
        assert quote.number in mails_to("achats@ormeaux.example")[0].subject

    def test_it_is_sent_again_and_made_again(self, office, ormeaux):
        form = sale(recipient="achats@ormeaux.example", valid_until=paris_day() + timedelta(days=20))
        office.post(page("quote_for", ormeaux.pk), form)
        quote = Quote.objects.get()
        mails_to("x@x.example")
        answer = office.post(page("quote_send", quote.pk), {"recipient": "dg@ormeaux.example"}, follow=True)
        assert "part par e-mail à dg@ormeaux.example" in answer.text
        assert len(mails_to("dg@ormeaux.example")) == 1
        again = office.get(page("quote_for", ormeaux.pk), {"devis": quote.number}).text
        assert f'name="offer-{Offer.objects.get(code="web-3").pk}" value="1"' in again
        Quote.objects.update(valid_until=paris_day() - timedelta(days=1))
        assert "est expiré" in office.post(page("quote_send", quote.pk), {"recipient": "a@b.example"}).text

    def test_another_customers_quote_fills_nothing(self, office, ormeaux, riviere):
        form = sale(recipient="a@b.example", valid_until=paris_day() + timedelta(days=20))
        office.post(page("quote_for", riviere.pk), form)
        answer = office.get(page("quote_for", ormeaux.pk), {"devis": Quote.objects.get().number})
        assert 'value="1"' not in answer.text

    def test_states_are_filtered_by(self, office, ormeaux):
        form = sale(recipient="a@b.example", valid_until=paris_day() + timedelta(days=20))
        office.post(page("quote_for", ormeaux.pk), form)
        index, number = reverse("commerce_devis_modeladmin_index"), Quote.objects.get().number
        assert number in office.get(index, {"etat": "valid"}).text
        assert number not in office.get(index, {"etat": "lapsed"}).text.split("result-list")[-1]


class TestTerms:
    def test_changed_shown_and_logged(self, office, ormeaux, sales):
        form = {
            "pays_on_invoice": "on",
            "invoice_limit": "2500,00",
            "days_to_pay": "45",
            "note": "Mme Durand",
        }
        answer = office.post(page("terms", ormeaux.pk), form, follow=True)
        assert "sous 45\u00a0jours" in answer.text and "2\u202f500,00" in answer.text
        terms = CustomerTerms.objects.get()
        assert (terms.invoice_limit, terms.days_to_pay) == (Decimal("2500.00"), 45)
        ormeaux.refresh_from_db()
        assert ormeaux.pays_on_invoice
        assert ModelLogEntry.objects.get(action="billing.terms").user == sales

    @pytest.mark.parametrize("wrong", [{"invoice_limit": "-1"}, {"days_to_pay": "61"}, {"days_to_pay": "0"}])
    def test_what_the_law_or_sense_forbids_is_refused(self, office, ormeaux, wrong):
        answer = office.post(
            page("terms", ormeaux.pk), {"invoice_limit": "", "days_to_pay": "", "note": ""} | wrong
        )
        assert answer.status_code == 422 and not CustomerTerms.objects.exists()

    def test_an_order_beyond_the_limit_says_so_and_keeps_what_was_typed(self, office, ormeaux):
        ormeaux.pays_on_invoice = True
        ormeaux.save()
        CustomerTerms.objects.create(employer=ormeaux, invoice_limit=Decimal("100.00"))
        answer = office.post(page("order_on_invoice", ormeaux.pk), sale(purchase_order_number="BC 9"))
        assert "dépasse l’encours autorisé" in answer.text and "BC 9" in answer.text
        assert not Order.objects.exists()

    def test_a_public_customer_needs_a_reference_or_a_yes(self, office):
        hospital = EmployerFactory(legal_form="hopital", siret="21690266800013", pays_on_invoice=True)
        answer = office.post(page("order_on_invoice", hospital.pk), sale())
        assert "Chorus Pro demande" in answer.text and not Order.objects.exists()
        office.post(page("order_on_invoice", hospital.pk), sale(without_reference="on"))
        office.post(page("order_on_invoice", hospital.pk), sale(purchase_order_number="ENG 12"))
        hospital.chorus_service_code = "SERVICE-1"
        hospital.save()
        office.post(page("order_on_invoice", hospital.pk), sale())
        assert list(Order.objects.order_by("pk").values_list("purchase_order_number", "chorus_service_code")) == [
            ("", ""), ("ENG 12", ""), ("", "SERVICE-1"),
        ]  # fmt: skip


@pytest.mark.permissions
@pytest.mark.parametrize("group", ["Comptabilité", "Rédaction print"])
def test_who_may_not_change_money_does_not(client, login, order, sales, group):
    statement_entry = _an_entry(sales, order)
    login(client, OfficeUserFactory(group=group))
    closed = [
        page("transfer", order.pk), page("give_back", order.pk), page("reopen", order.pk), page("cancel", order.pk),
        page("statement"), page("confirm_certain"), page("entry_confirm", statement_entry.pk),
        page("entry_ignore", statement_entry.pk), page("entry_take_up", statement_entry.pk),
        page("quote_for", order.employer_id), page("terms", order.employer_id), page("quote_customer"),
        page("transfer", 99999), page("entry_confirm", 99999),
    ]  # fmt: skip
    for address in closed:
        answers = {client.get(address).status_code, client.post(address, {"order": order.number}).status_code}
        assert answers <= {302, 403, 404}, address
    order.refresh_from_db()
    assert order.state == Order.State.AWAITING_TRANSFER and not Transfer.objects.exists()
    reads = client.get(page("reconcile")).status_code
    assert reads == 200 if group == "Comptabilité" else reads in (302, 403, 404)


def _an_entry(sales, order):
    from billing.statements import importing

    importing.import_file("x.xml", told(order), sales)
    return BankEntry.objects.get()


def test_the_customers_page_says_its_terms(office, ormeaux, sales):
    ormeaux.pays_on_invoice = True
    ormeaux.save()
    orders.order_on_invoice(ormeaux, [(Offer.objects.get(code="web-3"), 1)], by=sales)
    text = office.get(sheet("clients", ormeaux)).text
    assert "sous 30\u00a0jours" in text and "936,00\u202f€ sur 10\u202f000,00" in text
    assert settlements.left(Order.objects.get()) == Decimal("936.00")
