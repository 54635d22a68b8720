""" "Nos offres" and "Panier" (G8, G11–G13, G30), and the way into them."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Membership
from billing import baskets, carts, tiers
from billing.models import Cart, CartLine, Offer
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

    def test_a_pack_says_what_it_saves_against_single_ads(self, client):
        page = text(client.get(OFFERS)).replace("\xa0", " ").replace("\u202f", " ")
        assert "soit 260,00 € HT l’annonce" in page and "90,00 € d’économie, 10 %" in page
        assert "soit 124,17 € HT par mois" in page and "870,00 € d’économie, 36 %" in page, "a year of CVs"
        Offer.objects.filter(code="web-3").update(price=Decimal("900"))
        page = text(client.get(OFFERS)).replace("\xa0", " ").replace("\u202f", " ")
        assert "soit 300,00 € HT l’annonce" in page and "d’économie, 10 %" not in page, (
            "a dearer pack saves nothing"
        )

    def test_the_three_tiers_are_compared_part_by_part(self, client):
        page = text(client.get(OFFERS))
        table = page[page.index("Comparer les trois niveaux") :].split("</table>")[0]
        for part in tiers.Part:
            assert part.label in table or part.label.replace("« ", "«\xa0").replace(" »", "\xa0»") in table, (
                part
            )
        assert table.count(">oui<") == sum(len(tier.parts) for tier in tiers.TIERS)

    def test_a_customer_sees_prices_with_its_vat(self, client, login, recruiter, ormeaux):
        assert "TTC" not in text(client.get(OFFERS))
        login(client, recruiter)
        assert "936,00\u202f€ TTC" in text(client.get(OFFERS))
        ormeaux.postcode = "97400"
        ormeaux.save()
        assert "846,30\u202f€ TTC" in text(client.get(OFFERS))

    def test_one_button_is_the_next_step_the_carts_once_something_lies_there(self, space, ormeaux):
        page = text(space.get(OFFERS))
        assert page.count('class="accent"') == 1 and "Voir mon panier" not in page
        fill(ormeaux, "web-1")
        page = text(space.get(OFFERS))
        assert page.count('class="accent"') == 0 and page.count('class="btn accent"') == 1
        assert "Voir mon panier" in page

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
    """A visitor's basket: in the session, then in the employer's cart."""

    @pytest.fixture
    def visitor(self, client):
        client.post(ADD, {"offer": "web-5"})
        client.post(ADD, {"offer": "cvtheque-3", "quantity": 4})
        return client

    def log_in(self, client, person, **more):
        return client.post("/connexion/", {"login": person.email, "password": PASSWORD} | more, follow=True)

    def test_a_visitor_fills_a_basket_without_a_row_in_the_database(self, visitor):
        answer = visitor.post(ADD, {"offer": "web-5", "quantity": 2}, follow=True)
        page = text(answer)
        assert answer.request["PATH_INFO"] == CART
        assert "« 5 annonces web » est dans votre panier, en 3 exemplaires" in said(answer).replace(
            "\xa0", " "
        )
        assert "5 annonces web" in page and "Accès à la CVthèque, 3 mois" in page
        assert "4\u202f190,00" in page, "3 × 1 200 and one access, without VAT"
        assert page.count("Terminer cette commande") == 1
        assert not Cart.objects.exists()

    def test_quantities_change_and_lines_go(self, visitor):
        visitor.post(url("cart_chosen", "web-5"), {"quantity": 7})
        visitor.post(url("cart_chosen", "cvtheque-3"), {"remove": "1"})
        assert visitor.session["basket"] == {"web-5": [7, "1200.00"]}

    @pytest.mark.parametrize("quantity", ["-1", "100", "", "beaucoup", "9" * 30])
    def test_a_wrong_quantity_changes_nothing(self, visitor, quantity):
        answer = visitor.post(url("cart_chosen", "web-5"), {"quantity": quantity})
        assert "entre 1 et 99" in said(answer)
        assert visitor.session["basket"]["web-5"] == [1, "1200.00"]

    def test_an_offer_that_is_not_in_the_basket_is_missed_politely(self, visitor):
        for code in ("web-1", "absente"):
            answer = visitor.post(url("cart_chosen", code), {"quantity": 2}, follow=True)
            assert "n’est plus dans votre panier" in text(answer)
        assert set(visitor.session["basket"]) == {"web-5", "cvtheque-3"}

    def test_it_costs_the_same_with_more_lines(self, visitor, django_assert_max_num_queries):
        visitor.get(CART)
        for codes in ((), ("web-1", "web-3", "print-1-4")):
            for code in codes:
                visitor.post(ADD, {"offer": code})
            with django_assert_max_num_queries(4):
                assert visitor.get(CART).status_code == 200

    def test_a_price_that_changed_meanwhile_is_told_to_the_visitor_and_after_the_login(
        self, visitor, recruiter
    ):
        Offer.objects.filter(code="web-5").update(price=Decimal("1300"))
        assert "au lieu de 1\u202f200,00" in text(visitor.get(CART))
        assert "au lieu de 1\u202f200,00" in text(self.log_in(visitor, recruiter)), (
            "told, not silently taken over"
        )

    def test_the_visitor_accepts_the_new_price(self, visitor):
        Offer.objects.filter(code="web-5").update(price=Decimal("1300"))
        visitor.post(url("cart_accept"))
        assert "au lieu de" not in text(visitor.get(CART))

    def test_one_more_of_an_offer_accepts_no_new_price_for_the_visitor(self, visitor):
        Offer.objects.filter(code="web-5").update(price=Decimal("1300"))
        visitor.post(ADD, {"offer": "web-5"})
        assert "au lieu de 1\u202f200,00" in text(visitor.get(CART))

    def test_a_withdrawn_offer_is_not_lost_on_the_way_but_explained(self, visitor, recruiter, ormeaux):
        Offer.objects.filter(code="web-5").update(is_active=False)
        page = text(self.log_in(visitor, recruiter))
        assert "n’est plus en vente" in page
        assert contents(ormeaux) == [("web-5", 1), ("cvtheque-3", 1)]

    def test_the_login_moves_it_into_the_employers_cart_and_says_so(self, visitor, recruiter, ormeaux):
        answer = self.log_in(visitor, recruiter)
        assert answer.request["PATH_INFO"] == CART
        assert "Les 2 offres choisies avant la connexion sont dans le panier de" in text(answer)
        assert contents(ormeaux) == [("web-5", 1), ("cvtheque-3", 1)]
        assert "basket" not in visitor.session
        assert visitor.get("/mon-espace/").url == "/espace-recruteur/", "led to the cart once"

    def test_it_is_in_the_cart_although_the_login_leads_elsewhere(self, visitor, recruiter, ormeaux):
        answer = self.log_in(visitor, recruiter, next="/espace-recruteur/")
        assert answer.request["PATH_INFO"] == "/espace-recruteur/annonces/"
        assert "sont dans le panier de" in text(answer)
        assert contents(ormeaux) == [("web-5", 1), ("cvtheque-3", 1)]

    @pytest.mark.invariant
    def test_a_second_login_with_the_same_choice_doubles_nothing(self, visitor, client, recruiter, ormeaux):
        self.log_in(visitor, recruiter)
        client.post("/deconnexion/")
        client.post(ADD, {"offer": "web-5"})
        page = text(self.log_in(client, recruiter))
        assert "était déjà dans le panier" in page
        assert contents(ormeaux) == [("web-5", 1), ("cvtheque-3", 1)]

    @pytest.mark.invariant
    def test_the_same_basket_merged_twice_is_merged_once(self, ormeaux):
        """Two tabs log in at the same time: both read the session before either empties it."""
        session = {"basket": {"web-5": [2, "1200.00"]}}
        for _ in range(2):
            baskets.merge(dict(session), ormeaux)
        assert contents(ormeaux) == [("web-5", 2)]

    def test_more_of_an_offer_than_the_cart_has_wins(self, client, recruiter, ormeaux):
        fill(ormeaux, "web-5")
        key = carts.cart_of(ormeaux).key
        client.post(ADD, {"offer": "web-5", "quantity": 3})
        page = text(self.log_in(client, recruiter))
        assert "« 5 annonces web », choisi avant la connexion" in page.replace("\xa0", " ")
        assert contents(ormeaux) == [("web-5", 3)]
        assert carts.cart_of(ormeaux).key != key, "a page opened before is looked at again"

    def test_a_reader_or_a_candidate_takes_no_basket_into_a_cart(self, visitor, ormeaux, candidate_user):
        reader = MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user
        for person in (reader, candidate_user):
            self.log_in(visitor, person)
            assert visitor.get(CART).status_code == 403
        assert not CartLine.objects.exists()

    def test_somebody_new_tells_the_organisation_then_finds_the_offer(self, client, login):
        person = UserFactory()
        login(client, person)
        answer = client.post(ADD, {"offer": "web-1"}, follow=True)
        assert answer.request["PATH_INFO"] == "/mon-compte/organisation/"
        assert "Indiquez d’abord votre organisation" in text(answer)
        form = {
            "legal_name": "Association Neuve",
            "legal_form": "association",
            "country": "FR",
            "address": "1 rue Neuve",
            "postcode": "69100",
            "city": "Villeurbanne",
        }
        answer = client.post("/mon-compte/organisation/", form, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert "choisi avant la connexion, est dans le panier de Association Neuve" in text(answer)
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
    def test_it_is_the_same_on_every_device_and_after_every_login(self, space, login, colleague, ormeaux):
        space.post(ADD, {"offer": "web-3"})
        elsewhere = login(Client(), colleague)
        assert "3 annonces web" in text(elsewhere.get(CART))
        elsewhere.post(ADD, {"offer": "cvtheque-3"})
        assert "CVthèque, 3 mois" in text(space.get(CART))

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

    def test_a_colleagues_click_accepts_no_new_price_for_the_buyer(self, space, login, colleague, ormeaux):
        fill(ormeaux, "web-3")
        Offer.objects.filter(code="web-3").update(price=Decimal("1250.50"))
        login(Client(), colleague).post(ADD, {"offer": "web-3"})
        page = text(space.get(CART))
        assert "1\u202f250,50" in page and "au lieu de 780,00" in page
        assert contents(ormeaux) == [("web-3", 2)]

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
            with django_assert_max_num_queries(10):
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
        strict = login(Client(enforce_csrf_checks=True), recruiter)
        assert strict.post(ADD, {"offer": "web-1"}).status_code == 403
        assert not CartLine.objects.exists()
