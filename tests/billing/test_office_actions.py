"""What the office does to orders, invoices and customers, through its screens."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from billing import carts, checkout, orders, quotes
from billing.models import (
    CreditLot,
    CreditMovement,
    DelaySettings,
    Invoice,
    Offer,
    Order,
    Quote,
    SellerSettings,
    Transfer,
)
from billing.office import ensure_groups
from pages.setup import setup_site
from reference.dates import paris_day
from tests.factories import OfferFactory, OfficeUserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, login, sales):
    """A browser of the sales office."""
    return login(client, sales)


@pytest.fixture
def order(ormeaux, recruiter):
    """An order of 900 € that waits for its transfer."""
    carts.add(ormeaux, OfferFactory())
    return checkout.confirm(ormeaux, carts.cart_of(ormeaux).key, Order.Method.TRANSFER, recruiter)


@pytest.fixture
def invoice(order, sales):
    return orders.pay(order, by=sales).invoices.get()


def received(order, **changes):
    form = {"key": uuid.uuid4(), "amount": "1080,00", "received_on": paris_day()}
    return form | {"bank_reference": "VIR ORMEAUX"} | changes


def transfer_page(order):
    return reverse("billing_office_transfer", args=[order.pk])


def test_a_transfer_received_pays_delivers_and_invoices(office, order, sales):
    page = office.get(transfer_page(order)).text
    assert "1\u202f080,00\u202f€" in page
    answer = office.post(transfer_page(order), received(order), follow=True)
    assert "est payée" in answer.text
    order.refresh_from_db()
    assert order.state == Order.State.PAID
    transfer = Transfer.objects.get(order=order)
    assert (transfer.amount, transfer.bank_reference, transfer.recorded_by) == (
        Decimal("1080.00"), "VIR ORMEAUX", sales,
    )  # fmt: skip
    assert CreditLot.objects.get(employer=order.employer).balance == 3
    assert order.invoices.get().number in answer.text
    assert order.moves.last().by == sales


def test_reading_the_page_of_a_transfer_changes_nothing(office, order):
    office.get(transfer_page(order), received(order))
    order.refresh_from_db()
    assert order.state == Order.State.AWAITING_TRANSFER


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "108,00"}, "Il manque 972,00\u202f€"),
        ({"amount": "mille"}, "nombre"),
        ({"amount": ""}, "Champ requis"),
        ({"received_on": "hier"}, "date valide"),
        ({"received_on": paris_day() + timedelta(days=2)}, "dans l’avenir"),
    ],
)
def test_a_wrong_transfer_is_refused_in_a_sentence(office, order, changes, sentence):
    answer = office.post(transfer_page(order), received(order, **changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "VIR ORMEAUX" in answer.text, "nothing typed is lost"
    order.refresh_from_db()
    assert order.state == Order.State.AWAITING_TRANSFER
    assert not Transfer.objects.exists()


def test_a_transfer_is_received_once(office, order):
    office.post(transfer_page(order), received(order))
    answer = office.post(transfer_page(order), received(order))
    assert "est déjà saisi" in answer.text
    assert Transfer.objects.count() == 1
    assert Invoice.objects.count() == 1


def test_an_order_is_cancelled_with_its_reason(office, order, sales):
    page = reverse("billing_office_cancel", args=[order.pk])
    assert "Annuler la commande" in office.get(page).text
    answer = office.post(page, {"note": "Doublon"}, follow=True)
    assert "est annulée" in answer.text
    assert "Doublon" in answer.text
    order.refresh_from_db()
    assert order.state == Order.State.CANCELLED
    assert order.moves.last().by == sales


def test_a_paid_order_is_not_cancelled(office, order, invoice):
    answer = office.post(reverse("billing_office_cancel", args=[order.pk]), {"note": ""})
    assert "ne peut plus devenir" in answer.text
    order.refresh_from_db()
    assert order.state == Order.State.PAID


def test_a_credit_note_cancels_an_invoice_once(office, invoice, sales):
    page = reverse("billing_office_credit_note", args=[invoice.pk])
    assert "ne s’annule pas" in office.get(page).text
    assert Invoice.objects.count() == 1, "reading issues nothing"
    answer = office.post(page, follow=True)
    note = Invoice.objects.get(kind=Invoice.Kind.CREDIT_NOTE)
    assert note.refers_to == invoice
    assert note.number in answer.text
    assert CreditLot.objects.get(employer=invoice.employer).balance == 0
    assert ModelLogEntry.objects.get(action="billing.credit_note").user == sales
    office.post(page)
    assert Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).count() == 1
    assert page not in office.get(reverse("commerce_factures_modeladmin_inspect", args=[invoice.pk])).text


def test_a_credit_note_has_none_of_its_own(office, invoice):
    office.post(reverse("billing_office_credit_note", args=[invoice.pk]))
    note = Invoice.objects.get(kind=Invoice.Kind.CREDIT_NOTE)
    answer = office.post(reverse("billing_office_credit_note", args=[note.pk]))
    assert "ne s’annule pas par un autre avoir" in answer.text


def grant_form(**changes):
    return {
        "key": uuid.uuid4(), "kind": "web", "print_format": "", "quantity": 2, "months": 6,
        "reason": "Geste commercial",
    } | changes  # fmt: skip


def test_credits_are_granted_once_for_a_reason(office, ormeaux, sales):
    page, form = reverse("billing_office_grant", args=[ormeaux.pk]), grant_form()
    assert "Geste commercial" in office.post(page, form, follow=True).text
    office.post(page, form)
    movement = CreditMovement.objects.get(lot__employer=ormeaux)
    assert (movement.quantity, movement.by, movement.label) == (2, sales, "Geste commercial")
    assert movement.lot.expires_at > timezone.now() + timedelta(days=170)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Dites pourquoi"),
        ({"quantity": 0}, "supérieure ou égale à 1"),
        ({"kind": "web_print"}, "format print va avec"),
        ({"print_format": "1-4"}, "format print va avec"),
        ({"kind": "cv_access"}, "choix valide"),
    ],
)
def test_a_wrong_grant_is_refused(office, ormeaux, changes, sentence):
    answer = office.post(reverse("billing_office_grant", args=[ormeaux.pk]), grant_form(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not CreditLot.objects.exists()


def test_an_order_on_invoice_is_delivered_and_invoiced(office, ormeaux, sales):
    ormeaux.pays_on_invoice = True
    ormeaux.save()
    pack, access = OfferFactory(name="Pack de rentrée"), Offer.objects.filter(kind="cv_access").first()
    found = office.get(reverse("billing_office_choose_customer"), {"q": "ormeaux"}).text
    page = reverse("billing_office_order_on_invoice", args=[ormeaux.pk])
    assert page in found
    assert "Pack de rentrée" in office.get(page).text
    form = {
        "key": uuid.uuid4(), "purchase_order_number": "EJ-2026-44",
        f"offer-{pack.pk}": 2, f"offer-{access.pk}": 1,
    }  # fmt: skip
    answer = office.post(page, form, follow=True)
    order = Order.objects.get()
    assert order.number in answer.text
    assert (order.state, order.method, order.placed_by) == (
        Order.State.ON_INVOICE,
        Order.Method.INVOICE,
        sales,
    )
    assert order.purchase_order_number == "EJ-2026-44"
    assert CreditLot.objects.get(employer=ormeaux).balance == 6
    assert order.invoices.get().paid_on is None
    office.post(page, form)
    assert Order.objects.count() == 1, "the same form sent twice is one order"
    office.post(transfer_page(order), received(order, amount=str(order.total_incl_vat)))
    order.refresh_from_db()
    assert order.state == Order.State.PAID


def test_an_order_on_invoice_needs_an_offer_and_a_customer_who_pays_so(office, ormeaux):
    offer = OfferFactory()
    page = reverse("billing_office_order_on_invoice", args=[ormeaux.pk])
    form = {"key": uuid.uuid4(), "purchase_order_number": "", f"offer-{offer.pk}": 1}
    assert "ne paie pas sur facture" in office.post(page, form).text
    ormeaux.pays_on_invoice = True
    ormeaux.save()
    assert "au moins une offre" in office.post(page, form | {f"offer-{offer.pk}": 0}).text
    assert "inférieure ou égale à 99" in office.post(page, form | {f"offer-{offer.pk}": 100}).text
    ormeaux.city = ""
    ormeaux.save()
    assert "Indiquez la ville" in office.post(page, form).text
    assert not Order.objects.exists()


def test_the_search_for_a_customer_says_when_there_is_none(office, ormeaux):
    page = reverse("billing_office_choose_customer")
    assert "Aucun client ne paie encore sur facture" in office.get(page).text
    assert "Aucun client ne correspond" in office.get(page, {"q": "introuvable"}).text


def test_the_office_opens_an_invoice_as_pdf(office, invoice):
    for _ in range(2):
        answer = office.get(reverse("billing_office_invoice_pdf", args=[invoice.pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert invoice.number in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]


def test_an_offer_changes_and_its_history_tells_who(office, sales):
    offer = OfferFactory(code="rentree", name="Pack de rentrée")
    page = reverse("commerce_offres_modeladmin_edit", args=[offer.pk])
    form = {
        "name": "Pack de rentrée", "code": "rentree", "kind": "web", "description": "", "price": "850.00",
        "vat_rate": "20.00", "quantity": 3, "print_format": "", "tier": "", "months": 12, "ad_months": 2,
        "is_active": "on", "sold_from": "", "sold_until": "", "position": 0,
    }  # fmt: skip
    assert "Un nouveau prix vaut" in office.get(page).text
    office.post(page, form | {"print_format": "1-4"})
    offer.refresh_from_db()
    assert offer.price == Decimal("900.00"), "a web ad has no print format"
    office.post(page, form)
    offer.refresh_from_db()
    assert offer.price == Decimal("850.00")
    history = office.get(reverse("commerce_offres_modeladmin_history", args=[offer.pk])).text
    assert str(sales) in history


def test_the_office_opens_the_door_to_payment_on_invoice(office, ormeaux):
    page = reverse("commerce_clients_modeladmin_edit", args=[ormeaux.pk])
    form = {
        "legal_name": ormeaux.legal_name, "legal_form": "association", "country": "FR", "siret": "",
        "vat_number": "",
        "address": ormeaux.address, "address_2": "", "postcode": "6910", "city": ormeaux.city, "phone": "",
        "billing_email": "compta@ormeaux.example", "pays_on_invoice": "on",
    }  # fmt: skip
    assert "Cinq chiffres" in office.post(page, form).text
    office.post(page, form | {"postcode": "69100"})
    ormeaux.refresh_from_db()
    assert ormeaux.pays_on_invoice
    assert ormeaux.billing_email == "compta@ormeaux.example"


def test_a_quote_mailed_again_is_logged_with_who_and_to_whom(office, ormeaux, recruiter, sales):
    carts.add(ormeaux, OfferFactory())
    quote = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
    page = reverse("billing_office_quote_send", args=[quote.pk])
    assert office.post(page, {"recipient": "personne"}).status_code == 422
    sent = ModelLogEntry.objects.filter(action="billing.quote_sent")
    assert not sent.exists()
    office.post(page, {"recipient": "dg@ormeaux.example"})
    entry = sent.get()
    assert (entry.user, entry.object_id, entry.data["to"]) == (sales, str(quote.pk), "dg@ormeaux.example")
    Quote.objects.update(valid_until=paris_day() - timedelta(days=1))
    office.post(page, {"recipient": "dg@ormeaux.example"})
    assert sent.count() == 1, "one that is not sent is not logged"


SETTINGS = ["sellersettings", "delaysettings"]


@pytest.mark.permissions
@pytest.mark.parametrize("name", SETTINGS)
def test_accounting_sets_legal_mentions_and_delays(client, login, name):
    accounting = login(client, OfficeUserFactory(group="Comptabilité"))
    menu = accounting.get(reverse("wagtailadmin_home")).text
    assert f"/settings/billing/{name}/" in menu
    page = accounting.get(reverse("wagtailsettings:edit", args=["billing", name]), follow=True)
    assert page.status_code == 200
    typed = {"sellersettings": {"name": "Éditions du Pont"}, "delaysettings": {"transfer_days": 21}}[name]
    values = {f.html_name: f.value() for f in page.context["form"] if f.value() not in (None, False)}
    answer = accounting.post(page.wsgi_request.path, values | typed)
    assert answer.status_code == 302
    row = {"sellersettings": SellerSettings, "delaysettings": DelaySettings}[name].load()
    assert [getattr(row, field) for field in typed] == list(typed.values())


@pytest.mark.permissions
@pytest.mark.parametrize("name", SETTINGS)
def test_sales_sets_neither(office, name):
    row = {"sellersettings": SellerSettings, "delaysettings": DelaySettings}[name].load()
    url = reverse("wagtailsettings:edit", args=["billing", name, row.pk])
    for answer in (office.get(url), office.post(url, {"name": "X", "transfer_days": 1, "quote_days": 1})):
        assert answer.status_code in (302, 403, 404) and "settings" not in answer.headers.get("Location", "")
    kept = type(row).objects.get(pk=row.pk)
    assert getattr(kept, "name", "") == "" and getattr(kept, "transfer_days", 30) == 30


def test_groups_get_their_rights_and_keep_others(sales):
    group = Group.objects.get(name="Commercial")
    group.permissions.clear()
    ensure_groups()
    setup_site()
    assert group.permissions.filter(codename="add_transfer").exists()
    readers = Group.objects.get(name="Comptabilité").permissions
    assert readers.filter(codename="view_invoice").exists()
    own = {
        "access_admin", "export_lists", "export_accounting", "change_accountingsettings",
        "change_sellersettings", "change_delaysettings", "change_invoicepdf", "change_transmission", "change_email",
    }  # fmt: skip
    others = readers.exclude(codename__startswith="view_").values_list("codename", flat=True)
    assert set(others) == own, "accounting exports and sends again, sells nothing and moves no money"
