"""The office's lists and sheets of commerce: what they show, find and cost, and who may open them."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from billing import carts, checkout, credits, orders, quotes, transfers
from billing.models import CreditLot, CustomerTerms, Invoice, Offer, Order, Quote, VatRule
from reference.dates import paris_day
from tests.factories import (
    CreditLotFactory,
    EmployerFactory,
    JobAdFactory,
    OfferFactory,
    OfficeUserFactory,
    OrderFactory,
)

pytestmark = pytest.mark.django_db

LISTS = ("clients", "commandes", "factures", "devis", "credits", "offres", "codes", "tva")


def listing(name):
    return reverse(f"commerce_{name}_modeladmin_index")


def sheet(name, row):
    return reverse(f"commerce_{name}_modeladmin_inspect", args=[row.pk])


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


def buy(employer, method=Order.Method.TRANSFER, offer=None):
    """A quote, then a paid order, of one pack."""
    user = employer.memberships.first().user
    carts.add(employer, offer or OfferFactory())
    quotes.request_quote(employer, carts.cart_of(employer).key, user)
    order = checkout.confirm(employer, carts.cart_of(employer).key, method, user)
    return orders.pay(order, by=user)


@pytest.fixture
def bought(ormeaux):
    """An order of Les Ormeaux, its quote, its invoice, its lot."""
    return buy(ormeaux)


def test_a_customers_page_tells_the_whole_story(office, bought, ormeaux, recruiter):
    credits.spend(ormeaux, "web", reference="placement:1", label="Éducatrice de nuit")
    access = Offer.objects.filter(kind=Offer.Kind.CV_ACCESS).first()
    buy(ormeaux, offer=access)
    page = office.get(sheet("clients", ormeaux)).text
    told = [
        bought.number, bought.invoices.get().number, Quote.objects.first().number, recruiter.email,
        "Accès à la CVthèque", "Éducatrice de nuit", ormeaux.company_page.title, "voir en ligne",
    ]  # fmt: skip
    for part in told:
        assert part in page, part
    assert f"client={ormeaux.pk}" in page


def test_a_customer_without_a_story_has_a_page_too(office):
    page = office.get(sheet("clients", EmployerFactory())).text
    for part in ("Aucune commande", "Aucun devis", "Aucune facture", "pas encore créée", "Aucun crédit"):
        assert part in page, part


def test_sheets_name_their_neighbours(office, bought, ormeaux):
    invoice, lot, quote = bought.invoices.get(), CreditLot.objects.get(), Quote.objects.get()
    page = office.get(sheet("commandes", bought)).text
    assert sheet("factures", invoice) in page
    assert sheet("clients", ormeaux) in page
    assert "En attente du virement → Payée" in page
    assert sheet("commandes", bought) in office.get(sheet("factures", invoice)).text
    assert reverse("billing_office_quote_pdf", args=[quote.pk]) in office.get(sheet("devis", quote)).text
    page = office.get(sheet("credits", lot)).text
    assert "+3" in page
    assert bought.number in page


def test_buttons_stand_only_where_they_can_be_used(office, bought):
    waiting = OrderFactory()
    assert transfer_of(waiting) in office.get(sheet("commandes", waiting)).text
    page = office.get(sheet("commandes", bought)).text
    assert "Autre virement reçu" in page, "money comes all the same"
    assert reverse("billing_office_cancel", args=[bought.pk]) not in page


def transfer_of(order):
    return reverse("billing_office_transfer", args=[order.pk])


def test_orders_are_filtered_and_found(office, ormeaux):
    waiting = OrderFactory(employer=ormeaux, number="C2026-000901")
    paid = OrderFactory(number="C2026-000902", state=Order.State.PAID)
    on_invoice = OrderFactory(
        number="C2026-000903", state=Order.State.ON_INVOICE, purchase_order_number="EJ77"
    )

    def shown(**query):
        page = office.get(listing("commandes"), query).text
        return {order for order in (waiting, paid, on_invoice) if order.number in page}

    assert shown() == {waiting, paid, on_invoice}
    assert shown(suivi="virements") == {waiting}
    assert shown(suivi="factures") == {on_invoice}
    assert shown(state="paid") == {paid}
    assert shown(q="000902") == {paid}
    assert shown(q="ormeaux") == {waiting}
    assert shown(q="EJ77") == {on_invoice}
    assert shown(client=ormeaux.pk) == {waiting}
    assert shown(state="nonsense", client="x", p="x", o="9.-8") == {waiting, paid, on_invoice}
    assert shown(q="introuvable") == set()
    assert "Rien ne correspond" in office.get(listing("commandes"), {"q": "introuvable"}).text


def test_the_copy_to_send_stands_on_the_sheet_and_narrows_the_list(office, ormeaux):
    asked = OrderFactory(employer=ormeaux, number="C2026-000901", proof_address="Service com\n1 rue du Port")
    other = OrderFactory(number="C2026-000902")
    page = office.get(sheet("commandes", asked)).text
    assert "Justificatif à envoyer à" in page and "Service com<br>1 rue du Port" in page
    assert "Justificatif à envoyer à" not in office.get(sheet("commandes", other)).text
    shown = office.get(listing("commandes"), {"justificatif": "demande"}).text
    assert asked.number in shown and other.number not in shown
    assert other.number in office.get(listing("commandes"), {"justificatif": "x"}).text


def test_credits_are_filtered_by_validity(office, ormeaux):
    CreditLotFactory(employer=ormeaux)
    late = CreditLotFactory(employer=EmployerFactory(legal_name="Centre Expiré"))
    CreditLot.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(days=1))
    page = office.get(listing("credits"), {"validite": "expires"}).text
    assert "Centre Expiré" in page
    assert "Les Ormeaux" not in page
    assert "Centre Expiré" not in office.get(listing("credits"), {"validite": "utilisables"}).text


@pytest.mark.permissions
def test_an_address_asks_no_question_of_its_own(office, ormeaux, recruiter):
    """modeladmin takes any lookup: the letters of a password's hash could be guessed one by one."""
    OrderFactory(employer=ormeaux, number="C2026-000901")
    for lookup in ("employer__memberships__user__password__startswith", "nonsense", "number__regex"):
        answer = office.get(listing("commandes"), {lookup: "zzz"})
        assert "C2026-000901" in answer.text, lookup


def test_empty_lists_say_so(office):
    Offer.objects.all().delete()
    VatRule.objects.all().delete()
    for name in LISTS:
        page = office.get(listing(name))
        assert page.status_code == 200
        assert "pour l’instant" in page.text or "Aucune offre" in page.text, name


def test_lists_have_pages(office):
    employer = EmployerFactory()
    for _ in range(55):
        OrderFactory(employer=employer)
    assert "p=2" in office.get(listing("commandes")).text
    assert office.get(listing("commandes"), {"p": 2}).text.count('data-object-pk="') == 5


def _queries(client, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as counted:
        assert client.get(page).status_code == 200
    return len(counted)


def test_lists_and_sheets_cost_the_same_with_more_rows(office, ormeaux, django_assert_max_num_queries):
    order = buy(ormeaux)
    pages = [listing(name) for name in LISTS]
    pages += [sheet("clients", ormeaux), sheet("commandes", order), sheet("factures", order.invoices.get())]
    office.get(pages[0])
    before = {page: _queries(office, page, django_assert_max_num_queries) for page in pages}
    for _ in range(3):
        buy(ormeaux)
        buy(EmployerFactory())
        credits.grant(ormeaux, "web", 2, reference=str(uuid.uuid4()), reason="Essai")
    for page in pages:
        after = _queries(office, page, django_assert_max_num_queries)
        assert after <= before[page], page
        # A customer’s whole story is the longest.
        assert after <= (32 if "clients" in page else 30), page


# --- Who may ---------------------------------------------------------------------------------------------------------

ACTIONS = (
    "billing_office_transfer", "billing_office_cancel", "billing_office_order_on_invoice", "billing_office_credit_note",
    "billing_office_invoice_pdf", "billing_office_quote_pdf", "billing_office_grant",
    "billing_office_correct_credits", "billing_office_return_credit",
)  # fmt: skip


def _addresses(bought):
    lot, quote, invoice = CreditLot.objects.get(), Quote.objects.get(), bought.invoices.get()
    spent = credits.spend(bought.employer, "web", reference="autre:1")
    rows = {
        "billing_office_credit_note": invoice, "billing_office_invoice_pdf": invoice,
        "billing_office_quote_pdf": quote, "billing_office_order_on_invoice": bought.employer,
        "billing_office_grant": bought.employer, "billing_office_correct_credits": lot,
        "billing_office_return_credit": spent,
    }  # fmt: skip
    yield from (listing(name) for name in LISTS)
    yield from (sheet("clients", bought.employer), sheet("commandes", bought), sheet("credits", lot))
    yield from (sheet("factures", invoice), sheet("devis", quote), reverse("billing_office_choose_customer"))
    yield from (reverse(name, args=[rows.get(name, bought).pk]) for name in ACTIONS)


@pytest.mark.permissions
def test_commerce_is_closed_to_everybody_else(
    client, login, bought, recruiter, stranger, candidate_user, editor
):
    counts = (Order.objects.count(), Invoice.objects.count(), CreditLot.objects.count())
    for address in _addresses(bought):
        client.logout()
        assert client.get(address).status_code == 302, address
        for user in (recruiter, stranger, candidate_user):
            login(client, user)
            assert client.get(address).status_code == 404, (address, user)
            assert client.post(address, {"amount": "1"}).status_code == 404, (address, user)
        login(client, editor)
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (302, 403), address
    assert (Order.objects.count(), Invoice.objects.count(), CreditLot.objects.count()) == counts


@pytest.mark.permissions
def test_the_desk_cannot_tell_an_order_that_exists(client, login, bought, editor):
    login(client, editor)
    for name in ("commandes", "factures", "devis", "credits", "clients"):
        absent = reverse(f"commerce_{name}_modeladmin_inspect", args=[999999])
        present = reverse(f"commerce_{name}_modeladmin_inspect", args=[bought.pk])
        assert client.get(absent).status_code == client.get(present).status_code == 302


@pytest.mark.permissions
def test_accounting_reads_and_changes_nothing(client, login, bought):
    waiting = OrderFactory()
    login(client, OfficeUserFactory(group="Comptabilité"))
    for name in LISTS:
        assert client.get(listing(name)).status_code == 200, name
    page = client.get(sheet("commandes", waiting)).text
    assert transfer_of(waiting) not in page
    assert (
        client.get(reverse("billing_office_invoice_pdf", args=[bought.invoices.get().pk])).status_code == 200
    )
    client.post(
        transfer_of(waiting),
        {"key": uuid.uuid4(), "amount": "1080,00", "received_on": "2026-01-05", "bank_reference": ""},
    )
    client.post(reverse("billing_office_cancel", args=[waiting.pk]), {"note": ""})
    client.post(reverse("billing_office_credit_note", args=[bought.invoices.get().pk]))
    waiting.refresh_from_db()
    assert waiting.state == Order.State.AWAITING_TRANSFER
    assert Invoice.objects.count() == 1
    assert client.get(reverse("commerce_offres_modeladmin_create")).status_code == 302
    assert (
        client.get(reverse("commerce_clients_modeladmin_edit", args=[waiting.employer_id])).status_code == 302
    )


@pytest.mark.permissions
def test_not_even_an_administrator_rewrites_what_was_sold(client, login, administrator, bought):
    login(client, administrator)
    rows = {"commandes": bought, "factures": bought.invoices.get(), "devis": Quote.objects.get()}
    rows |= {"credits": CreditLot.objects.get(), "clients": bought.employer}
    for name, row in rows.items():
        for verb in ("edit", "delete") if name != "clients" else ("delete",):
            client.post(reverse(f"commerce_{name}_modeladmin_{verb}", args=[row.pk]))
        client.post(reverse(f"commerce_{name}_modeladmin_create"))
        row.refresh_from_db()
    assert Invoice.objects.count() == 1


def test_absent_and_odd_ids_are_not_found(office):
    for name in ("commandes", "factures", "devis", "credits", "clients"):
        for pk in ("999999", "abc", "9" * 30):
            assert office.get(f"/gestion/commerce/{name}/inspect/{pk}/").status_code == 404, (name, pk)


def test_a_customers_page_shows_payments_ads_and_what_was_agreed(office, ormeaux, sales):
    carts.add(ormeaux, OfferFactory())
    user = ormeaux.memberships.first().user
    order = checkout.confirm(ormeaux, carts.cart_of(ormeaux).key, Order.Method.TRANSFER, user)
    transfers.receive(order, order.total_incl_vat, paris_day(), sales)
    CustomerTerms.objects.create(employer=ormeaux, note="Rappeler la comptable le mardi")
    page = office.get(sheet("clients", ormeaux)).text
    assert "virement de 1\u202f080,00" in page and "Rappeler la comptable" in page
    assert "<dt>Annonces</dt><dd>aucune</dd>" in page
    JobAdFactory(employer=ormeaux)
    assert "1\u00a0annonce, " in office.get(sheet("clients", ormeaux)).text
