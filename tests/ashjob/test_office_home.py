"""The office's first screen: what waits, and only what the person may see."""

import pytest
from django.urls import reverse

from pages.models import ContactMessage
from tests.factories import OfficeUserFactory, OrderFactory


@pytest.fixture
def work(db):
    OrderFactory()
    ContactMessage.objects.create(name="Ève", email="eve@test.example", subject="facture", body="Bonjour")


def test_sales_see_transfers_and_messages(client, login, work):
    html = (
        login(client, OfficeUserFactory(group="Commercial"))
        .get(reverse("wagtailadmin_home"))
        .content.decode()
    )
    assert "1\u00a0virement attendu<" in html
    assert f'{reverse("commerce_commandes_modeladmin_index")}?suivi=virements"' in html
    assert "1\u00a0message sans réponse<" in html
    assert "encart" not in html


def test_the_desk_sees_its_inserts(client, login, work):
    html = (
        login(client, OfficeUserFactory(group="Rédaction print"))
        .get(reverse("wagtailadmin_home"))
        .content.decode()
    )
    assert "encart à mettre en page" in html
    assert "virement" not in html
