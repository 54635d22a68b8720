"""The office adds the rate of each half-year; the next invoice says it, those of before keep their words."""

from datetime import date

import pytest
from django.urls import reverse

from billing import documents, sellers
from billing.models import PenaltyRate
from reference.dates import paris_day
from tests.billing.test_facturx import to_be_paid
from tests.factories import OfficeUserFactory

pytestmark = pytest.mark.django_db


def address(verb, *args):
    return reverse(f"commerce_penalites_modeladmin_{verb}", args=args)


def half_year() -> date:
    today = paris_day()
    return date(today.year, 1 if today.month < 7 else 7, 1)


def test_a_rate_is_added_and_the_next_invoice_says_it(client, login, sales):
    login(client, sales)
    before = to_be_paid()
    assert "sans chiffre" in client.get(address("index")).text
    answer = client.post(address("create"), {"valid_from": f"{half_year():%d/%m/%Y}", "ecb_rate": "2.15"})
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(address("index")).text
    assert "12,15" in page and "10,15" in page
    assert "12,15" in documents.invoice_html(to_be_paid())
    assert "12,15" not in documents.invoice_html(before)


def test_one_day_has_one_rate(client, login, sales):
    login(client, sales)
    PenaltyRate.objects.create(valid_from=half_year(), ecb_rate=2)
    answer = client.post(address("create"), {"valid_from": f"{half_year():%d/%m/%Y}", "ecb_rate": "3"})
    assert answer.status_code == 200 and PenaltyRate.objects.count() == 1
    assert "12,00" in sellers.seller()["late_penalty"]


@pytest.mark.permissions
def test_accounting_reads_rates_and_changes_none(client, login):
    login(client, OfficeUserFactory(group="Comptabilité"))
    rate = PenaltyRate.objects.create(valid_from=date(2026, 7, 1), ecb_rate=2)
    assert client.get(address("index")).status_code == 200
    values = {"valid_from": "01/01/2027", "ecb_rate": "9"}
    assert client.post(address("create"), values).status_code == 302
    assert client.post(address("edit", rate.pk), values).status_code == 302
    assert PenaltyRate.objects.get().ecb_rate == 2
