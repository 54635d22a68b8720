"""What was sold, issued or booked is deleted by no road: rows, cascades, querysets, SQL, screens."""

import pytest
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.models import Employer
from billing import credits, invoices, orders
from billing.models import (
    CreditLot,
    CreditMovement,
    Invoice,
    InvoiceLine,
    Order,
    OrderLine,
)
from pages.models import CompanyPage
from tests.billing.shop import order_of
from tests.tools import run_tasks

pytestmark = [pytest.mark.invariant, pytest.mark.django_db]
KEPT = (Invoice, InvoiceLine, CreditMovement, CreditLot, Order, OrderLine)
REFUSALS = (ProtectedError, ValidationError, DatabaseError)


@pytest.fixture
def sold(ormeaux, recruiter, sales):
    """An order with its invoice, its credit note, credits of which one was spent, and a right."""
    order = orders.pay(order_of(ormeaux, recruiter, Order.Method.TRANSFER, ("web-3", "cvtheque-3")))
    credits.spend(ormeaux, "web", reference="autre:1")
    run_tasks()
    invoices.credit_note(order.invoices.get(), by=sales)
    return order


@pytest.fixture
def kept(sold):
    """Nothing of it has gone when the test is over."""
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in KEPT}
    assert all(before.values())
    yield sold
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in KEPT} == before


def refused(attempt) -> None:
    with pytest.raises(REFUSALS), transaction.atomic():
        attempt()


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_no_row_is_deleted_by_itself_or_with_others(kept, model):
    for row in model.objects.all():
        refused(row.delete)
    refused(model.objects.all().delete)
    refused(lambda: model.objects.filter(pk=model.objects.first().pk).delete())


def test_nothing_that_they_hang_on_takes_them_along(kept, ormeaux):
    for row in (ormeaux, *kept.invoices.all(), *CreditLot.objects.all()):
        refused(row.delete)
    refused(Employer.objects.all().delete)
    refused(lambda: Employer.objects.filter(pk=ormeaux.pk).delete())


def test_a_page_or_a_person_that_goes_leaves_them(kept, ormeaux, recruiter):
    CompanyPage.objects.filter(employer=ormeaux).get().delete()
    with transaction.atomic():
        ormeaux.memberships.all().delete()
        recruiter.delete()
    kept.refresh_from_db()
    assert kept.placed_by is None
    assert CreditMovement.objects.filter(lot__employer=ormeaux).exists()


def test_the_admins_own_collector_finds_what_protects_them(kept, ormeaux):
    collector = NestedObjects(using="default")
    collector.collect([ormeaux])
    protected = {type(row) for row in collector.protected}
    assert {Invoice, Order, CreditLot} <= protected


@pytest.mark.parametrize("name", ["commandes", "factures", "credits", "clients"])
def test_no_screen_of_the_office_deletes(kept, client, login, administrator, ormeaux, name):
    row = {
        "commandes": kept, "factures": kept.invoices.first(), "credits": CreditLot.objects.first(), "clients": ormeaux,
    }[name]  # fmt: skip
    login(client, administrator)
    page = reverse(f"commerce_{name}_modeladmin_delete", args=[row.pk])
    assert client.get(page).status_code in (302, 403, 404)
    assert client.post(page, {"confirm": "yes"}).status_code in (302, 403, 404)
    sheet = client.get(reverse(f"commerce_{name}_modeladmin_inspect", args=[row.pk]))
    assert page not in sheet.text


@pytest.mark.postgres
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_no_sql_deletes(kept, model):
    """Row by row: a line whose right is gone has nothing else that refers to it."""
    for pk in list(model.objects.values_list("pk", flat=True)):
        refused(
            lambda pk=pk: connection.cursor().execute(
                f"DELETE FROM {model._meta.db_table} WHERE id = %s",
                [pk],
            )
        )


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["billing_invoice", "billing_invoiceline", "billing_creditmovement"])
def test_no_sql_changes_what_is_issued_or_booked(kept, table):
    refused(lambda: connection.cursor().execute(f"UPDATE {table} SET id = id + 1000"))
