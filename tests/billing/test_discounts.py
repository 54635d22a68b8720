"""Discount codes: who may use one, what it takes off, and what of it stays on the documents."""

from datetime import timedelta
from decimal import Decimal

import pytest

from billing import carts, checkout, discounts, orders, pricing
from billing.models import DiscountCode, Order
from reference.dates import paris_day

from .shop import CART, REVIEW, contents, fill, offer, said, text, url

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def code():
    return DiscountCode.objects.create(code="RENTREE", label="Remise de rentrée", percent=Decimal("10"))


def confirm(employer, user, method=Order.Method.TRANSFER) -> Order:
    return checkout.confirm(employer, carts.cart_of(employer).key, method, user)


def use(employer, user, code="RENTREE", offers=("web-1",)) -> Order:
    fill(employer, *offers)
    carts.apply_code(employer, code)
    return confirm(employer, user)


class TestTyping:
    def test_a_code_is_applied_however_it_is_typed_shown_and_taken_off(self, space, ormeaux, code):
        fill(ormeaux, "web-3")
        answer = space.post(url("cart_code"), {"code": " rentr ee "}, follow=True)
        page = text(answer)
        assert "Remise de rentrée" in page and "remise −78,00" in page
        assert "702,00" in page and "842,40" in page, "without VAT, with it"
        assert "J’ai un code de remise" not in page
        page = text(space.post(url("cart_code"), {"remove": "1"}, follow=True))
        assert "936,00" in page and "J’ai un code de remise" in page

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"is_active": False}, "n’est plus valable"),
            ({"valid_until": paris_day() - DAY}, "n’est plus valable depuis"),
            ({"valid_from": paris_day() + DAY}, "ne sera valable qu’à partir du"),
            ({"most_orders": 1}, "autant de fois qu’il le pouvait"),
            ({}, "ne sert qu’une fois, et votre commande"),
        ],
    )
    def test_one_that_may_not_be_used_is_refused_in_a_sentence(
        self, space, ormeaux, riviere, recruiter, stranger, code, changes, words
    ):
        use(riviere if changes else ormeaux, stranger if changes else recruiter)
        DiscountCode.objects.filter(pk=code.pk).update(**changes)
        fill(ormeaux, "web-3")
        page = text(space.post(url("cart_code"), {"code": "RENTREE"}))
        assert words in page and "field-error" in page, "beside the field"
        assert 'value="RENTREE"' in page, "what was typed is kept"
        assert carts.cart_of(ormeaux).discount_code is None

    @pytest.mark.parametrize("typed", ["INCONNU", "<script>", "é" * 60])
    def test_an_unknown_one_is_refused_in_a_sentence(self, space, ormeaux, typed):
        fill(ormeaux, "web-3")
        page = text(space.post(url("cart_code"), {"code": typed}))
        assert "Nous ne connaissons pas le code" in page and "<script>" not in page.split("<main")[1]

    def test_none_is_asked_for(self, space, ormeaux):
        fill(ormeaux, "web-3")
        assert "Tapez votre code" in text(space.post(url("cart_code"), {"code": " "}))

    def test_one_for_other_offers_is_refused(self, space, ormeaux, code):
        code.offers.add(offer("cvtheque-12"))
        fill(ormeaux, "web-3")
        assert "ne concerne aucune offre de votre panier" in text(
            space.post(url("cart_code"), {"code": "RENTREE"})
        )

    def test_another_code_takes_its_place(self, space, ormeaux, code):
        DiscountCode.objects.create(code="AUTRE", label="Autre", amount=Decimal("50"))
        fill(ormeaux, "web-3")
        for typed in ("RENTREE", "AUTRE"):
            space.post(url("cart_code"), {"code": typed})
        assert carts.cart_of(ormeaux).discount_code.code == "AUTRE"

    def test_codes_cannot_be_guessed_by_the_thousand(self, space, ormeaux):
        fill(ormeaux, "web-3")
        answers = [space.post(url("cart_code"), {"code": f"A{n}"}).status_code for n in range(16)]
        assert answers == [200] * 15 + [429]

    def test_a_button_pressed_after_the_session_ended_comes_back_to_the_cart(self, client, ormeaux):
        assert client.post(url("cart_code"), {"code": "X"}).url.startswith("/connexion/")

    def test_a_page_opened_before_the_code_is_looked_at_again(self, ormeaux, recruiter, code):
        fill(ormeaux, "web-3")
        seen = carts.cart_of(ormeaux).key
        carts.apply_code(ormeaux, "RENTREE")
        with pytest.raises(checkout.CheckoutError, match="a changé"):
            checkout.confirm(ormeaux, seen, Order.Method.CARD, recruiter)


class TestShares:
    def test_percent_of_the_offers_it_is_for(self, ormeaux, code):
        code.offers.add(offer("web-3"))
        fill(ormeaux, "web-3", "cvtheque-3")
        carts.apply_code(ormeaux, "RENTREE")
        lines = pricing.cart_lines(carts.cart_of(ormeaux))
        assert [line["discount"] for line in lines] == [Decimal("78.00"), Decimal("0.00")]
        assert [line.get("discount_label", "") for line in lines] == ["Remise de rentrée", ""]

    def test_euros_are_spread_to_the_cent_and_never_more_than_the_price(self, ormeaux):
        euros = DiscountCode(code="E", label="E", amount=Decimal("100"))
        euros.save()
        items = [(offer("web-1"), 1), (offer("web-3"), 1), (offer("cvtheque-3"), 1)]
        assert sum(discounts.shares(euros, items)) == Decimal("100.00")
        euros.amount = Decimal("5000")
        assert discounts.shares(euros, items[:1]) == [Decimal("290.00")]


class TestOrdering:
    def test_the_order_keeps_what_it_took_off_whatever_becomes_of_the_code(self, ormeaux, recruiter, code):
        order = use(ormeaux, recruiter)
        DiscountCode.objects.update(percent=50, label="Autre", is_active=False)
        line = order.lines.get()
        assert (order.discount_code, line.discount, line.discount_label) == (
            code,
            Decimal("29.00"),
            "Remise de rentrée",
        )
        orders.pay(order)
        assert order.invoices.get().total_incl_vat == Decimal("313.20")
        assert carts.cart_of(ormeaux).discount_code is None, "the next cart begins without"

    def test_one_used_up_meanwhile_stops_the_order_and_says_so(self, space, ormeaux, riviere, stranger, code):
        DiscountCode.objects.update(most_orders=1)
        fill(ormeaux, "web-3")
        carts.apply_code(ormeaux, "RENTREE")
        use(riviere, stranger)
        form = {"key": carts.cart_of(ormeaux).key, "method": "card", "terms": "on"}
        answer = space.post(REVIEW, form, follow=True)
        assert answer.request["PATH_INFO"] == CART
        assert "Retirez-le pour continuer" in text(answer)
        assert not ormeaux.orders.exists() and contents(ormeaux) == [("web-3", 1)]

    def test_a_cancelled_order_gives_the_use_back(self, ormeaux, recruiter, code):
        orders.cancel(use(ormeaux, recruiter), by=recruiter)
        assert use(ormeaux, recruiter).discount_code == code

    def test_a_rate_that_the_office_changes_while_the_page_is_open_is_told(self, space, ormeaux, code):
        fill(ormeaux, "web-3")
        carts.apply_code(ormeaux, "RENTREE")
        page = space.get(REVIEW)
        form = page.context["form"]
        typed = {"key": form["key"].value(), "total": form["total"].value(), "method": "card", "terms": "on"}
        DiscountCode.objects.update(percent=5)
        answer = space.post(REVIEW, typed)
        assert "Le total a changé depuis cette page" in said(answer) and "889,20" in said(answer)
        assert not Order.objects.exists()

    def test_nothing_to_pay_is_paid_delivered_and_invoiced_at_once(self, space, ormeaux, code):
        DiscountCode.objects.update(percent=100)
        fill(ormeaux, "web-3")
        carts.apply_code(ormeaux, "RENTREE")
        form = {"key": carts.cart_of(ormeaux).key, "method": "transfer", "terms": "on"}
        answer = space.post(REVIEW, form)
        order = Order.objects.get()
        assert answer.url == url("order_paid", order.public_id)
        assert (order.state, order.total_incl_vat) == (Order.State.PAID, Decimal("0.00"))
        assert ormeaux.credit_lots.get().balance == 3 and order.invoices.count() == 1

    def test_a_code_that_lost_its_offer_is_told_before_ordering(self, space, ormeaux, code):
        code.offers.add(offer("web-3"))
        fill(ormeaux, "web-3", "web-1")
        carts.apply_code(ormeaux, "RENTREE")
        carts.remove(ormeaux, carts.cart_of(ormeaux).lines.first().pk)
        page = text(space.get(CART))
        assert "ne concerne aucune offre" in page and "Terminer cette commande" not in page
        space.post(url("cart_code"), {"remove": "1"})
        assert "Terminer cette commande" in text(space.get(CART))


def test_the_cart_costs_a_few_queries_more_with_a_code(space, ormeaux, code, django_assert_max_num_queries):
    fill(ormeaux, "web-3", "web-5", "cvtheque-3")
    carts.apply_code(ormeaux, "RENTREE")
    space.get(CART)
    with django_assert_max_num_queries(13):
        space.get(CART)
