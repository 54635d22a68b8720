"""The steps of the checkout (G14–G18): forwards, backwards, twice, in two tabs, and with the ground moving."""

from decimal import Decimal

import pytest

from accounts.models import Membership
from billing import carts, orders
from billing.models import CartLine, Offer, Order, Quote
from tests.factories import MembershipFactory
from tests.tools import mails_to

from .shop import CART, DELIVERY, INFORMATION, REVIEW, contents, fill, order_of, said, text, url

pytestmark = pytest.mark.django_db
STEPS = (INFORMATION, DELIVERY, REVIEW)


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def identity(ormeaux):
    """What the form of step 1 sends when nothing is changed."""
    names = ("legal_name", "siret", "vat_number", "address", "address_2", "postcode", "city", "billing_email")
    return {name: getattr(ormeaux, name) for name in names} | {"country": "FR"}


def confirm(space, employer, method, key=None, terms="on"):
    """Press the button of step 3, as the page that shows the cart now would."""
    return space.post(REVIEW, {"key": key or carts.cart_of(employer).key, "method": method, "terms": terms})


class TestStraight:
    def test_from_the_cart_to_the_card(self, space, ormeaux, identity):
        fill(ormeaux, "web-3")
        page = text(space.get(INFORMATION))
        assert "Étape suivante" in page and 'aria-current="step"' in page
        answer = space.post(INFORMATION, identity | {"purchase_order_number": "BC 2026/7"})
        assert answer.url == DELIVERY
        page = text(space.get(DELIVERY))
        assert "3 crédits dans votre espace" in page and "Valider l’expédition" in page
        assert space.post(DELIVERY).url == REVIEW
        page = text(space.get(REVIEW))
        for words in (
            "Paiement par carte bancaire",
            "Paiement par virement",
            "Obtenir un devis pour cette commande",
        ):
            assert words in page
        assert "936,00" in page and "TVA 20" in page and "BC 2026/7" in page
        assert "?sujet=facture" in page, "the way of those who pay on invoice only"
        answer = confirm(space, ormeaux, "card")
        order = Order.objects.get()
        assert answer.url == url("order_pay", order.public_id)
        assert (order.state, order.purchase_order_number) == ("awaiting_payment", "BC 2026/7")
        assert contents(ormeaux) == []

    def test_by_transfer_the_bank_details_are_shown_and_mailed(self, space, ormeaux, recruiter, settings):
        fill(ormeaux, "web-3")
        answer = confirm(space, ormeaux, "transfer")
        order = Order.objects.get()
        assert answer.url == url("order", order.public_id)
        # The IBAN is set in groups of four.
        page = "".join(text(space.get(answer.url)).split())
        for words in (settings.SELLER["iban"], settings.SELLER["bic"], order.number, "936,00"):
            assert words in page
        assert order.number in mails_to(recruiter.email)[-1].body

    def test_a_quote_keeps_the_cart_and_comes_by_mail_without_accepting_the_terms(
        self, space, ormeaux, recruiter
    ):
        fill(ormeaux, "web-3")
        answer = confirm(space, ormeaux, "quote", terms="")
        quote = Quote.objects.get()
        assert answer.url == url("quote", quote.public_id)
        assert contents(ormeaux) == [("web-3", 1)]
        assert quote.number in mails_to(recruiter.email)[-1].subject
        assert not Order.objects.exists()


class TestInformation:
    def test_it_saves_the_billing_identity_and_takes_numbers_as_pasted(self, space, ormeaux, identity):
        fill(ormeaux, "web-3")
        typed = {
            "siret": "732 829 320 00074",
            "vat_number": "FR 44 732 829 320",
            "billing_email": "compta@test.example",
        }
        assert space.post(INFORMATION, identity | typed).url == DELIVERY
        ormeaux.refresh_from_db()
        assert (ormeaux.siret, ormeaux.vat_number) == ("73282932000074", "FR44732829320")
        assert ormeaux.billing_email == "compta@test.example"

    def test_a_browser_does_not_cut_a_pasted_siret(self, space, ormeaux):
        fill(ormeaux, "web-3")
        page = text(space.get(INFORMATION))
        field = page[page.index('name="siret"') :].split(">")[0]
        assert "maxlength" not in field

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"siret": "123"}, "SIRET n’est pas valide"),
            ({"vat_number": "FR00000000000"}, "TVA n’est pas valide"),
            ({"postcode": "691"}, "Cinq chiffres"),
            ({"address": ""}, "obligatoire"),
            ({"legal_name": " "}, "obligatoire"),
            ({"billing_email": "compta"}, "adresse"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, space, ormeaux, identity, change, words):
        fill(ormeaux, "web-3")
        answer = space.post(
            INFORMATION, identity | {"city": "Bron", "purchase_order_number": "BC 9"} | change
        )
        page = text(answer)
        assert answer.status_code == 200 and words in page
        assert 'value="Bron"' in page and 'value="BC 9"' in page
        assert "Association Les Ormeaux" in page, "the header still names the employer"
        ormeaux.refresh_from_db()
        assert ormeaux.city == "Villeurbanne"

    def test_billing_changes_the_identity(self, client, login, ormeaux, identity):
        fill(ormeaux, "web-3")
        login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.BILLING).user)
        assert client.post(INFORMATION, identity | {"city": "Bron"}).url == DELIVERY
        ormeaux.refresh_from_db()
        assert ormeaux.city == "Bron"

    @pytest.mark.permissions
    def test_a_recruiter_buys_and_reads_to_whom_the_invoice_goes(
        self, client, login, ormeaux, recruiter, identity
    ):
        fill(ormeaux, "web-3")
        login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.RECRUITER).user)
        page = text(client.get(INFORMATION))
        assert 'name="legal_name"' not in page and "Association Les Ormeaux" in page
        assert f"mailto:{recruiter.email}" in page, "whom to ask"
        typed = identity | {"legal_name": "Autre", "city": "Bron", "purchase_order_number": "BC 3"}
        assert client.post(INFORMATION, typed).url == DELIVERY
        ormeaux.refresh_from_db()
        assert (ormeaux.legal_name, ormeaux.city) == ("Association Les Ormeaux", "Villeurbanne")
        assert carts.cart_of(ormeaux).purchase_order_number == "BC 3"

    @pytest.mark.permissions
    def test_a_recruiter_whose_employer_has_no_address_is_told_whom_to_ask(
        self, client, login, ormeaux, recruiter, identity
    ):
        fill(ormeaux, "web-3")
        ormeaux.address = ""
        ormeaux.save()
        login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.RECRUITER).user)
        for answer in (client.get(INFORMATION), client.post(INFORMATION, identity)):
            page = text(answer)
            assert answer.status_code == 200
            assert "Il manque de quoi établir votre facture" in page and recruiter.email in page
            assert "Étape suivante" not in page
        ormeaux.refresh_from_db()
        assert ormeaux.address == ""

    def test_the_engagement_number_of_a_public_body_is_proposed(self, space, ormeaux):
        fill(ormeaux, "web-3")
        ormeaux.chorus_engagement = "EJ-77"
        ormeaux.save()
        assert 'value="EJ-77"' in text(space.get(INFORMATION))

    def test_a_public_body_without_siret_is_asked_for_it(self, space, ormeaux, identity):
        fill(ormeaux, "web-3")
        ormeaux.legal_form, ormeaux.siret = "hopital", ""
        ormeaux.save()
        assert space.get(DELIVERY).url == INFORMATION
        assert "Chorus Pro" in text(space.post(INFORMATION, identity | {"siret": ""}))

    def test_a_reader_may_not(self, client, login, ormeaux, identity):
        fill(ormeaux, "web-3")
        login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user)
        for step in STEPS:
            assert client.get(step).status_code == client.post(step, identity).status_code == 403


class TestReview:
    def test_nothing_is_ordered_without_the_terms_or_without_a_choice(self, space, ormeaux):
        fill(ormeaux, "web-3")
        assert "Acceptez les conditions" in text(confirm(space, ormeaux, "transfer", terms=""))
        assert "Choisissez un paiement ou un devis" in text(confirm(space, ormeaux, ""))
        assert confirm(space, ormeaux, "invoice").status_code == 200, "on invoice is the office's to order"
        assert not Order.objects.exists()
        assert contents(ormeaux) == [("web-3", 1)]

    @pytest.mark.invariant
    @pytest.mark.parametrize("method", ["card", "transfer"])
    def test_a_double_click_finds_the_same_order(self, space, ormeaux, method):
        fill(ormeaux, "web-3")
        key = carts.cart_of(ormeaux).key
        first, second = (confirm(space, ormeaux, method, key) for _ in range(2))
        assert first.url == second.url
        assert Order.objects.count() == 1

    @pytest.mark.invariant
    def test_a_double_click_finds_the_same_quote(self, space, ormeaux):
        fill(ormeaux, "web-3")
        key = carts.cart_of(ormeaux).key
        first, second = (confirm(space, ormeaux, "quote", key) for _ in range(2))
        assert first.url == second.url
        assert Quote.objects.count() == 1

    @pytest.mark.invariant
    @pytest.mark.parametrize("meanwhile", ["add", "quantity", "remove", "accepted price"])
    def test_what_another_tab_changed_is_looked_at_before_it_is_ordered(self, space, ormeaux, meanwhile):
        fill(ormeaux, "web-3", "web-1")
        line = CartLine.objects.first()
        if meanwhile == "accepted price":
            Offer.objects.filter(pk=line.offer_id).update(price=Decimal("800"))
        seen = carts.cart_of(ormeaux).key
        if meanwhile == "add":
            fill(ormeaux, "print-1-1")
        elif meanwhile == "accepted price":
            carts.accept_prices(carts.cart_of(ormeaux))
        else:
            carts.set_quantity(ormeaux, line.pk, 0 if meanwhile == "remove" else 9)
        answer = confirm(space, ormeaux, "transfer", seen)
        assert answer.url == REVIEW
        assert "Votre panier a changé depuis cette page" in said(answer)
        assert not Order.objects.exists()
        page = space.get(REVIEW)
        assert confirm(space, ormeaux, "transfer", page.context["form"]["key"].value()).url.startswith(
            "/espace"
        )
        assert Order.objects.count() == 1

    @pytest.mark.parametrize("key", ["", "pas-une-clé", "00000000-0000-0000-0000-000000000000"])
    def test_a_missing_or_foreign_key_orders_nothing(self, space, ormeaux, key):
        fill(ormeaux, "web-3")
        answer = space.post(REVIEW, {"key": key, "method": "transfer", "terms": "on"}, follow=True)
        assert answer.status_code == 200
        assert "panier a changé" in text(answer) or "plus à jour" in text(answer)
        assert not Order.objects.exists()

    @pytest.mark.permissions
    def test_the_key_of_another_employers_cart_orders_nothing_of_theirs(self, space, ormeaux, riviere):
        fill(riviere, "print-1-1")
        fill(ormeaux, "web-1")
        confirm(space, ormeaux, "transfer", carts.cart_of(riviere).key)
        assert not Order.objects.exists()
        assert contents(riviere) == [("print-1-1", 1)]

    def test_too_many_orders_are_slowed_down(self, space, ormeaux):
        fill(ormeaux, "web-1")
        answers = [confirm(space, ormeaux, "") for _ in range(21)]
        assert [a.status_code for a in answers] == [200] * 20 + [429]

    def test_it_costs_the_same_with_more_lines(self, space, ormeaux, django_assert_max_num_queries):
        space.get(REVIEW)
        for codes in (("web-1",), ("web-3", "web-5", "cvtheque-3", "print-1-4")):
            fill(ormeaux, *codes)
            with django_assert_max_num_queries(10):
                assert space.get(REVIEW).status_code == 200


class TestOutOfOrder:
    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_an_empty_cart_leads_to_the_cart(self, space, step, verb):
        answer = getattr(space, verb)(step, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert "Votre panier est vide\u00a0: choisissez une offre" in text(answer)

    @pytest.mark.parametrize("step", STEPS)
    def test_going_back_after_the_order_shows_the_order(self, space, ormeaux, recruiter, step):
        order = order_of(ormeaux, recruiter)
        answer = space.get(step, follow=True)
        assert answer.request["PATH_INFO"] == url("order", order.public_id)
        assert f"Votre commande {order.number} est déjà enregistrée" in text(answer)

    def test_a_cancelled_order_is_no_answer_to_an_empty_cart(self, space, ormeaux, recruiter):
        orders.cancel(order_of(ormeaux, recruiter), by=recruiter)
        assert space.get(REVIEW).url == CART

    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("change", [{"is_active": False}, {"price": Decimal("1.00")}])
    def test_a_withdrawn_offer_or_changed_price_leads_to_the_cart_that_explains(
        self, space, ormeaux, step, change
    ):
        fill(ormeaux, "web-3", "web-1")
        Offer.objects.filter(code="web-3").update(**change)
        answer = space.get(step, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert "n’est plus en vente" in text(answer) or "au lieu de 780,00" in text(answer)
        assert contents(ormeaux) == [("web-3", 1), ("web-1", 1)]

    @pytest.mark.parametrize("change", [{"is_active": False}, {"price": Decimal("1.00")}])
    def test_the_same_while_confirming_orders_nothing(self, space, ormeaux, change):
        fill(ormeaux, "web-3")
        space.get(REVIEW)
        Offer.objects.filter(code="web-3").update(**change)
        assert confirm(space, ormeaux, "card").url == CART
        assert not Order.objects.exists()

    @pytest.mark.parametrize("step", [DELIVERY, REVIEW])
    def test_without_an_address_step_one_comes_first(self, space, ormeaux, step):
        fill(ormeaux, "web-3")
        ormeaux.address = ""
        ormeaux.save()
        answer = space.get(step, follow=True)
        assert answer.request["PATH_INFO"] == INFORMATION
        assert "Complétez vos informations" in text(answer)
        assert confirm(space, ormeaux, "card").url == INFORMATION
        assert not Order.objects.exists()

    @pytest.mark.parametrize("step", STEPS)
    def test_an_expired_session_comes_back_to_the_step_with_the_cart_as_it_was(
        self, client, login, ormeaux, recruiter, step
    ):
        fill(ormeaux, "web-3")
        form = {"key": carts.cart_of(ormeaux).key, "method": "card", "terms": "on"}
        answer = client.post(step, form)
        assert answer.url == f"/connexion/?next={step}"
        login(client, recruiter)
        assert client.get(step).status_code == 200
        assert not Order.objects.exists()

    @pytest.mark.permissions
    @pytest.mark.parametrize("step", [CART, *STEPS])
    def test_candidates_and_the_office_do_not_come_in(self, client, login, candidate_user, sales, step):
        for person in (candidate_user, sales):
            login(client, person)
            assert client.get(step).status_code == 403

    @pytest.mark.parametrize("step", [CART, *STEPS])
    def test_no_browser_keeps_a_step(self, space, ormeaux, step):
        fill(ormeaux, "web-3")
        assert "no-store" in space.get(step)["Cache-Control"]
