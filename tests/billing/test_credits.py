"""The ledger: what the office corrects and gives back, what a credit note takes, and the statement of it all."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import Membership
from billing import credits, invoices, orders
from billing.models import CreditLot, CreditMovement, Offer
from reference.dates import paris_day
from tests.billing.shop import order_of, text
from tests.factories import CreditLotFactory, JobAdFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LEDGER, FILE = "/espace-recruteur/credits/", "/espace-recruteur/credits/releve.csv"
Kind = CreditMovement.Kind


@pytest.fixture
def office(client, login, sales):
    return login(client, sales)


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def lot(ormeaux):
    """Three web credits."""
    return CreditLotFactory(employer=ormeaux, quantity=3)


def balance(lot) -> int:
    lot.refresh_from_db()
    assert lot.balance == sum(lot.movements.values_list("quantity", flat=True))
    return lot.balance


def correction(quantity, **changes) -> dict:
    return {"key": uuid.uuid4(), "quantity": quantity, "reason": "Erreur de saisie"} | changes


class TestCorrecting:
    def test_the_office_takes_out_and_adds_for_a_reason_once(self, office, lot, sales):
        page = reverse("billing_office_correct_credits", args=[lot.pk])
        assert "3 crédits" in office.get(page).text
        form = correction(-2)
        for _ in range(2):
            answer = office.post(page, form, follow=True)
        assert "Erreur de saisie" in answer.text and page in answer.text
        assert balance(lot) == 1
        movement = lot.movements.get(kind=Kind.CORRECTION)
        assert (movement.quantity, movement.by, movement.label) == (-2, sales, "Erreur de saisie")
        office.post(page, correction(4))
        assert balance(lot) == 5
        assert ModelLogEntry.objects.filter(action="billing.credits_corrected", user=sales).exists()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"quantity": -4}, "ne contient plus que 3 crédits"),
            ({"quantity": 0}, "à ajouter ou à retirer"),
            ({"quantity": "deux"}, "nombre entier"),
            ({"reason": ""}, "Dites pourquoi en quelques mots"),
        ],
    )
    def test_never_below_nought_and_never_without_a_reason(self, office, lot, changes, sentence):
        page = reverse("billing_office_correct_credits", args=[lot.pk])
        answer = office.post(page, correction(-1) | changes)
        assert answer.status_code == 422 and sentence in answer.text
        assert balance(lot) == 3

    def test_nothing_is_added_to_what_has_expired_but_a_rest_is_taken_out(self, lot):
        with pytest.raises(credits.CreditError, match="a expiré"):
            credits.correct(lot, 1, reference="a", reason="Essai", at=lot.expires_at)
        credits.correct(lot, -3, reference="b", reason="Essai", at=lot.expires_at)
        with pytest.raises(credits.CreditError, match="épuisé"):
            credits.correct(lot, -1, reference="c", reason="Essai")


class TestGivingBack:
    def test_the_credit_comes_back_and_its_ad_leaves_the_public(self, office, ormeaux, sales):
        ad = JobAdFactory(employer=ormeaux, live=True)
        placement = ad.placements.get()
        movement = CreditMovement.objects.get(kind=Kind.SPENDING)
        sheet = reverse("commerce_credits_modeladmin_inspect", args=[movement.lot_id])
        page = reverse("billing_office_return_credit", args=[movement.pk])
        assert page in office.get(sheet).text and ad.title in office.get(page).text
        before = movement.lot.balance
        for _ in range(2):
            answer = office.post(page, {"reason": "Poste pourvu avant parution"}, follow=True)
        assert "Poste pourvu avant parution" in answer.text and page not in answer.text
        assert balance(movement.lot) == before + 1
        back = CreditMovement.objects.get(kind=Kind.GIVING_BACK)
        assert (back.by, back.quantity, back.reference) == (sales, 1, placement.reference)
        placement.refresh_from_db()
        assert placement.closed_at is not None

    def test_not_into_a_lot_that_has_expired(self, lot, ormeaux):
        credits.spend(ormeaux, "web", reference="autre:1")
        with pytest.raises(credits.CreditError, match="a expiré"):
            credits.give_back("autre:1", at=lot.expires_at)
        assert balance(lot) == 2

    def test_not_into_a_lot_that_was_paid_back(self, ormeaux, recruiter, sales):
        order = orders.pay(order_of(ormeaux, recruiter, codes=("web-3",)))
        credits.spend(ormeaux, "web", reference="autre:1")
        invoices.credit_note(order.invoices.get(), by=sales)
        lot = CreditLot.objects.get()
        for attempt in (
            lambda: credits.give_back("autre:1"),
            lambda: credits.correct(lot, 1, reference="a", reason="Essai"),
        ):
            with pytest.raises(credits.CreditError, match="remboursé"):
                attempt()
        assert balance(lot) == 0 and credits.returnable(lot) == []

    def test_what_expires_twice_is_written_off_twice(self, lot, ormeaux):
        """Given back in the last second, a credit expires in a lot that was already emptied once."""
        credits.spend(ormeaux, "web", reference="autre:1")
        assert credits.expire(lot.expires_at) == 1
        credits.give_back("autre:1", at=lot.expires_at - timedelta(seconds=1))
        assert credits.expire(lot.expires_at) == 1
        assert balance(lot) == 0
        assert lot.movements.filter(kind=Kind.EXPIRY).count() == 2


class TestACreditNote:
    def test_it_takes_what_is_left_and_tells_the_office_what_was_used(
        self, office, ormeaux, recruiter, sales
    ):
        order = orders.pay(order_of(ormeaux, recruiter, codes=("web-3", "web-1")))
        ad = JobAdFactory(employer=ormeaux)
        CreditLot.objects.filter(order_line=None).update(expires_at=timezone.now() + timedelta(days=900))
        ad.get_latest_revision().publish()
        spent = CreditMovement.objects.get(kind=Kind.SPENDING)
        assert spent.lot.order_line.order == order
        page = reverse("billing_office_credit_note", args=[order.invoices.get().pk])
        asked = office.get(page).text
        assert "servi en partie" in asked and ad.title in asked
        assert "3\u00a0crédits" in asked
        answer = office.post(page, follow=True)
        assert "Un crédit avait déjà servi" in answer.text
        assert [lot.balance for lot in CreditLot.objects.filter(order_line__order=order)] == [0, 0]
        assert CreditMovement.objects.filter(pk=spent.pk).exists()
        assert ad.placements.get().closed_at is not None
        assert order.moves.last().note == "Avoir : 3 crédits retirés, 1 déjà utilisé"
        story = office.get(reverse("commerce_commandes_modeladmin_inspect", args=[order.pk])).text
        assert "1 déjà utilisé" in story

    def test_one_that_finds_nothing_used_says_nothing_of_it(self, office, ormeaux, recruiter):
        order = orders.pay(order_of(ormeaux, recruiter))
        page = reverse("billing_office_credit_note", args=[order.invoices.get().pk])
        assert "servi en partie" not in office.get(page).text
        assert "avait déjà servi" not in office.post(page, follow=True).text

    def test_a_credit_given_back_before_is_taken_as_well_and_counts_as_unused(
        self, ormeaux, recruiter, sales
    ):
        order = orders.pay(order_of(ormeaux, recruiter))
        credits.spend(ormeaux, "web", reference="autre:1")
        assert (credits.use_of(order).left, credits.use_of(order).references) == (2, ["autre:1"])
        credits.give_back("autre:1")
        assert (credits.use_of(order).left, credits.use_of(order).references) == (3, [])
        invoices.credit_note(order.invoices.get(), by=sales)
        assert balance(CreditLot.objects.get()) == 0

    def test_it_gives_back_no_credit_of_another_order(self, ormeaux, recruiter, sales):
        first = orders.pay(order_of(ormeaux, recruiter))
        orders.pay(order_of(ormeaux, recruiter))
        invoices.credit_note(first.invoices.get(), by=sales)
        assert credits.balances(ormeaux)[0].quantity == 3


class TestTheStatement:
    def test_every_movement_with_who_and_what_was_left_of_its_kind(self, space, ormeaux, recruiter, sales):
        start = timezone.now() - timedelta(days=20)
        with time_machine.travel(start, tick=False):
            CreditLotFactory(employer=ormeaux, quantity=4, by=sales)
        with time_machine.travel(start + timedelta(days=1), tick=False):
            CreditLotFactory(employer=ormeaux, quantity=2, kind="web_print", print_format="1-4")
        with time_machine.travel(start + timedelta(days=2), tick=False):
            credits.spend(ormeaux, "web", reference="placement:1", label="Éducatrice de nuit", by=recruiter)
        page = space.get(LEDGER)
        rows = [(line.movement.kind, line.movement.quantity, line.balance) for line in page.context["lines"]]
        assert rows == [(Kind.SPENDING, -1, 3), (Kind.GRANT, 2, 2), (Kind.GRANT, 4, 4)]
        assert f"par {recruiter}" in text(page) and "par notre équipe" in text(page)
        assert sales.last_name not in text(page), "the office answers as a team"
        assert "Créer une annonce" in text(page)

    def test_a_filter_shows_a_part_and_keeps_the_balances_of_the_whole(self, space, ormeaux):
        start = timezone.now() - timedelta(days=20)
        for days, quantity in ((0, 3), (10, 2)):
            with time_machine.travel(start + timedelta(days=days), tick=False):
                CreditLotFactory(employer=ormeaux, quantity=quantity)
        CreditLotFactory(employer=ormeaux, kind="web_print", print_format="1-2")
        day = paris_day(start + timedelta(days=10)).isoformat()
        for filters, found in (
            ({"credit": "web"}, [5, 3]),
            ({"credit": "web_print-1-2"}, [1]),
            ({"credit": "web", "du": day}, [5]),
            ({"du": day, "au": day}, [5]),
            ({"au": paris_day(start).isoformat()}, [3]),
            ({"nature": "spending"}, []),
            ({"nature": "grant"}, [1, 5, 3]),
        ):
            page = space.get(LEDGER, filters)
            assert [line.balance for line in page.context["lines"]] == found, filters
        assert "Aucun mouvement ne correspond" in text(space.get(LEDGER, {"nature": "spending"}))

    @pytest.mark.parametrize(
        "filters", [{"du": "hier"}, {"credit": "or"}, {"nature": "x"}, {"au": "2027-02-30"}, {"page": "99"}]
    )
    def test_a_filter_that_cannot_be_read_is_said_and_filters_nothing(self, space, lot, filters):
        page = space.get(LEDGER, filters)
        assert len(page.context["lines"]) == 1
        assert space.get(FILE, filters).status_code == 200

    def test_the_file_has_the_same_rows_the_oldest_first_and_no_formula(self, space, ormeaux, recruiter):
        CreditLotFactory(employer=ormeaux, quantity=3)
        for number, title in enumerate(('=HYPERLINK("http://x")', "Veilleuse ; de nuit", "+33 à la ligne")):
            credits.spend(ormeaux, "web", reference=f"placement:{number}", label=title, by=recruiter)
        answer = space.get(FILE, {"nature": "spending"})
        assert answer["Content-Disposition"].startswith('attachment; filename="credits-ash-')
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == ["Date", "Mouvement", "Crédit", "Libellé", "Par", "Nombre", "Solde"]
        assert [row[3] for row in rows[1:]] == [
            "'=HYPERLINK(\"http://x\")", "Veilleuse ; de nuit", "'+33 à la ligne",
        ]  # fmt: skip
        assert [row[5:] for row in rows[1:]] == [["-1", "2"], ["-1", "1"], ["-1", "0"]]
        assert rows[1][4] == str(recruiter)

    def test_another_employers_credits_are_in_neither(self, space, riviere):
        CreditLotFactory(employer=riviere, quantity=7)
        assert "Aucun mouvement" in text(space.get(LEDGER))
        assert "7" not in space.get(FILE).content.decode().partition("Solde")[2]

    def test_a_reader_is_offered_nothing_that_it_may_not_do(self, client, login, ormeaux, lot):
        reader = MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user
        page = text(login(client, reader).get(LEDGER))
        assert "Créer une annonce" not in page and "Télécharger" in page

    @pytest.mark.parametrize(("address", "queries"), [(LEDGER, 10), (FILE, 8)])
    def test_they_cost_the_same_with_more_rows(
        self, space, ormeaux, address, queries, django_assert_max_num_queries
    ):
        for rows in (1, 12):
            for _ in range(rows):
                CreditLotFactory(employer=ormeaux, kind=Offer.Kind.WEB)
            with django_assert_max_num_queries(queries):
                space.get(address)
