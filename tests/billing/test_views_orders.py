""" "Commandes et factures": paying, orders, quotes, invoices, credits (G15–G18), and whose they are."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from payments import PaymentStatus
from stdnum import iban

from accounts.models import Membership
from billing import carts, credits, orders, quotes
from billing.models import Entitlement, Invoice, Order, Payment, Quote
from reference.dates import long_date, months_later, paris_day
from tests.factories import CreditLotFactory, MembershipFactory, OrderFactory
from tests.tools import run_tasks

from .shop import ORDERS, fill, order_of, said, text, url

pytestmark = pytest.mark.django_db
CARD = {"number": "4242 4242 4242 4242", "expiry": "12/40", "code": "123"}
REFUSED = CARD | {"number": "4000 0000 0000 0002"}
QUOTES, LEDGER = "/espace-recruteur/devis/", "/espace-recruteur/credits/"


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def order(ormeaux, recruiter):
    """Three web ads, to be paid by card."""
    return order_of(ormeaux, recruiter)


@pytest.fixture
def reader(ormeaux, recruiter):
    return MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user


def quote_of(employer, user, at=None) -> Quote:
    fill(employer, "web-3")
    return quotes.request_quote(employer, carts.cart_of(employer).key, user, at=at)


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


class TestPaying:
    def test_a_card_pays_delivers_and_invoices(self, space, order, ormeaux):
        pay = url("order_pay", order.public_id)
        page = text(space.get(pay))
        assert "936,00" in page and 'aria-current="step"' in page
        answer = space.post(pay, CARD)
        assert answer.url == url("order_paid", order.public_id)
        page = text(space.get(answer.url))
        assert "votre paiement est reçu" in page and "Créer une annonce" in page
        assert state_of(order) == "paid"
        assert credits.balances(ormeaux)[0].quantity == 3

    @pytest.mark.invariant
    def test_paying_twice_pays_once(self, space, order, ormeaux):
        for _ in range(2):
            space.post(url("order_pay", order.public_id), CARD)
        assert Payment.objects.filter(status=PaymentStatus.CONFIRMED).count() == 1
        assert Invoice.objects.count() == 1
        assert credits.balances(ormeaux)[0].quantity == 3
        assert space.get(url("order_pay", order.public_id)).url == url("order", order.public_id)

    def test_a_refused_card_keeps_the_order_and_may_be_tried_again(self, space, order):
        answer = space.post(url("order_pay", order.public_id), REFUSED)
        page = text(space.get(answer.url))
        assert "Le paiement n’a pas abouti" in page and "Réessayer" in page
        assert state_of(order) == "awaiting_payment"
        assert space.post(url("order_pay", order.public_id), CARD).url == url("order_paid", order.public_id)

    def test_what_is_wrong_with_the_card_is_said_and_no_number_is_kept(self, space, order):
        answer = space.post(url("order_pay", order.public_id), CARD | {"number": "1234", "expiry": "01/20"})
        assert "n’est pas une carte de démonstration" in text(answer) and "expiré" in text(answer)
        space.post(url("order_pay", order.public_id), CARD)
        assert not any("4242" in str(value) for row in Payment.objects.values() for value in row.values())

    def test_the_thank_you_page_believes_no_address(self, space, order):
        page = text(space.get(url("order_paid", order.public_id), {"status": "paid"}))
        assert "Nous attendons la réponse" in page and "Actualiser" in page
        assert (
            space.get(url("order_paid", order.public_id), headers={"HX-Request": "true"}).status_code == 204
        )
        assert state_of(order) == "awaiting_payment"

    def test_the_failure_page_of_a_paid_order_says_that_it_is_paid(self, space, order):
        orders.pay(order)
        failed = url("order_payment_failed", order.public_id)
        assert space.get(failed).url == url("order_paid", order.public_id)

    @pytest.mark.parametrize(
        ("codes", "words"),
        [(("page-marque",), "Compléter ma page entreprise"), (("cvtheque-3",), "Chercher dans la CVthèque")],
    )
    def test_the_next_step_fits_what_was_bought(self, space, ormeaux, recruiter, codes, words):
        order = orders.pay(order_of(ormeaux, recruiter, codes=codes))
        assert words in text(space.get(url("order_paid", order.public_id)))

    def test_a_transfer_instead_of_a_card(self, space, order, settings):
        answer = space.post(url("order_by_transfer", order.public_id), follow=True)
        assert iban.format(settings.SELLER["iban"]) in text(answer)
        assert state_of(order) == "awaiting_transfer"

    def test_an_order_paid_by_card_stays_so(self, space, order):
        orders.pay(order)
        assert "ne se change plus" in said(space.post(url("order_by_transfer", order.public_id)))

    def test_too_many_cards_are_slowed_down(self, space, order):
        answers = [space.post(url("order_pay", order.public_id), CARD | {"number": "1"}) for _ in range(11)]
        assert [a.status_code for a in answers] == [200] * 10 + [429]


class TestOrder:
    def test_each_state_says_what_comes_next(self, space, order, ormeaux, recruiter, sales, settings):
        page = text(space.get(url("order", order.public_id)))
        assert "Payer par carte" in page and "Payer cette commande par virement" in page
        on_invoice = orders.order_on_invoice(ormeaux, [(order.lines.get().offer, 1)], by=sales)
        page = text(space.get(url("order", on_invoice.public_id)))
        assert "La facture est à régler au plus tard" in page and iban.format(settings.SELLER["iban"]) in page
        assert "Annuler cette commande" not in page
        orders.cancel(order, by=recruiter)
        page = text(space.get(url("order", order.public_id)))
        assert "Cette commande est annulée" in page and "Payer" not in page

    def test_it_says_where_the_printed_copy_goes(self, space, order):
        address = url("order", order.public_id)
        assert "Exemplaire du magazine" not in text(space.get(address))
        Order.objects.update(proof_address="Service com\n1 rue <du> Port")
        page = text(space.get(address))
        assert "Exemplaire du magazine" in page and "Service com<br>1 rue &lt;du&gt; Port" in page

    def test_it_is_cancelled_once_and_never_when_paid(self, space, order, ormeaux, recruiter):
        cancel = url("order_cancel", order.public_id)
        for _ in range(2):
            assert "est annulée" in said(space.post(cancel))
        assert state_of(order) == "cancelled"
        assert order.moves.count() == 2
        paid = orders.pay(order_of(ormeaux, recruiter))
        assert "ne peut plus devenir" in said(space.post(url("order_cancel", paid.public_id)))
        assert state_of(paid) == "paid"

    def test_a_reader_reads_and_does_nothing(self, client, login, reader, order):
        login(client, reader)
        page = text(client.get(url("order", order.public_id)))
        assert order.number in page and "<form" not in page[page.index("<main") : page.index("</main")]
        for name in ("order_cancel", "order_by_transfer", "order_pay"):
            assert client.post(url(name, order.public_id), CARD).status_code == 403
        assert state_of(order) == "awaiting_payment"

    @pytest.mark.parametrize("name", ["order_cancel", "order_by_transfer"])
    def test_a_button_pressed_after_the_session_ended_does_nothing_and_says_so(self, space, order, name):
        answer = space.get(url(name, order.public_id), follow=True)
        assert answer.request["PATH_INFO"] == url("order", order.public_id)
        assert "Rien n’est encore fait" in text(answer)
        assert state_of(order) == "awaiting_payment"


class TestQuotes:
    @pytest.mark.parametrize(("method", "leads_to"), [("card", "order_pay"), ("transfer", "order")])
    def test_exactly_it_is_ordered_and_once(self, space, ormeaux, recruiter, method, leads_to):
        quote = quote_of(ormeaux, recruiter)
        page = text(space.get(url("quote", quote.public_id)))
        assert "Commander ce devis" in page and "936,00" in page
        form = {"method": method, "purchase_order_number": "BC 3", "terms": "on"}
        first, second = (space.post(url("quote_order", quote.public_id), form) for _ in range(2))
        order = Order.objects.get()
        assert first.url == second.url == url(leads_to, order.public_id)
        assert (order.total_incl_vat, order.purchase_order_number) == (quote.total_incl_vat, "BC 3")
        page = text(space.get(url("quote", quote.public_id)))
        assert order.number in page and "Commander ce devis" not in page

    def test_without_a_method_it_asks(self, space, ormeaux, recruiter):
        quote = quote_of(ormeaux, recruiter)
        answer = space.post(url("quote_order", quote.public_id), {"method": "invoice", "terms": "on"})
        assert answer.status_code == 200 and "Sélectionnez un choix valide" in text(answer)
        assert not Order.objects.exists()

    def test_a_lapsed_one_says_how_to_get_another(self, space, ormeaux, recruiter):
        quote = quote_of(ormeaux, recruiter, at=timezone.now() - timedelta(days=62))
        page = text(space.get(url("quote", quote.public_id)))
        assert "n’est plus valable" in page and "Commander ce devis" not in page
        answer = space.post(url("quote_order", quote.public_id), {"method": "card", "terms": "on"})
        assert "n’est plus valable" in text(answer)
        assert not Order.objects.exists()

    def test_the_link_of_the_mail_survives_an_expired_session(self, space, ormeaux, recruiter):
        quote = quote_of(ormeaux, recruiter)
        answer = space.get(url("quote_order", quote.public_id), follow=True)
        assert "Commander ce devis" in text(answer) and "Rien n’est encore fait" in text(answer)

    def test_a_reader_reads_it_and_orders_nothing(self, client, login, reader, ormeaux, recruiter):
        quote = quote_of(ormeaux, recruiter)
        login(client, reader)
        assert "Commander ce devis" not in text(client.get(url("quote", quote.public_id)))
        assert client.post(url("quote_order", quote.public_id), {"method": "card"}).status_code == 403


class TestDocuments:
    def test_an_invoice_is_prepared_then_shown_and_kept_by_no_cache(self, space, order):
        orders.pay(order)
        address = url("invoice_pdf", order.invoices.get().public_id)
        answer = space.get(address)
        assert answer.status_code == 202
        assert "se prépare" in text(answer) and f'href="{address}"' in text(answer)
        assert space.get(address, headers={"HX-Request": "true"}).status_code == 204, (
            "the page asks again by itself"
        )
        run_tasks()
        assert space.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == address
        answer = space.get(address)
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
        assert f'filename="{order.invoices.get().number}.pdf"' in answer["Content-Disposition"]

    def test_a_quote_too(self, space, ormeaux, recruiter):
        quote = quote_of(ormeaux, recruiter)
        assert space.get(url("quote_pdf", quote.public_id)).status_code == 202
        run_tasks()
        answer = space.get(url("quote_pdf", quote.public_id))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"


class TestLists:
    def test_empty_they_say_what_will_stand_there(self, space):
        page = text(space.get(ORDERS))
        assert "Aucune commande" in page and "Voir nos offres" in page and "aucun crédit" in page
        assert "Aucun devis" in text(space.get(QUOTES))
        assert "Aucun mouvement" in text(space.get(LEDGER))

    def test_all_of_commerce_on_one_page(self, space, ormeaux, recruiter):
        order = orders.pay(order_of(ormeaux, recruiter, codes=("web-3", "cvtheque-3")))
        quote = quote_of(ormeaux, recruiter)
        page = text(space.get(ORDERS))
        for words in (order.number, "Payée", order.invoices.get().number, quote.number, "Achat", "+3"):
            assert words in page
        assert "Accès à la CVthèque" in page

    @pytest.mark.parametrize("address", [ORDERS, LEDGER])
    def test_the_first_day_to_end_is_not_said_of_all_credits(self, space, ormeaux, address):
        for months in (10, 1):
            CreditLotFactory(employer=ormeaux, months=months)
        held = credits.balances(ormeaux)[0]
        page = text(space.get(address))
        assert f"<b>{held.quantity}</b> annonces web restantes" in page
        assert f"les premières à utiliser jusqu’au {long_date(months_later(paris_day(), 1))}" in page

    def test_rights_that_ended_are_not_shown(self, space, ormeaux):
        yesterday = paris_day() - timedelta(days=1)
        Entitlement.objects.create(
            employer=ormeaux, kind="cv_access", starts_on=yesterday, ends_on=yesterday, reference="essai"
        )
        assert "Page entreprise et CVthèque" not in text(space.get(ORDERS))

    def test_they_have_pages_the_latest_first(self, space, ormeaux, recruiter):
        now = timezone.now()
        for days in range(25):
            OrderFactory(employer=ormeaux, placed_at=now - timedelta(days=days))
        first, second = (space.get(ORDERS, {"page": n}).context["page"].object_list for n in (1, 2))
        assert (len(first), len(second)) == (20, 5)
        assert first[0].placed_at > second[0].placed_at
        assert space.get(ORDERS, {"page": "x"}).status_code == 200
        for _ in range(21):
            CreditLotFactory(employer=ormeaux)
        assert len(space.get(LEDGER, {"page": 2}).context["page"].object_list) == 1
        assert "Tous les mouvements" in text(space.get(ORDERS))
        for _ in range(6):
            quote_of(ormeaux, recruiter)
        assert len(space.get(QUOTES).context["page"].object_list) == 6
        assert "Tous les devis" in text(space.get(ORDERS))

    @pytest.mark.parametrize(("address", "queries"), [(ORDERS, 13), (QUOTES, 7), (LEDGER, 10)])
    def test_they_cost_the_same_with_more_rows(
        self, space, ormeaux, recruiter, address, queries, django_assert_max_num_queries
    ):
        for rows in (1, 6):
            for _ in range(rows):
                orders.pay(order_of(ormeaux, recruiter, Order.Method.TRANSFER, ("web-3", "cvtheque-3")))
                quote = quote_of(ormeaux, recruiter)
                quotes.order_quote(quote, Order.Method.TRANSFER, recruiter)
            with django_assert_max_num_queries(queries):
                space.get(address)


def _addresses(employer, user) -> list[str]:
    """Every address of the shop that names something of an employer."""
    order = orders.pay(order_of(employer, user))
    quote = quote_of(employer, user)
    run_tasks()
    of_order = (
        "order",
        "order_pay",
        "order_paid",
        "order_payment_failed",
        "order_by_transfer",
        "order_cancel",
    )
    return [
        *(url(name, order.public_id) for name in of_order),
        *(url(name, quote.public_id) for name in ("quote", "quote_pdf", "quote_order")),
        url("invoice_pdf", order.invoices.get().public_id),
    ]


@pytest.mark.permissions
def test_what_is_another_employers_is_as_absent_as_none(client, login, ormeaux, recruiter, stranger):
    addresses = _addresses(ormeaux, recruiter)
    login(client, stranger)
    for address in addresses:
        known = next(part.removesuffix(".pdf") for part in address.split("/") if part.count("-") == 4)
        absent = address.replace(known, str(uuid.uuid4()))
        for verb in (client.get, client.post):
            form = {"method": "transfer"} | CARD if verb == client.post else {}
            foreign, none = verb(address, form), verb(absent, form)
            assert foreign.status_code == none.status_code, address
            assert foreign.status_code in (404, 405), address
            assert said(foreign) == said(none) == ""
    assert Order.objects.count() == 1 and Order.objects.get().state == "paid"


@pytest.mark.permissions
def test_visitors_log_in_first_and_others_are_told_why_not(
    client, login, ormeaux, recruiter, candidate_user, sales
):
    addresses = [*_addresses(ormeaux, recruiter), ORDERS, QUOTES, LEDGER]
    for address in addresses:
        assert client.get(address).url == f"/connexion/?next={address}"
    for person in (candidate_user, sales):
        login(client, person)
        for address in addresses:
            assert client.get(address).status_code == 403, address


@pytest.mark.permissions
def test_the_lists_of_two_employers_do_not_mix(client, login, ormeaux, recruiter, riviere, stranger):
    order = orders.pay(order_of(ormeaux, recruiter))
    quote = quote_of(ormeaux, recruiter)
    login(client, stranger)
    pages = "".join(text(client.get(address)) for address in (ORDERS, QUOTES, LEDGER))
    assert order.number not in pages and quote.number not in pages and "+3" not in pages
