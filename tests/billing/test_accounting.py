"""What accounting is handed: balanced entries, VAT to the cent of the invoices, the same at each export."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Employer
from billing import carts, checkout, invoices, orders, payments, refunds, transfers
from billing.accounting import fec
from billing.accounting.entries import Books
from billing.accounting.months import Month, last_months
from billing.accounting.vat_report import totals_of, vat_rows
from billing.models import AccountingSettings, DiscountCode, Invoice, Offer, Order, Transfer
from reference.dates import paris_day
from tests.factories import EmployerFactory, OfferFactory

pytestmark = pytest.mark.django_db

MONTH = Month.current()
RATES = st.sampled_from(["20.00", "5.50", "2.10"])
DISCOUNTS = st.sampled_from([None, "0.01", "7.77", "33.33"])
LINES = st.lists(st.tuples(st.integers(1, 99999), RATES, st.integers(1, 99)), min_size=1, max_size=3)
NOUGHT = Decimal("0.00")


def ordered(employer, *items, method=Order.Method.TRANSFER, code=None) -> Order:
    for item, quantity in items or [(OfferFactory(), 1)]:
        carts.add(employer, item, quantity)
    cart = carts.cart_of(employer)
    if code:
        cart.discount_code = code
        cart.save()
    return checkout.confirm(employer, cart.key, method, employer.memberships.first().user)


def entries(month=MONTH):
    return list(Books().entries(month))


def by_account(found) -> dict[str, Decimal]:
    """Debit less credit of each account."""
    sums = defaultdict(lambda: NOUGHT)
    for entry in found:
        for row in entry.rows:
            sums[row.account] += row.debit - row.credit
    return {account: amount for account, amount in sums.items() if amount}


def of_piece(found, start: str) -> list[tuple]:
    return [
        (row.account, row.debit, row.credit)
        for entry in found if entry.number.startswith(start) for row in entry.rows
    ]  # fmt: skip


def balanced(found) -> bool:
    return all(sum(row.debit - row.credit for row in entry.rows) == 0 for entry in found)


class TestEntries:
    def test_an_invoice_is_owed_sold_and_taxed(self, sales):
        web, page = OfferFactory(price="99.99"), Offer.objects.get(code="page-marque")
        order = orders.pay(ordered(EmployerFactory(), (web, 3), (page, 1)), by=sales)
        invoice = order.invoices.get()
        found = entries()
        assert of_piece(found, invoice.number) == [
            ("411000", order.total_incl_vat, NOUGHT),
            ("706300", NOUGHT, page.price),
            ("706100", NOUGHT, Decimal("299.97")),
            ("445710", NOUGHT, order.total_vat),
        ]
        assert balanced(found)

    def test_what_was_sold_counts_not_what_the_offer_became(self, sales):
        offer = OfferFactory()
        invoice = orders.pay(ordered(EmployerFactory(), (offer, 1)), by=sales).invoices.get()
        Offer.objects.filter(pk=offer.pk).update(kind=Offer.Kind.CV_ACCESS)
        assert ("706100", NOUGHT, Decimal("900.00")) in of_piece(entries(), invoice.number)

    def test_a_credit_note_is_the_invoice_the_other_way_round(self, sales):
        invoice = orders.pay(ordered(EmployerFactory()), by=sales).invoices.get()
        note = invoices.credit_note(invoice, by=sales)
        found = entries()
        there, back = of_piece(found, invoice.number), of_piece(found, note.number)
        assert sorted((account, debit, credit) for account, credit, debit in back) == sorted(there)
        assert not by_account(found)

    def test_card_money_settles_the_customer(self):
        order = ordered(EmployerFactory(), method=Order.Method.CARD)
        payment = payments.start(order, "dummy")
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
        found = entries()
        total = order.total_incl_vat
        assert of_piece(found, "CB-") == [("511500", total, NOUGHT), ("411000", NOUGHT, total)]
        assert "411000" not in by_account(found)

    def test_a_refund_is_an_entry_of_its_day_and_leaves_the_payment_s(self, sales):
        """A payment's own figures and date change with its refund: a month that was exported does not."""
        order = ordered(EmployerFactory(), method=Order.Method.CARD)
        payment = payments.start(order, "dummy")
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
        payment.events.update(at=MONTH.plus(-1).moments["gte"])
        before = entries(MONTH.plus(-1))
        assert [row[1] for row in of_piece(before, "CB-")] == [order.total_incl_vat, NOUGHT]
        invoices.credit_note(order.invoices.get(), by=sales)
        refunds.refund(payment.pk, sales)
        assert entries(MONTH.plus(-1)) == before
        assert of_piece(entries(), "RCB-") == [
            ("411000", order.total_incl_vat, NOUGHT),
            ("511500", NOUGHT, order.total_incl_vat),
        ]
        assert not by_account([*before, *entries()])
        refunds.came_back(payment.pk, order.total_incl_vat)
        assert by_account([*before, *entries()])["511500"] == order.total_incl_vat

    def test_a_lost_contest_takes_the_money_out_once(self, sales):
        order = ordered(EmployerFactory(), method=Order.Method.CARD)
        payment = payments.start(order, "dummy")
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
        refunds.contested(payment.pk, "open", payment.total, "fraudulent", "evt_1")
        assert not of_piece(entries(), "RCB-"), "the money is ours as long as it is contested"
        for event in ("evt_2", "evt_2", "evt_3"):
            refunds.contested(payment.pk, "lost", payment.total, "fraudulent", event)
        found = entries()
        assert of_piece(found, "RCB-") == [
            ("411000", order.total_incl_vat, NOUGHT),
            ("511500", NOUGHT, order.total_incl_vat),
        ]
        assert [e.label for e in found if "Contestation perdue" in e.label] and balanced(found)
        invoices.credit_note(order.invoices.get(), by=sales)
        assert not by_account(entries())

    def test_a_contest_that_was_won_moves_nothing(self):
        order = ordered(EmployerFactory(), method=Order.Method.CARD)
        payment = payments.start(order, "dummy")
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
        before = entries()
        for state in ("open", "won"):
            refunds.contested(payment.pk, state, payment.total, "fraudulent")
        assert entries() == before

    def test_money_for_an_order_paid_already_is_too_much(self, sales):
        order = ordered(EmployerFactory(), method=Order.Method.CARD)
        payment = payments.start(order, "dummy")
        transfers.receive(order, order.total_incl_vat, paris_day(), sales)
        payments.confirm(payment.pk, amount=payment.total, currency="EUR")
        assert by_account(entries())["419700"] == -order.total_incl_vat
        refunds.refund(payment.pk, sales)
        assert "419700" not in by_account(entries())

    def test_transfers_in_part_then_too_much_and_the_rest_sent_back(self, sales):
        order, today = ordered(EmployerFactory()), paris_day()
        for amount in ("1000.00", "100.00"):
            transfers.receive(order, Decimal(amount), today, sales, sure=True)
        found = entries()
        assert of_piece(found, "VIR-") == [
            ("512000", Decimal("1000.00"), NOUGHT), ("411000", NOUGHT, Decimal("1000.00")),
            ("512000", Decimal("100.00"), NOUGHT), ("411000", NOUGHT, Decimal("80.00")),
            ("419700", NOUGHT, Decimal("20.00")),
        ]  # fmt: skip
        assert by_account(found)["419700"] == Decimal("-20.00") and "411000" not in by_account(found)
        transfers.give_back(order, Decimal("20.00"), today, sales)
        found = entries()
        assert of_piece(found, "RBT-") == [
            ("419700", Decimal("20.00"), NOUGHT),
            ("512000", NOUGHT, Decimal("20.00")),
        ]
        assert not {"411000", "419700"} & set(by_account(found)) and balanced(found)

    def test_money_for_an_order_given_up_goes_in_and_out_by_the_customer(self, sales):
        order, today = ordered(EmployerFactory()), paris_day()
        orders.cancel(order, by=sales)
        transfers.receive(order, Decimal("1080.00"), today, sales, sure=True)
        transfers.give_back(order, Decimal("1080.00"), today, sales)
        found = entries()
        assert not by_account(found) and len(found) == 2

    def test_an_export_made_again_splits_as_it_did(self, sales):
        """A transfer of an earlier day that is typed in later takes nothing from one that was exported."""
        order, today = ordered(EmployerFactory()), paris_day()
        transfers.receive(order, Decimal("1000.00"), today, sales, sure=True)
        before = of_piece(entries(), f"VIR-{order.transfers.get().pk}")
        late = transfers.receive(order, Decimal("500.00"), today - timedelta(days=1), sales, sure=True)
        first = Transfer.objects.exclude(pk=late.pk).get()
        found = [e for month in (MONTH.plus(-1), MONTH) for e in entries(month)]
        assert of_piece(found, f"VIR-{first.pk}") == before
        assert ("419700", NOUGHT, Decimal("420.00")) in of_piece(found, f"VIR-{late.pk}")

    def test_an_order_that_costs_nothing_makes_no_entry(self, sales):
        code = DiscountCode.objects.create(code="CADEAU", label="Cadeau", percent=100)
        order = ordered(EmployerFactory(), code=code)
        orders.pay(order, by=sales)
        assert order.total_incl_vat == 0 and Invoice.objects.count() == 1 and not entries()

    def test_each_month_has_its_own(self, sales):
        old = timezone.make_aware(datetime(2026, 1, 31, 23, 30))
        orders.pay(ordered(EmployerFactory()), by=sales, at=old)
        january = Month(date(2026, 1, 1))
        assert [entry.day for entry in entries(january)] == [date(2026, 1, 31)]
        assert not entries(january.plus(1)) and not entries(january.plus(-1))

    def test_many_cost_no_more_queries(self, sales, django_assert_num_queries):
        def more(count):
            for _ in range(count):
                order = ordered(EmployerFactory())
                transfers.receive(order, order.total_incl_vat, paris_day(), sales)

        more(1)
        AccountingSettings.load()
        with django_assert_num_queries(6):
            assert len(entries()) == 2
        more(4)
        with django_assert_num_queries(6):
            assert len(entries()) == 10
        with django_assert_num_queries(1):
            vat_rows(MONTH, MONTH)


class TestFile:
    def test_eighteen_columns_of_tabs_that_nothing_breaks(self, sales):
        order = ordered(employer := EmployerFactory())
        # The forms refuse such a name; a row of another origin may bear it.
        Order.objects.filter(pk=order.pk).update(buyer_name="=Les\tTilleuls\r\n|d’azur")
        order.refresh_from_db()
        orders.pay(order, by=sales)
        text = b"".join(fec.lines(entries())).decode()
        lines = text.removesuffix("\r\n").split("\r\n")
        rows = [line.split("\t") for line in lines]
        assert rows[0][:3] == ["JournalCode", "JournalLib", "EcritureNum"] and len(rows) == 4
        assert {len(row) for row in rows} == {18}
        first = dict(zip(rows[0], rows[1], strict=True))
        number = Invoice.objects.get().number
        day = f"{paris_day():%Y%m%d}"
        assert first["JournalCode"] == "VE" and first["EcritureNum"] == first["PieceRef"] == number
        assert (first["Debit"], first["Credit"]) == ("1080,00", "0,00")
        assert first["EcritureDate"] == first["PieceDate"] == first["ValidDate"] == day
        assert first["CompAuxNum"] == f"C{employer.pk:06d}" and first["CompAuxLib"] == "=Les Tilleuls |d’azur"
        assert dict(zip(rows[0], rows[2], strict=True))["CompAuxNum"] == ""


def signed(field: str) -> Decimal:
    return sum(
        (getattr(i, field) * (-1 if i.kind == Invoice.Kind.CREDIT_NOTE else 1) for i in Invoice.objects.all()), NOUGHT
    )  # fmt: skip


class TestVat:
    def test_by_zone_category_and_rate(self, sales):
        for place in (
            {"postcode": "69100"}, {"postcode": "97200"}, {"postcode": "97300"},
            {"country": "BE", "postcode": "1000", "siret": "", "vat_number": "BE0411905847"},
            {"country": "CH", "postcode": "1200", "siret": "", "vat_number": ""},
        ):  # fmt: skip
            orders.pay(ordered(EmployerFactory(**place)), by=sales)
        rows = vat_rows(MONTH, MONTH)
        assert [(row.zone, row.category, row.rate, row.base, row.vat) for row in rows] == [
            ("metropole", "S", Decimal("20.00"), Decimal("900.00"), Decimal("180.00")),
            ("drom", "S", Decimal("8.50"), Decimal("900.00"), Decimal("76.50")),
            ("drom_sans_tva", "E", Decimal("0.00"), Decimal("900.00"), NOUGHT),
            ("ue", "AE", Decimal("0.00"), Decimal("900.00"), NOUGHT),
            ("hors_ue", "O", Decimal("0.00"), Decimal("900.00"), NOUGHT),
        ]
        assert (
            rows[1].zone_label == "Guadeloupe, Martinique, La Réunion"
            and rows[3].category_label == "Autoliquidation"
        )

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        sold=st.lists(
            st.tuples(LINES, st.sampled_from([None, "0.01", "7.77", "33.33"]), st.booleans()),
            min_size=1,
            max_size=3,
        )
    )
    def test_all_ties_with_the_invoices_to_the_cent(self, sales, sold):
        for lines, percent, credited in sold:
            code = None
            if percent:
                code = DiscountCode.objects.create(
                    code=f"C{DiscountCode.objects.count()}", label="Remise", percent=Decimal(percent)
                )
            items = [
                (OfferFactory(price=Decimal(cents) / 100, vat_rate=Decimal(rate)), quantity)
                for cents, rate, quantity in lines
            ]
            invoice = orders.pay(ordered(EmployerFactory(), *items, code=code), by=sales).invoices.get()
            if credited:
                invoices.credit_note(invoice, by=sales)
        base, vat = totals_of(vat_rows(MONTH, MONTH))
        assert (base, vat) == (signed("total_excl_vat"), signed("total_vat"))
        found, accounts = entries(), by_account(entries())
        assert balanced(found)
        assert accounts.get("411000", NOUGHT) == signed("total_incl_vat")
        assert accounts.get("445710", NOUGHT) == -vat
        assert accounts.get("706100", NOUGHT) == -base


class TestMonths:
    def test_keys(self):
        assert (
            Month.parse("2026-11") == Month(date(2026, 11, 1))
            and Month.parse("2026-11").label == "novembre 2026"
        )
        for odd in (None, "", "2026-13", "2026-1", "x", "２026-11", "2026-11-01", "1999-01"):
            assert Month.parse(odd) == MONTH, odd
        assert Month.parse("2026-12").last == date(2026, 12, 31)
        assert [month.key for month in last_months(Month.parse("2026-01"), 3)] == [
            "2025-11",
            "2025-12",
            "2026-01",
        ]


def test_exempt_customers_are_in_the_report_too(sales):
    orders.pay(ordered(EmployerFactory(vat_status=Employer.VatStatus.EXEMPT)), by=sales)
    assert vat_rows(MONTH, MONTH)[0].vat == Decimal("180.00")
