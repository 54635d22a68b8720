"""The bank's statements: read as banks write them, refused with a sentence, kept once, matched with orders."""

from datetime import date
from decimal import Decimal

import pytest

from billing import orders, transfers
from billing.models import BankEntry, BankStatement, Offer, Order, Transfer
from billing.statements import MOST_BYTES, StatementError, camt, confirming, importing, table
from billing.statements.matching import Confidence, propose, references
from reference.dates import paris_day

from .bank import CAMT, camt_file, csv_file, entry_xml
from .shop import order_of

pytestmark = pytest.mark.django_db


class TestCamt:
    @pytest.mark.parametrize("version", ["02", "06", "08"])
    def test_each_version_gives_the_booked_credits_in_euros(self, version):
        read = camt.read(camt_file(version=version))
        assert [(e.booked_on, e.amount, e.payer) for e in read.entries] == [
            (date(2026, 11, 23), Decimal("1080.00"), "ASSOCIATION LES ORMEAUX"),
            (date(2026, 11, 24), Decimal("300.00"), "CCAS DE LILLE"),
            (date(2026, 11, 24), Decimal("150.50"), "FONDATION RIVIERE"),
        ]
        assert read.entries[0].wording == "COMMANDE C2026-000123 E2E-1 VIR SEPA RECU"
        assert read.entries[0].bank_reference == "REF-0001"
        assert read.left_aside == 4, "a debit, a reversal, one that is not booked, dollars"

    def test_a_batch_without_amounts_of_its_details_is_one_entry(self):
        details = "<NtryDtls><TxDtls/><TxDtls/></NtryDtls>"
        (entry,) = camt.read(camt_file(entries=[entry_xml("450.50", details=details)])).entries
        assert entry.amount == Decimal("450.50")

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (
                b"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;'>]><d>&b;</d>",
                "définitions",
            ),
            (b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>", "définitions"),
            (b"<!DOCTYPE d SYSTEM 'http://example.org/x.dtd'><d/>", "définitions"),
            (b"<Document>", "abîmé"),
            (b"<?xml version='1.0' encoding='klingon'?><d/>", "abîmé"),
            (b"<html><body>Connexion</body></html>", "pas un relevé CAMT.053"),
            (CAMT.format(kind="052", version="02", entries="").encode(), "CAMT.052"),
            (camt_file(entries=[entry_xml("1e9")]), "montant"),
            (camt_file(entries=[entry_xml("12.345")]), "montant"),
            (camt_file(entries=[entry_xml("10.00", day="hier")]), "date"),
        ],
    )
    def test_what_is_hostile_or_broken_is_refused_with_a_sentence(self, data, sentence):
        with pytest.raises(StatementError, match=sentence):
            camt.read(data)


class TestTable:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
    def test_each_encoding_gives_the_same(self, encoding):
        (entry,) = table.read(csv_file(encoding=encoding)).entries
        assert entry.booked_on == date(2026, 11, 23) and entry.amount == Decimal("1080.00")
        assert entry.wording == "VIR Fédération C2026 000123" and entry.payer == "FÉDÉRATION"

    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    def test_each_delimiter_is_found(self, delimiter):
        (entry,) = table.read(csv_file(delimiter=delimiter)).entries
        assert entry.amount == Decimal("1080.00")

    @pytest.mark.parametrize(
        ("written", "amount"),
        [
            ("1 080,00", "1080.00"), ("1.080,00 €", "1080.00"), ("+1080,5", "1080.50"), ("1080.00", "1080.00"),
            ("1,080.00", "1080.00"), ("1\u202f080,00 EUR", "1080.00"), ("12", "12.00"),
        ],
    )  # fmt: skip
    def test_amounts_as_they_are_written(self, written, amount):
        (entry,) = table.read(csv_file(amount=written)).entries
        assert entry.amount == Decimal(amount)

    @pytest.mark.parametrize("written", ["-1080,00", "1080,00-", "(1080,00)", "\u22121080,00", "0,00"])
    def test_debits_are_left_aside(self, written):
        read = table.read(csv_file(amount=written))
        assert (read.entries, read.left_aside) == ([], 1)

    @pytest.mark.parametrize("written", ["1,080", "mille", "1080,005", "99999999999,00"])
    def test_an_amount_that_may_be_another_is_refused_with_its_line(self, written):
        with pytest.raises(StatementError, match="Ligne 4"):
            table.read(csv_file(amount=written))

    @pytest.mark.parametrize("written", ["23/11/2026", "23-11-2026", "23.11.2026", "2026-11-23", "23/11/26"])
    def test_days_as_they_are_written(self, written):
        assert table.read(csv_file(day=written)).entries[0].booked_on == date(2026, 11, 23)

    def test_a_day_that_is_none_is_refused_with_its_line(self):
        with pytest.raises(StatementError, match="jj/mm/aaaa"):
            table.read(csv_file(day="31/11/2026"))

    def test_two_columns_debit_and_credit_and_a_total_without_day(self):
        data = (
            "Date de comptabilisation;Libelle simplifie;Reference;Informations complementaires;Debit;Credit\n"
            "23/11/2026;VIR ORMEAUX;A1;FA2026-000007;;300,00\n24/11/2026;FRAIS;A2;;-4,00;\n;TOTAL;;;-4,00;300,00\n"
        )
        read = table.read(data.encode())
        assert [(e.amount, e.wording, e.bank_reference) for e in read.entries] == [
            (Decimal("300.00"), "VIR ORMEAUX FA2026-000007", "A1")
        ]
        assert read.left_aside == 2

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ("Nom;Prénom\nA;B\n".encode(), "colonnes"),
            (b"Date;Montant;Libell\x8f\x81\n23/11/2026;1,00;x\n", "CSV UTF-8"),
            ("Date;Montant\n23/11/2026;1,00\n".encode("utf-16-le"), "CSV UTF-8"),
            (b"\xff\xfeD", "CSV UTF-8"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_a_sentence(self, data, sentence):
        with pytest.raises(StatementError, match=sentence):
            table.read(data)


class TestImport:
    def test_a_file_is_imported_once(self, sales):
        done = importing.import_file("novembre.xml", camt_file(), sales)
        assert (done.new, done.known, done.left_aside) == (3, 0, 4)
        with pytest.raises(StatementError, match="déjà importé"):
            importing.import_file("autre nom.xml", camt_file(), sales)
        assert BankEntry.objects.count() == 3 and BankStatement.objects.get().imported_by == sales

    def test_an_entry_that_two_files_tell_is_kept_once(self, sales):
        importing.import_file("a.xml", camt_file(), sales)
        more = entry_xml("77.00", reference="REF-0099", wording="NOUVEAU")
        done = importing.import_file("b.xml", camt_file(extra=[more]), sales)
        assert (done.new, done.known) == (1, 3)
        assert BankEntry.objects.count() == 4

    def test_honest_twins_of_one_file_are_both_kept_and_once_each(self, sales):
        row = "23/11/2026;300,00;VIR MEME LIBELLE\n"
        head = "Date;Montant;Libellé\n"
        done = importing.import_file("a.csv", (head + row * 2).encode(), sales)
        assert done.new == 2
        done = importing.import_file("b.csv", (head + row * 3).encode(), sales)
        assert (done.new, done.known) == (1, 2)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "vide"),
            (b"x" * (MOST_BYTES + 1), "dépasse 8"),
            (b"%PDF-1.7", "PDF ou un classeur"),
            (b"PK\x03\x04xxx", "PDF ou un classeur"),
            (b"Date;Montant\n23/11/2026;-5,00\n", "aucune somme reçue"),
        ],
    )
    def test_what_is_no_statement_is_refused_and_nothing_kept(self, sales, data, sentence):
        with pytest.raises(StatementError, match=sentence):
            importing.import_file("x", data, sales)
        assert not BankStatement.objects.exists()


@pytest.fixture
def order(ormeaux, recruiter):
    """An order of 936 € that waits for its transfer."""
    return order_of(ormeaux, recruiter, Order.Method.TRANSFER)


@pytest.fixture
def entry(sales):
    """`entry(amount, wording, payer)` is an open entry of a statement."""

    def make(amount="936.00", wording="", payer="", reference=""):
        statement, _ = BankStatement.objects.get_or_create(
            digest="x", defaults={"name": "x", "format": "csv"}
        )
        return BankEntry.objects.create(
            statement=statement, fingerprint=f"{BankEntry.objects.count()}",
            booked_on=paris_day(), amount=Decimal(amount),
            wording=wording, payer=payer, bank_reference=reference,
        )  # fmt: skip

    return make


class TestMatching:
    @pytest.mark.parametrize(
        ("wording", "numbers"),
        [
            ("COMMANDE C2026-000123", ["C2026-000123"]),
            ("cde 2026 000 123 ormeaux", ["C2026-000123"]),
            ("VIR C2026000123/ORMEAUX", ["C2026-000123"]),
            ("FACTURE FA 2026-000007", ["FA2026-000007"]),
            ("FAC2026000007 ET FA2026-000008", ["FA2026-000007", "FA2026-000008"]),
            ("Devis D2026-000004", ["D2026-000004"]),
            ("ref 2026000123", ["C2026-000123", "FA2026-000123", "D2026-000123"]),
            ("TEL 0320000000", []),
        ],
    )
    def test_our_numbers_are_found_in_what_banks_make_of_them(self, wording, numbers):
        assert list(references(wording)) == numbers

    def test_the_number_and_the_amount_are_certain(self, order, entry):
        found = entry(wording=f"VIR {order.number.replace('-', ' ')}")
        proposal = propose([found])[found.pk]
        assert proposal.order == order and proposal.is_certain and order.number in proposal.why

    def test_another_amount_is_only_likely_and_says_how_much(self, order, entry):
        less, more = entry("900.00", order.number), entry("940.00", order.number)
        assert propose([less])[less.pk].confidence == Confidence.LIKELY
        assert "il manquerait 36,00" in propose([less])[less.pk].why
        assert "4,00\u202f€ de trop" in propose([more])[more.pk].why

    def test_of_two_entries_that_name_one_order_one_is_certain(self, order, entry):
        first, second = entry(wording=order.number), entry(wording=order.number)
        found = propose([first, second])
        assert found[first.pk].is_certain and found[second.pk].confidence == Confidence.POSSIBLE

    def test_an_invoice_or_a_quotes_number_leads_to_its_order(self, ormeaux, recruiter, sales, entry):
        placed = orders.order_on_invoice(ormeaux, [(Offer.objects.get(code="web-3"), 1)], by=sales)
        found = entry(wording=f"REGLT {placed.invoices.get().number}")
        assert propose([found])[found.pk].order == placed and propose([found])[found.pk].is_certain

    def test_amount_and_payer_are_likely_amount_alone_is_to_be_looked_at(self, order, entry):
        named, unnamed = entry(payer="ASS. LES ORMEAUX"), entry(payer="DUPONT")
        assert propose([named])[named.pk].confidence == Confidence.LIKELY
        assert propose([unnamed])[unnamed.pk].confidence == Confidence.POSSIBLE
        other = entry("12.00", payer="LES ORMEAUX")
        assert other.pk not in propose([other])

    def test_a_paid_order_is_proposed_with_doubt(self, order, entry, sales):
        transfers.receive(order, order.total_incl_vat, paris_day(), sales)
        found = entry(wording=order.number)
        proposal = propose([found])[found.pk]
        assert proposal.confidence == Confidence.POSSIBLE and "payée" in proposal.why

    def test_it_costs_the_same_with_more_entries(self, order, entry, django_assert_num_queries):
        entries = [entry(wording=order.number)]
        with django_assert_num_queries(5):
            propose(entries)
        entries += [
            entry(wording=f"{order.number} FA2026-000001 D2026-000001", payer="LES ORMEAUX")
            for _ in range(20)
        ]
        with django_assert_num_queries(5):
            propose(entries)


class TestConfirming:
    def test_it_pays_the_order_once(self, order, entry, sales):
        found = entry(wording=order.number, reference="BQ 1")
        transfer = confirming.confirm(found, order, sales)
        order.refresh_from_db()
        found.refresh_from_db()
        assert order.state == Order.State.PAID and found.transfer == transfer and found.settled_by == sales
        assert (transfer.amount, transfer.bank_reference) == (Decimal("936.00"), "BQ 1")
        with pytest.raises(StatementError, match="déjà rapprochée"):
            confirming.confirm(found, order, sales)
        assert Transfer.objects.count() == 1

    def test_part_and_excess_go_the_way_of_every_transfer(self, order, entry, sales):
        confirming.confirm(entry("900.00"), order, sales)
        order.refresh_from_db()
        assert order.state == Order.State.AWAITING_TRANSFER
        confirming.confirm(entry("40.00"), order, sales)
        order.refresh_from_db()
        assert order.state == Order.State.PAID

    def test_what_was_typed_by_hand_is_not_booked_again(self, order, entry, sales):
        typed = transfers.receive(order, order.total_incl_vat, paris_day(), sales)
        assert confirming.confirm(entry(), order, sales) == typed
        assert Transfer.objects.count() == 1

    def test_all_that_is_certain_at_one_click_and_nothing_else(self, order, entry, ormeaux, recruiter, sales):
        another = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
        entry(wording=order.number)
        entry(wording=order.number)
        entry("1.00", wording=another.number)
        assert confirming.confirm_certain(sales) == 1
        assert confirming.confirm_certain(sales) == 0
        assert BankEntry.objects.filter(state="open").count() == 2

    def test_ignored_with_a_note_and_taken_up_again(self, entry, sales):
        found = entry()
        with pytest.raises(StatementError, match="pourquoi"):
            confirming.ignore(found, " ", sales)
        confirming.ignore(found, "Subvention", sales)
        with pytest.raises(StatementError, match="déjà écartée"):
            confirming.ignore(found, "Encore", sales)
        confirming.take_up(found, sales)
        with pytest.raises(StatementError, match="n’est pas écartée"):
            confirming.take_up(found, sales)
        found.refresh_from_db()
        assert (found.state, found.note) == ("open", "Subvention")
