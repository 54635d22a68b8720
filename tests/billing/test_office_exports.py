"""Lists as files: typed, streamed, never a formula, for those who may, each one logged."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from billing import carts, checkout, quotes, sheets, transfers
from billing.models import Order
from billing.office import exporting
from reference.dates import paris_day
from tests.factories import EmployerFactory, OfferFactory, OfficeUserFactory, OrderFactory

pytestmark = pytest.mark.django_db

LISTS = (
    "clients", "commandes", "factures", "devis", "credits", "offres", "codes", "tva", "penalites", "virements",
    "paiements", "ecritures", "releves", "transmissions", "mails",
)  # fmt: skip


def listing(name):
    return reverse(f"commerce_{name}_modeladmin_index")


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


def sold(employer, sales) -> Order:
    user = employer.memberships.first().user
    carts.add(employer, OfferFactory())
    quotes.request_quote(employer, carts.cart_of(employer).key, user)
    order = checkout.confirm(employer, carts.cart_of(employer).key, Order.Method.TRANSFER, user)
    transfers.receive(order, order.total_incl_vat, paris_day(), sales)
    return order


def rows_of(answer) -> list[list[str]]:
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf") and "no-store" in answer["Cache-Control"]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet_of(answer) -> list[tuple]:
    return list(load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows())


def test_every_list_is_exported_in_both_ways(office, ormeaux, sales):
    sold(ormeaux, sales)
    for name in LISTS:
        rows = rows_of(office.get(listing(name), {"export": "csv"}))
        cells = sheet_of(office.get(listing(name), {"export": "xlsx"}))
        assert len(rows) == len(cells) and rows[0] == [cell.value for cell in cells[0]], name
        assert len(rows) > 1 or name in (
            "codes",
            "paiements",
            "penalites",
            "ecritures",
            "releves",
            "transmissions",
            "mails",
        ), name


def test_dates_and_amounts_are_typed(office, ormeaux, sales):
    order = sold(ormeaux, sales)
    headings, row = sheet_of(office.get(listing("commandes"), {"export": "xlsx"}))
    found = dict(zip((cell.value for cell in headings), row, strict=True))
    assert found["Numéro"].value == order.number
    assert found["Total TTC"].value == 1080 and found["Total TTC"].data_type == "n"
    assert isinstance(found["Passée le"].value, datetime) and found["Passée le"].is_date
    headings, values = rows_of(office.get(listing("commandes"), {"export": "csv"}))
    said = dict(zip(headings, values, strict=True))
    assert (said["Total TTC"], said["Reste à payer"], said["État"]) == ("1080,00", "0,00", "Payée")
    assert said["Passée le"].startswith(f"{paris_day():%d/%m/%Y}")


def test_the_orders_say_where_the_printed_copy_goes(office):
    OrderFactory(proof_address="Service com\n1 rue du Port")
    headings, values = rows_of(office.get(listing("commandes"), {"export": "csv"}))
    said = dict(zip(headings, values, strict=True))
    assert said["Justificatif à envoyer à"].splitlines() == ["Service com", "1 rue du Port"]


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x")', "+33", "-1", "@x", " =1+1", "\t=1", "＝1", "|calc"]
)
def test_no_cell_is_a_formula(office, name):
    OrderFactory(employer=EmployerFactory(legal_name=name), purchase_order_number=name[:50])
    for line in rows_of(office.get(listing("commandes"), {"export": "csv"}))[1:]:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝", "|")) for cell in line)
    for row in sheet_of(office.get(listing("commandes"), {"export": "xlsx"})):
        assert all(cell.data_type != "f" for cell in row)


def test_characters_that_a_workbook_refuses_are_left_out():
    for format in sheets.FORMATS:
        assert sheets.as_file(
            format, "x", ["a"], [["a\x0bb"], [date(2026, 1, 2)], [Decimal("-1.5")], [None], [True]]
        )


def test_the_list_is_exported_as_it_is_filtered_and_searched(office, ormeaux):
    OrderFactory(employer=ormeaux, number="C2026-000901")
    OrderFactory(number="C2026-000902", state=Order.State.PAID)
    for query, wanted in (({"state": "paid"}, "C2026-000902"), ({"q": "ormeaux"}, "C2026-000901")):
        rows = rows_of(office.get(listing("commandes"), query | {"export": "csv"}))
        assert [row[0] for row in rows[1:]] == [wanted]
    far = {"du": "2020-01-01", "au": "2020-12-31", "export": "csv"}
    assert len(rows_of(office.get(listing("commandes"), far))) == 1


def test_days_that_are_none_filter_nothing(office):
    order = OrderFactory()
    for odd in ("", "x", "2026-13-40", "0000-00-00", "2026-02-30"):
        assert order.number in office.get(listing("commandes"), {"du": odd, "au": odd}).text, odd
    assert order.number not in office.get(listing("commandes"), {"au": "2020-01-01"}).text
    assert order.number in office.get(listing("commandes"), {"du": paris_day().isoformat()}).text


def test_each_export_is_logged(office, sales):
    OrderFactory()
    office.get(listing("commandes"), {"export": "csv", "state": "paid"}).getvalue()
    entry = ModelLogEntry.objects.get(action=exporting.ACTION)
    assert entry.user == sales
    assert entry.data == {"list": "Commandes", "format": "csv", "query": "state=paid"}
    assert "Commandes" in entry.message and "CSV" in entry.message


def test_a_workbook_is_bounded_a_csv_is_not(office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    for _ in range(2):
        OrderFactory()
    answer = office.get(listing("commandes"), {"export": "xlsx"}, follow=True)
    assert "réduisez la liste" in answer.text
    assert len(rows_of(office.get(listing("commandes"), {"export": "csv"}))) == 3


def test_exports_cost_the_same_with_more_rows(office, ormeaux, sales, django_assert_max_num_queries):
    def cost(name):
        with django_assert_max_num_queries(40) as counted:
            office.get(listing(name), {"export": "csv"}).getvalue()
        return len(counted)

    sold(ormeaux, sales)
    office.get(listing("commandes"))
    before = {name: cost(name) for name in LISTS}
    for _ in range(3):
        sold(ormeaux, sales)
        sold(EmployerFactory(), sales)
    for name in LISTS:
        assert cost(name) <= before[name], name


@pytest.mark.permissions
def test_who_may_only_read_exports_nothing(client, login, sales):
    OrderFactory()
    sales.groups.get(name="Commercial").permissions.remove(
        *sales.groups.get(name="Commercial").permissions.filter(codename="export_lists")
    )
    login(client, sales)
    assert "export=csv" not in client.get(listing("commandes")).text
    for name in LISTS:
        assert client.get(listing(name), {"export": "csv"}).status_code in (302, 403), name
    assert not ModelLogEntry.objects.filter(action=exporting.ACTION).exists()
    login(client, OfficeUserFactory(group="Comptabilité"))
    assert "export=csv" in client.get(listing("commandes")).text
