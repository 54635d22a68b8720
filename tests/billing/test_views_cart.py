""" "Nos offres" and "Panier" (G8, G11–G13, G30), and the way into them."""

from decimal import Decimal

import pytest

from accounts.models import Membership
from billing import carts
from billing.models import CartLine, Offer
from tests.factories import MembershipFactory, UserFactory
from tests.factories.accounts import PASSWORD

from .shop import ADD, CART, INFORMATION, OFFERS, contents, fill, said, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


class TestOffers:
    def test_everybody_reads_them_each_kind_at_its_anchor(self, client):
        page = text(client.get(OFFERS))
        for anchor in ("web", "web-print", "page-entreprise", "cvtheque"):
            assert f'id="{anchor}"' in page
        assert "Accès à la CVthèque" in page
        assert "260,00" in page, "the price of one ad of the pack of three"
        assert page.count("Ajouter au panier") == Offer.objects.exclude(price=0).count()

    def test_a_print_format_is_drawn_to_scale(self, client):
        page = text(client.get(OFFERS))
        half, quarter = (f'width="{w}" height="{h}"' for w, h in ((42, 30), (21, 30)))
        assert half in page and quarter in page

    def test_a_withdrawn_offer_is_not_shown(self, client):
        Offer.objects.filter(code="web-10").update(is_active=False)
        assert 'value="web-10"' not in text(client.get(OFFERS))

    def test_nothing_on_sale_leaves_a_page_that_says_so(self, client):
        Offer.objects.update(is_active=False)
        assert text(client.get(OFFERS)).count("Aucune offre de ce type") == 4

    def test_it_costs_one_query_however_many_offers(self, client, django_assert_max_num_queries):
        client.get(OFFERS)
        with django_assert_max_num_queries(1):
            client.get(OFFERS)


class TestAdding:
    def test_an_offer_goes_into_the_cart(self, space, ormeaux):
        answer = space.post(ADD, {"offer": "web-3", "quantity": 2})
        assert answer.url == CART
        assert "« 3 annonces web » est dans votre panier" in said(answer)
        assert contents(ormeaux) == [("web-3", 2)]

    def test_two_offers_chosen_in_two_tabs_are_both_there(self, space, ormeaux):
        space.post(ADD, {"offer": "web-3"})
        space.post(ADD, {"offer": "cvtheque-6"})
        space.get(CART)
        assert contents(ormeaux) == [("web-3", 1), ("cvtheque-6", 1)]

    @pytest.mark.parametrize("code", ["absente", "pas un code", "", "page-standard"])
    def test_what_is_not_sold_is_refused_in_a_sentence(self, space, ormeaux, code):
        answer = space.post(ADD, {"offer": code}, follow=True)
        assert "Cette offre" in text(answer)
        assert not CartLine.objects.exists()

    @pytest.mark.parametrize("quantity", ["0", "-3", "100", "beaucoup"])
    def test_a_quantity_out_of_bounds_adds_nothing(self, space, quantity):
        space.post(ADD, {"offer": "web-3", "quantity": quantity})
        assert not CartLine.objects.exists()

    def test_a_price_in_the_form_counts_for_nothing(self, space, ormeaux):
        space.post(ADD, {"offer": "web-3", "price": "1", "seen_price": "1"})
        assert carts.cart_totals(carts.cart_of(ormeaux)).excl == Decimal("780.00")

    def test_a_visit_adds_nothing(self, space):
        assert space.get(ADD, {"offer": "web-3"}).status_code == 405


class TestOnTheWayIn:
    def test_an_offer_chosen_by_a_visitor_is_in_the_cart_after_the_login(self, client, recruiter, ormeaux):
        answer = client.post(ADD, {"offer": "web-5"}, follow=True)
        page = text(answer)
        assert "l’offre choisie vous attend" in page
        assert "Créer mon espace recruteur" in page
        assert f"?next={CART}" in page
        form = {"login": recruiter.email, "password": PASSWORD, "next": CART}
        answer = client.post("/connexion/", form, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert contents(ormeaux) == [("web-5", 1)]
        client.get(CART)
        assert contents(ormeaux) == [("web-5", 1)], "looking again adds nothing"

    def test_logging_in_at_the_front_door_leads_to_the_cart_too_and_once(self, client, recruiter, ormeaux):
        client.post(ADD, {"offer": "web-5"})
        answer = client.post("/connexion/", {"login": recruiter.email, "password": PASSWORD}, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert contents(ormeaux) == [("web-5", 1)]
        assert client.get("/mon-espace/").url == "/espace-recruteur/"

    def test_somebody_new_tells_the_organisation_then_finds_the_offer(self, client, login):
        person = UserFactory()
        login(client, person)
        answer = client.post(ADD, {"offer": "web-1"}, follow=True)
        assert answer.request["PATH_INFO"] == "/mon-compte/organisation/"
        assert "Indiquez d’abord votre organisation" in text(answer)
        form = {
            "legal_name": "Association Neuve",
            "legal_form": "association",
            "address": "1 rue Neuve",
            "postcode": "69100",
            "city": "Villeurbanne",
        }
        answer = client.post("/mon-compte/organisation/", form, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert contents(person.memberships.get().employer) == [("web-1", 1)]

    def test_a_candidate_and_the_office_are_told_why_not(self, client, login, candidate_user, sales):
        for person, words in ((candidate_user, "compte candidat"), (sales, "celui de l’éditeur")):
            login(client, person)
            answer = client.post(ADD, {"offer": "web-1"}, follow=True)
            assert answer.status_code == 403
            assert words in text(answer)
        assert not CartLine.objects.exists()

    def test_a_reader_does_not_buy_and_is_told_who_does(self, client, login, ormeaux, recruiter):
        login(client, MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user)
        answer = client.post(ADD, {"offer": "web-1"}, follow=True)
        assert answer.status_code == 403
        assert recruiter.email in text(answer)
        assert not CartLine.objects.exists()


class TestCart:
    def test_empty_it_leads_to_the_offers(self, space):
        page = text(space.get(CART))
        assert "Votre panier est vide" in page and "Voir nos offres" in page
        assert "Terminer cette commande" not in page

    def test_it_shows_lines_totals_by_rate_and_the_one_next_step(self, space, ormeaux):
        Offer.objects.filter(code="cvtheque-3").update(vat_rate=Decimal("5.50"))
        fill(ormeaux, "web-3", "cvtheque-3")
        page = text(space.get(CART))
        assert "156,00" in page and "32,45" in page, "20 % of 780, 5.5 % of 590"
        assert page.count("Terminer cette commande") == 1
        assert INFORMATION in page

    def test_a_quantity_is_changed_and_a_line_taken_out(self, space, ormeaux):
        fill(ormeaux, "web-3", "web-1")
        first, second = CartLine.objects.order_by("pk")
        space.post(url("cart_line", first.pk), {"quantity": 4})
        space.post(url("cart_line", second.pk), {"quantity": 1, "remove": "1"})
        assert contents(ormeaux) == [("web-3", 4)]

    @pytest.mark.parametrize("quantity", ["-1", "100", "", "x"])
    def test_a_wrong_quantity_changes_nothing_and_says_the_bounds(self, space, ormeaux, quantity):
        fill(ormeaux, "web-3")
        answer = space.post(url("cart_line", CartLine.objects.get().pk), {"quantity": quantity})
        assert "entre 1 et 99" in said(answer)
        assert contents(ormeaux) == [("web-3", 1)]

    def test_a_line_taken_out_in_another_tab_is_missed_politely(self, space, ormeaux):
        fill(ormeaux, "web-3", "web-1")
        gone = CartLine.objects.first()
        carts.remove(ormeaux, gone.pk)
        answer = space.post(url("cart_line", gone.pk), {"quantity": 2})
        assert answer.status_code == 404
        assert "n’est plus dans votre panier" in text(answer) and "1 annonce web" in text(answer)

    @pytest.mark.permissions
    def test_a_line_of_another_employer_is_as_absent_as_none(self, space, riviere):
        fill(riviere, "web-3")
        line = CartLine.objects.get()
        foreign = space.post(url("cart_line", line.pk), {"remove": "1"})
        absent = space.post(url("cart_line", line.pk + 1000), {"remove": "1"})
        assert foreign.status_code == absent.status_code == 404
        assert "3 annonces web" not in text(foreign)
        assert contents(riviere) == [("web-3", 1)]

    def test_a_changed_price_is_told_and_accepted_before_going_on(self, space, ormeaux):
        fill(ormeaux, "web-3")
        Offer.objects.filter(code="web-3").update(price=Decimal("1250.50"))
        page = text(space.get(CART))
        assert "a changé" in page and "1\u202f250,50" in page and "780,00" in page
        assert "Terminer cette commande" not in page
        space.post(url("cart_accept"))
        page = text(space.get(CART))
        assert "a changé" not in page and "Terminer cette commande" in page

    def test_a_withdrawn_offer_is_told_and_nothing_accepts_it(self, space, ormeaux):
        fill(ormeaux, "web-3", "web-1")
        Offer.objects.filter(code="web-3").update(is_active=False)
        page = text(space.get(CART))
        assert "n’est plus en vente" in page and "J’ai vu les nouveaux prix" not in page
        assert contents(ormeaux) == [("web-3", 1), ("web-1", 1)], "nothing is lost by looking"

    def test_it_costs_the_same_with_more_lines(self, space, ormeaux, django_assert_max_num_queries):
        fill(ormeaux, "web-1")
        space.get(CART)
        for codes in ((), ("web-3", "web-5", "cvtheque-3", "print-1-4")):
            fill(ormeaux, *codes)
            with django_assert_max_num_queries(9):
                space.get(CART)

    def test_a_button_pressed_after_the_session_ended_comes_back_to_the_cart(
        self, client, login, ormeaux, recruiter
    ):
        fill(ormeaux, "web-3")
        address = url("cart_line", CartLine.objects.get().pk)
        answer = client.post(address, {"remove": "1"})
        assert answer.url.startswith("/connexion/")
        login(client, recruiter)
        answer = client.get(address, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert "votre session avait expiré" in text(answer)
        assert contents(ormeaux) == [("web-3", 1)]

    def test_too_many_changes_are_slowed_down(self, space):
        answers = {space.post(ADD, {"offer": "web-1"}).status_code for _ in range(61)}
        assert answers == {302, 429}

    def test_a_form_of_another_site_changes_nothing(self, login, recruiter):
        from django.test import Client

        strict = login(Client(enforce_csrf_checks=True), recruiter)
        assert strict.post(ADD, {"offer": "web-1"}).status_code == 403
        assert not CartLine.objects.exists()
