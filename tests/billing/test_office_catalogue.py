"""The office edits offers, VAT rules and discount codes: what it may type, and the history of what it changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from billing import carts, orders, quotes
from billing.models import DiscountCode, Offer, Order, VatRule, Zone
from reference.dates import paris_day
from tests.factories import OfficeUserFactory

from .shop import fill, offer, order_of

pytestmark = pytest.mark.django_db


def address(name, verb, *args):
    return reverse(f"commerce_{name}_modeladmin_{verb}", args=args)


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


def values_of(page) -> dict:
    """What the form of a page would send if nothing were typed."""
    form = page.context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        values[field.html_name] = [row.pk for row in value] if isinstance(value, list) else value
    return values


def change(office, where, row, /, **typed):
    url = address(where, "edit", row.pk)
    return office.post(url, values_of(office.get(url)) | typed)


def history(office, where, row) -> str:
    return office.get(address(where, "history", row.pk)).text


class TestHistory:
    def test_customers_have_theirs(self, office, ormeaux, sales):
        before = ormeaux.vat_number or "rien"
        answer = change(office, "clients", ormeaux, vat_number="FR39356000000", siret="35600000000048",
                        pays_on_invoice="on")  # fmt: skip
        assert answer.status_code == 302, answer.context["form"].errors
        page = history(office, "clients", ormeaux)
        for words in (f"{before} → FR39356000000", "non → oui", sales.first_name):
            assert words in page, words

    def test_it_says_who_changed_what_before_and_after(self, office, sales):
        change(office, "offres", offer("web-3"), price="810.00", months=18, description="")
        page = office.get(address("offres", "history", offer("web-3").pk)).text
        for words in ("rix HT : 780,00 → 810,00", "durée en mois : 12 → 18", "→ rien", sales.first_name):
            assert words in page, words

    def test_nothing_changed_nothing_said(self, office):
        change(office, "offres", offer("web-3"))
        assert " → " not in history(office, "offres", offer("web-3"))

    def test_vat_rules_have_theirs(self, office):
        rule = VatRule.objects.get(zone=Zone.DROM)
        answer = change(office, "tva", rule, rate="9.00")
        assert answer.status_code == 302, answer.context["form"].errors
        assert "Taux : 8,50 → 9,00" in office.get(address("tva", "history", rule.pk)).text

    def test_codes_have_theirs_with_their_offers(self, office):
        code = DiscountCode.objects.create(code="RENTREE", label="Rentrée", percent=10)
        answer = change(office, "codes", code, offers=[offer("web-1").pk, offer("web-3").pk], is_active="")
        assert answer.status_code == 302, answer.context["form"].errors
        page = office.get(address("codes", "history", code.pk)).text
        for words in ("Offres : rien → 1 annonce web, 3 annonces web", "actif : oui → non"):
            assert words in page, words

    def test_each_row_of_a_list_leads_to_it(self, office):
        assert address("offres", "history", offer("web-3").pk) in office.get(address("offres", "index")).text


class TestOffers:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"price": "-1"}, "supérieure ou égale à 0"),
            ({"price": "beaucoup"}, "nombre"),
            ({"quantity": "0"}, "supérieure ou égale à 1"),
            ({"months": "0"}, "supérieure ou égale à 1"),
            ({"vat_rate": "120"}, "chiffres"),
            ({"kind": "web_print"}, "Un format print va avec"),
            ({"tier": "marque"}, "Un niveau va avec"),
            ({"sold_from": "2027-02-01", "sold_until": "2027-01-01"}, "ne peut pas précéder"),
            ({"code": "web-1"}, "existe déjà"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_a_sentence(self, office, typed, words):
        answer = change(office, "offres", offer("web-3"), **typed)
        assert answer.status_code == 200 and words in answer.text
        assert Offer.objects.get(code="web-3").price == Decimal("780.00")

    def test_dates_of_sale_are_said_in_the_list(self, office):
        today = paris_day()
        Offer.objects.filter(code="web-1").update(sold_from=today + timedelta(days=3))
        Offer.objects.filter(code="web-3").update(sold_until=today)
        Offer.objects.filter(code="web-5").update(sold_until=today - timedelta(days=1))
        page = office.get(address("offres", "index")).text
        assert f"à partir du {today + timedelta(days=3):%d/%m/%Y}" in page
        assert f"jusqu’au {today:%d/%m/%Y}" in page

    @pytest.mark.invariant
    def test_a_new_price_is_told_to_carts_and_touches_no_quote_and_no_order(self, office, ormeaux, recruiter):
        order = order_of(ormeaux, recruiter, Order.Method.TRANSFER)
        fill(ormeaux, "web-3")
        quote = quotes.request_quote(ormeaux, carts.cart_of(ormeaux).key, recruiter)
        change(office, "offres", offer("web-3"), price="999.00", name="Trois annonces", quantity=4)
        cart = carts.cart_of(ormeaux)
        assert "a changé : 999,00" in " ".join(carts.problems(cart)), "no line changes silently"
        assert cart.lines.get().seen_price == Decimal("780.00")
        for row in (quote, order):
            row.refresh_from_db()
            line = row.lines.get()
            assert (line.label, line.unit_price, line.credits) == ("3 annonces web", Decimal("780.00"), 3)
            assert row.total_incl_vat == Decimal("936.00")
        orders.pay(order)
        assert ormeaux.credit_lots.get().balance == 3
        assert order.invoices.get().total_incl_vat == Decimal("936.00")


class TestVatRules:
    @pytest.mark.parametrize(
        ("zone", "typed", "words"),
        [
            (Zone.DROM, {"rate": "0"}, "indiquez un taux"),
            (Zone.OUTSIDE, {"rate": "20"}, "indiquez 0"),
            (Zone.OUTSIDE, {"mention": ""}, "la loi veut cette mention"),
            (Zone.DROM, {"rate": "-1"}, "supérieure ou égale à 0"),
        ],
    )
    def test_rate_category_and_mention_hold_together(self, office, zone, typed, words):
        answer = change(office, "tva", VatRule.objects.get(zone=zone), **typed)
        assert answer.status_code == 200 and words in answer.text

    def test_a_zone_is_neither_renamed_nor_added_nor_deleted(self, office):
        rule = VatRule.objects.get(zone=Zone.DROM)
        change(office, "tva", rule, zone=Zone.EU)
        rule.refresh_from_db()
        assert rule.zone == Zone.DROM
        for verb, args in (("create", []), ("delete", [rule.pk])):
            assert office.post(address("tva", verb, *args)).status_code == 302
        assert VatRule.objects.count() == len(Zone)

    def test_a_new_rate_touches_no_order(self, office, ormeaux, recruiter):
        ormeaux.postcode = "97400"
        ormeaux.save()
        order = order_of(ormeaux, recruiter)
        change(office, "tva", VatRule.objects.get(zone=Zone.DROM), rate="9.00")
        assert order.lines.get().vat_rate == Decimal("8.50")


class TestCodes:
    BLANK = {"label": "Rentrée", "percent": "10", "once_an_employer": "on", "is_active": "on"}

    def test_a_code_is_added_in_capitals_however_it_is_typed(self, office):
        office.post(address("codes", "create"), self.BLANK | {"code": " rentree-26 "})
        assert DiscountCode.objects.get().code == "RENTREE-26"

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"code": "RENTRÉE"}, "Majuscules, chiffres et tirets seulement"),
            ({"amount": "50"}, "l’une des deux"),
            ({"percent": ""}, "l’une des deux"),
            ({"percent": "101"}, "inférieure ou égale à 100"),
            ({"percent": "0"}, "supérieure ou égale à"),
            ({"most_orders": "0"}, "supérieure ou égale à 1"),
            ({"valid_from": "2027-02-01", "valid_until": "2027-01-01"}, "ne peut pas précéder"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_a_sentence(self, office, typed, words):
        answer = office.post(address("codes", "create"), self.BLANK | {"code": "X"} | typed)
        assert answer.status_code == 200 and words in answer.text
        assert not DiscountCode.objects.exists()

    def test_the_list_counts_the_orders_that_used_it_but_not_cancelled_ones(self, office, ormeaux, recruiter):
        code = DiscountCode.objects.create(
            code="RENTREE", label="Rentrée", percent=10, most_orders=7, once_an_employer=False
        )
        made = []
        for _ in range(3):
            fill(ormeaux, "web-1")
            carts.apply_code(ormeaux, "rentree")
            made.append(order_of(ormeaux, recruiter, codes=()))
        orders.cancel(made[0], by=recruiter)
        page = office.get(address("codes", "index")).text
        assert "2 sur 7" in page
        assert {order.discount_code for order in made} == {code}

    def test_the_list_finds_by_validity(self, office):
        today = paris_day()
        day = timedelta(days=1)
        for name, dates in {
            "AVANT": {"valid_until": today - day},
            "APRES": {"valid_from": today + day},
            "MAINTENANT": {"valid_from": today, "valid_until": today},
            "RETIRE": {"is_active": False},
        }.items():
            DiscountCode.objects.create(code=name, label=name.title(), amount=50, **dates)

        def shown(value):
            page = office.get(address("codes", "index"), {"validite": value}).text
            return {name for name in ("AVANT", "APRES", "MAINTENANT", "RETIRE") if name in page}

        assert shown("valables") == {"MAINTENANT"}
        assert shown("passes") == {"AVANT", "RETIRE"}
        assert shown("a-venir") == {"APRES"}
        assert len(shown("autre")) == 4


@pytest.mark.permissions
def test_accounting_reads_the_catalogue_and_changes_nothing(client, login):
    login(client, OfficeUserFactory(group="Comptabilité"))
    rule, sold = VatRule.objects.first(), offer("web-1")
    code = DiscountCode.objects.create(code="X", label="X", percent=10)
    for name, row in (("tva", rule), ("offres", sold), ("codes", code)):
        assert client.get(address(name, "index")).status_code == 200
        assert client.get(address(name, "edit", row.pk)).status_code == 302
        assert client.post(address(name, "edit", row.pk), {"rate": "1", "price": "1"}).status_code == 302
    assert client.post(address("codes", "create"), TestCodes.BLANK | {"code": "Y"}).status_code == 302
    assert DiscountCode.objects.count() == 1
    sold.refresh_from_db()
    assert sold.price == Decimal("290.00")
