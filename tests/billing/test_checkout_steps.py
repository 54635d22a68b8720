"""The steps of the checkout in depth: country and VAT, delivery and the proof copy, terms, what was typed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Employer, Membership
from billing import carts, checkout, orders, quotes
from billing.models import Cart, Offer, Order
from billing.views import typed
from reference.dates import paris_day
from tests.factories import MembershipFactory

from .shop import CART, DELIVERY, INFORMATION, REVIEW, contents, fill, order_of, said, text

pytestmark = pytest.mark.django_db
HERE = "Association Les Ormeaux\n12 rue des Tilleuls\n69100 Villeurbanne"


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def identity(ormeaux):
    names = ("legal_name", "siret", "vat_number", "address", "address_2", "postcode", "city", "billing_email")
    return {name: getattr(ormeaux, name) for name in names} | {"country": "FR"}


def sent(page, **changes) -> dict:
    """The form of a page as a browser would send it."""
    form = page.context["form"]
    return {field.html_name: field.value() or "" for field in form} | changes


class TestCountry:
    def test_a_german_buyer_is_charged_without_vat_and_told_why(self, space, ormeaux, recruiter, identity):
        fill(ormeaux, "web-3")
        abroad = {"country": "DE", "siret": "", "postcode": "10115", "city": "Berlin"}
        german = identity | abroad | {"vat_number": "DE 136 695 976"}
        assert "la facture y est adressée" in text(space.post(INFORMATION, german))
        space.post(INFORMATION, german | {"billing_email": "rechnung@test.example"})
        for step in (INFORMATION, DELIVERY, REVIEW):
            assert "sans TVA. Autoliquidation" in text(space.get(step)).replace("\xa0", " "), step
        page = text(space.get(REVIEW))
        assert "Allemagne" in page and "780,00" in page and "936,00" not in page
        space.post(REVIEW, sent(space.get(REVIEW), method="transfer", terms="on"))
        order = Order.objects.get()
        assert (order.buyer_country, order.zone, order.total_vat) == ("DE", "ue", Decimal("0.00"))

    def test_la_reunion_pays_its_own_rate(self, space, ormeaux, identity):
        fill(ormeaux, "web-3")
        space.post(INFORMATION, identity | {"postcode": "97400", "city": "Saint-Denis"})
        page = text(space.get(REVIEW)).replace("\xa0", " ")
        assert "TVA 8,5 %" in page and "66,30" in page and "846,30" in page

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"siret": ""}, "doit figurer sur votre facture"),
            ({"country": "DE"}, "établissement en France"),
            ({"country": "DE", "siret": "", "vat_number": "", "postcode": "1"}, "n’est pas de ce pays"),
            ({"country": "CH", "siret": "", "vat_number": "DE136695976"}, "Hors de l’Union européenne"),
            ({"country": "RE"}, "choix valide"),
            ({"country": "XX"}, "choix valide"),
            ({"country": ""}, "obligatoire"),
        ],
    )
    def test_what_does_not_fit_is_said_once_and_changes_nothing(
        self, space, ormeaux, identity, change, words
    ):
        fill(ormeaux, "web-3")
        page = text(space.post(INFORMATION, identity | {"city": "Bron"} | change))
        assert words in page.replace("\xa0", " ")
        assert 'value="Bron"' in page
        ormeaux.refresh_from_db()
        assert ormeaux.city == "Villeurbanne"

    def test_an_identity_that_was_saved_before_the_rules_is_asked_for_again(self, space, ormeaux):
        fill(ormeaux, "web-3")
        type(ormeaux).objects.filter(pk=ormeaux.pk).update(siret="12345678900000")
        assert space.get(REVIEW).url == INFORMATION


class TestDelivery:
    def test_it_says_what_comes_where_and_when(self, space, ormeaux, recruiter):
        fill(ormeaux, "web-3", "page-marque", "cvtheque-6")
        page = text(space.get(DELIVERY)).replace("\xa0", " ")
        for words in (
            "3 crédits dans votre espace",
            "Dès le paiement par carte, ou à réception du virement",
            "les 12 mois commencent ce jour-là",
            "les 6 mois commencent ce jour-là",
            "Rien ne voyage par la poste",
        ):
            assert words in page, words
        assert "Un exemplaire du numéro" not in page

    def test_what_runs_already_is_prolonged_from_its_end(self, space, ormeaux, recruiter):
        orders.pay(order_of(ormeaux, recruiter, codes=("page-marque",)))
        fill(ormeaux, "page-marque")
        end = ormeaux.entitlements.get().ends_on
        page = text(space.get(DELIVERY))
        assert "À la suite de ce que vous avez déjà" in page
        assert str((end + timedelta(days=1)).year) in page
        again = orders.pay(order_of(ormeaux, recruiter, codes=()))
        right = ormeaux.entitlements.get(order_line=again.lines.get(tier="marque"))
        assert right.starts_on == end + timedelta(days=1), "as it was said"

    def test_a_month_begins_on_its_1er(self, space, ormeaux, recruiter):
        orders.pay(order_of(ormeaux, recruiter, codes=("page-marque",)))
        year = paris_day().year + 1
        ormeaux.entitlements.update(ends_on=date(year, 10, 31))
        fill(ormeaux, "page-marque")
        assert f"à partir du 1er novembre {year}" in text(space.get(DELIVERY))

    def test_a_higher_tier_begins_at_once_and_one_ordered_with_it_follows(self, space, ormeaux, recruiter):
        fill(ormeaux, "page-marque", "page-marque-plus")
        page = text(space.get(DELIVERY))
        assert "À la suite du niveau supérieur commandé en même temps" in page
        order = orders.pay(order_of(ormeaux, recruiter, codes=()))
        higher, lower = (
            ormeaux.entitlements.get(order_line__tier=tier) for tier in ("marque_plus", "marque")
        )
        assert higher.starts_on == paris_day(order.paid_at)
        assert lower.starts_on == higher.ends_on + timedelta(days=1)

    def test_it_costs_the_same_with_more_lines(self, space, ormeaux, django_assert_max_num_queries):
        fill(ormeaux, "page-marque")
        space.get(DELIVERY)
        for codes in ((), ("web-3", "cvtheque-3", "print-1-4")):
            fill(ormeaux, *codes)
            with django_assert_max_num_queries(11):
                assert space.get(DELIVERY).status_code == 200


class TestProofCopy:
    def test_it_is_proposed_to_the_postal_address_and_kept_with_the_order(self, space, ormeaux):
        fill(ormeaux, "print-1-4")
        page = space.get(DELIVERY)
        assert page.context["form"]["address"].value() == HERE
        elsewhere = "Service communication\n3 quai Perrache\n69002 Lyon"
        assert space.post(DELIVERY, {"proof": "send", "address": elsewhere}).url == REVIEW
        page = text(space.get(REVIEW))
        assert "3 quai Perrache" in page
        assert space.get(DELIVERY).context["form"]["address"].value() == elsewhere, "going back loses nothing"
        space.post(REVIEW, sent(space.get(REVIEW), method="transfer", terms="on"))
        assert Order.objects.get().proof_address == elsewhere
        cart = carts.cart_of(ormeaux)
        assert (cart.proof_address, cart.proof_asked) == ("", False), "the next order is asked anew"

    def test_it_can_be_refused_and_stays_refused(self, space, ormeaux):
        fill(ormeaux, "print-1-4")
        assert space.post(DELIVERY, {"proof": "none", "address": HERE}).url == REVIEW
        assert space.get(DELIVERY).context["form"]["proof"].value() == "none"
        assert "Aucun envoi demandé" in text(space.get(REVIEW))
        space.post(REVIEW, sent(space.get(REVIEW), method="transfer", terms="on"))
        assert Order.objects.get().proof_address == ""

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"proof": "send", "address": " "}, "Indiquez où envoyer"),
            ({"address": HERE}, "Choisissez si vous souhaitez"),
            ({"proof": "peut-être", "address": HERE}, "choix valide"),
            ({"proof": "send", "address": "x" * 501}, "500"),
        ],
    )
    def test_what_is_missing_is_said(self, space, ormeaux, form, words):
        fill(ormeaux, "print-1-4")
        answer = space.post(DELIVERY, form)
        assert answer.status_code == 200 and words in text(answer).replace("\xa0", " ")
        assert not Cart.objects.get().proof_asked

    def test_no_copy_goes_out_of_what_is_not_printed_any_more(self, space, ormeaux, recruiter):
        fill(ormeaux, "print-1-4", "web-1")
        space.post(DELIVERY, {"proof": "send", "address": HERE})
        carts.remove(ormeaux, carts.cart_of(ormeaux).lines.first().pk)
        assert "Exemplaire du magazine" not in text(space.get(REVIEW))
        order = checkout.confirm(ormeaux, carts.cart_of(ormeaux).key, Order.Method.CARD, recruiter)
        assert order.proof_address == ""


class TestReview:
    def test_the_terms_open_and_their_acceptance_is_kept(self, space, ormeaux, client):
        fill(ormeaux, "web-3")
        page = text(space.get(REVIEW))
        link = page.split("conditions générales de vente")[0].rsplit('href="', 1)[1].split('"')[0]
        assert client.get(link).status_code == 200
        before = timezone.now()
        space.post(REVIEW, sent(space.get(REVIEW), method="card", terms="on"))
        assert before <= Order.objects.get().terms_accepted_at <= timezone.now()

    @pytest.mark.invariant
    @pytest.mark.parametrize("total", ["1.00", "0", "-936.00", "9360.00", "936.01"])
    def test_a_forged_total_orders_nothing(self, space, ormeaux, total):
        fill(ormeaux, "web-3")
        form = sent(space.get(REVIEW), method="card", terms="on", total=total)
        answer = space.post(REVIEW, form)
        assert "Le total a changé" in said(answer) and "936,00" in said(answer)
        assert not Order.objects.exists() and contents(ormeaux) == [("web-3", 1)]

    @pytest.mark.parametrize("total", ["beaucoup", "1e400", "NaN", "1.001", "9" * 40])
    def test_a_total_that_is_none_orders_nothing(self, space, ormeaux, total):
        fill(ormeaux, "web-3")
        answer = space.post(REVIEW, sent(space.get(REVIEW), method="card", terms="on", total=total))
        assert answer.status_code == 200 and "plus à jour" in text(answer)
        assert not Order.objects.exists()

    @pytest.mark.invariant
    def test_amounts_in_the_form_count_for_nothing(self, space, ormeaux):
        fill(ormeaux, "web-3")
        form = sent(space.get(REVIEW), method="card", terms="on")
        extra = {"price": "1", "unit_price": "1", "discount": "700", "quantity": "-5", "total_incl_vat": "1"}
        space.post(REVIEW, form | extra)
        order = Order.objects.get()
        assert order.total_incl_vat == Decimal("936.00") and order.lines.get().quantity == 1

    def test_a_vat_rate_that_changes_while_the_page_is_open_is_told(self, space, ormeaux):
        fill(ormeaux, "web-3")
        form = sent(space.get(REVIEW), method="card", terms="on")
        Offer.objects.update(vat_rate=Decimal("21.00"))
        assert "Le total a changé" in said(space.post(REVIEW, form))
        assert not Order.objects.exists()

    def test_an_offer_withdrawn_between_cart_and_payment_is_not_ordered_and_not_lost(self, space, ormeaux):
        fill(ormeaux, "web-3")
        form = sent(space.get(REVIEW), method="card", terms="on")
        Offer.objects.filter(code="web-3").update(sold_until=paris_day() - timedelta(days=1))
        answer = space.post(REVIEW, form, follow=True)
        assert answer.request["PATH_INFO"] == CART and "n’est plus en vente" in text(answer)
        assert not Order.objects.exists() and contents(ormeaux) == [("web-3", 1)]

    def test_an_order_made_before_the_withdrawal_is_still_paid(self, space, ormeaux, recruiter):
        order = order_of(ormeaux, recruiter)
        Offer.objects.filter(code="web-3").update(is_active=False, price=Decimal("1"))
        orders.pay(order)
        assert order.invoices.get().total_incl_vat == Decimal("936.00")


class TestTypedWithoutASession:
    """The session runs out while somebody types: after the log-in the form is as it was, and nothing is saved."""

    def send(self, space, step, **typed_in):
        page = space.get(step)
        form = sent(page, **typed_in) | {"typed_for": page.context["typed_for"]}
        space.cookies.pop("sessionid")
        answer = space.post(step, form)
        assert answer.url == f"/connexion/?next={step}"

    def test_the_billing_identity_comes_back(self, space, login, ormeaux, recruiter):
        fill(ormeaux, "web-3")
        self.send(space, INFORMATION, city="Bron", purchase_order_number="BC 9")
        login(space, recruiter)
        page = text(space.get(INFORMATION))
        assert "voici ce que vous aviez saisi" in page
        assert 'value="Bron"' in page and 'value="BC 9"' in page
        ormeaux.refresh_from_db()
        assert ormeaux.city == "Villeurbanne", "nothing is saved before it is sent again"
        assert 'value="Bron"' not in text(space.get(INFORMATION)), "once"

    def test_so_do_the_address_of_the_copy_and_the_way_to_pay(self, space, login, ormeaux, recruiter):
        fill(ormeaux, "print-1-4")
        self.send(space, DELIVERY, proof="send", address="3 quai Perrache")
        login(space, recruiter)
        assert "3 quai Perrache" in text(space.get(DELIVERY))
        self.send(space, REVIEW, method="transfer", terms="on")
        login(space, recruiter)
        page = space.get(REVIEW)
        form = page.context["form"]
        assert form["method"].value() == "transfer"
        assert not form["terms"].value(), "terms are accepted on the page that orders"
        assert form["key"].value() == str(carts.cart_of(ormeaux).key)
        assert not Order.objects.exists()

    @pytest.mark.permissions
    def test_nobody_elses_organisation_is_shown_what_was_typed(
        self, space, login, ormeaux, riviere, stranger
    ):
        fill(ormeaux, "web-3")
        fill(riviere, "web-3")
        self.send(space, INFORMATION, city="Bron")
        login(space, stranger)
        assert "Bron" not in text(space.get(INFORMATION))

    @pytest.mark.permissions
    @pytest.mark.parametrize("mark", ["", "faux", "faux:faux"])
    def test_what_no_page_of_ours_sent_is_not_kept(self, client, login, ormeaux, recruiter, mark):
        fill(ormeaux, "web-3")
        client.post(INFORMATION, {"city": "Bron", "typed_for": mark})
        login(client, recruiter)
        assert "Bron" not in text(client.get(INFORMATION))

    def test_an_hour_later_it_is_gone(self, space, login, ormeaux, recruiter, monkeypatch):
        fill(ormeaux, "web-3")
        self.send(space, INFORMATION, city="Bron")
        monkeypatch.setattr(typed, "_LIFE", -1)
        login(space, recruiter)
        assert "Bron" not in text(space.get(INFORMATION))

    def test_a_recruiter_who_may_not_change_the_identity_finds_the_order_number(self, client, login, ormeaux):
        fill(ormeaux, "web-3")
        person = MembershipFactory(employer=ormeaux, role=Membership.Role.RECRUITER).user
        self.send(login(client, person), INFORMATION, purchase_order_number="BC 12")
        login(client, person)
        assert 'value="BC 12"' in text(client.get(INFORMATION))


def test_a_public_body_is_told_what_its_invoice_is_rejected_without(ormeaux, space):
    fill(ormeaux, "web-1")
    asked = "Chorus Pro rejette une facture"
    assert asked not in text(space.get(INFORMATION))
    Employer.objects.filter(pk=ormeaux.pk).update(
        legal_form="hopital", siret="21690266800013", public_body=True
    )
    assert asked in text(space.get(INFORMATION))
    quote = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, ormeaux.memberships.first().user)
    page = text(space.get(reverse("billing:quote", args=[quote.public_id])))
    assert asked in page and "N° d’engagement ou de commande" in page
