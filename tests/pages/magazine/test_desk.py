"""The desk's screens: issues, inserts, what can be done, who may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.magazine.models import MagazineIssue, PrintInsert
from tests.factories import EmployerFactory

from .test_inserts import TEXT, make_issue, print_ad

pytestmark = pytest.mark.django_db

State = PrintInsert.State
ISSUES = "/gestion/magazine/numeros/"
INSERTS = "/gestion/magazine/encarts/"


def sheet(insert):
    return reverse("magazine_encarts_modeladmin_inspect", args=[insert.pk])


@pytest.fixture
def desk(client, login, editor):
    return login(client, editor)


@pytest.fixture
def insert(ormeaux):
    make_issue()
    return print_ad(ormeaux, title="Éducatrice de nuit").placements.get().insert


def test_the_desk_sees_an_ad_of_today_in_the_next_issue(desk, insert):
    page = desk.get(INSERTS).text
    for part in ("Éducatrice de nuit", "Les Ormeaux", "1/4 de page", "À mettre en page", "n°\u00a087"):
        assert part in page, part
    assert (
        "Éducatrice de nuit"
        in desk.get(reverse("magazine_numeros_modeladmin_inspect", args=[insert.issue_id])).text
    )
    answer = desk.get(reverse("magazine_insert_pdf", args=[insert.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_new_issue_takes_in_what_waits(desk, ormeaux):
    insert = print_ad(ormeaux).placements.get().insert
    form = {
        "number": 90, "title": "Magazine d’avril",
        "closes_at": f"{timezone.localtime() + timedelta(days=20):%Y-%m-%d %H:%M}",
        "published_on": f"{timezone.localtime() + timedelta(days=34):%Y-%m-%d}",
    }  # fmt: skip
    desk.post(ISSUES + "create/", form)
    insert.refresh_from_db()
    assert insert.issue == MagazineIssue.objects.get(number=90)
    again = desk.post(ISSUES + "create/", form)
    assert "existe déjà" in again.text


def test_the_list_of_issues_counts_by_state(desk, insert, ormeaux):
    print_ad(ormeaux, text="")
    print_ad(EmployerFactory(with_page=True))
    page = "".join(desk.get(ISSUES).text.split())
    counts = [
        page.partition(f"field-{name}title")[2][2:3] for name in ("missing", "ready", "laid_out", "printed")
    ]
    assert counts == ["1", "2", "0", "0"]


def test_inserts_are_filtered_and_found(desk, insert, ormeaux):
    small = print_ad(ormeaux, text="", print_format="1-8", title="Psychologue").placements.get().insert

    def shown(**query):
        page = desk.get(INSERTS, query).text
        return {one for one in (insert, small) if one.headline in page}

    assert shown() == {insert, small}
    assert shown(state="text_missing") == {small}
    assert shown(format="1-4") == {insert}
    assert shown(numero=insert.issue_id) == {insert, small}
    assert shown(numero="attente") == set()
    assert shown(q="psycho") == {small}
    assert shown(numero="x", placement__ad__owner__password__startswith="a") == {insert, small}


def test_the_desk_writes_and_moves_on(desk, insert, editor):
    form = {"headline": "Éducateur de nuit", "text": "Nouveau texte.", "contact_line": "rh@ormeaux.example"}
    form["issue"] = insert.issue_id
    answer = desk.post(reverse("magazine_insert_edit", args=[insert.pk]), form, follow=True)
    assert "L’encart est enregistré" in answer.text
    insert.refresh_from_db()
    assert (insert.headline, insert.text) == ("Éducateur de nuit", "Nouveau texte.")
    move = reverse("magazine_insert_move", args=[insert.pk])
    assert "Mis en page" in desk.post(move, {"state": "laid_out"}, follow=True).text
    insert.refresh_from_db()
    assert insert.state == State.LAID_OUT
    assert insert.moves.last().by == editor
    answer = desk.post(
        reverse("magazine_insert_edit", args=[insert.pk]), form | {"text": "Trop tard."}, follow=True
    )
    assert "ne se modifie plus" in answer.text
    assert "pas encore bouclé" in desk.post(move, {"state": "printed"}, follow=True).text
    assert "Choisissez" in desk.post(move, {"state": "nonsense"}, follow=True).text


def test_a_refused_text_is_not_lost(desk, insert):
    form = {"headline": "", "text": "Texte que je viens d’écrire.", "contact_line": "", "issue": ""}
    answer = desk.post(reverse("magazine_insert_edit", args=[insert.pk]), form)
    assert answer.status_code == 422
    assert "Texte que je viens d’écrire." in answer.text
    long = desk.post(
        reverse("magazine_insert_edit", args=[insert.pk]), form | {"headline": "a", "text": "a" * 601}
    )
    assert "600" in long.text
    insert.refresh_from_db()
    assert insert.text == TEXT


def test_moves_are_posts(desk, insert):
    assert (
        desk.get(reverse("magazine_insert_move", args=[insert.pk]), {"state": "cancelled"}).status_code == 405
    )
    insert.refresh_from_db()
    assert insert.state == State.READY


def test_the_page_of_an_insert_says_that_its_text_is_too_long(desk, insert):
    long = ("Un intitulé de poste très détaillé, avec toutes ses missions et ses conditions " * 4)[:255]
    PrintInsert.objects.filter(pk=insert.pk).update(format="1-8", headline=long, text="mot " * 140)
    assert "ne tient pas dans ce format" in desk.get(sheet(insert)).text


def test_empty_lists_say_so(desk):
    assert "Aucun numéro pour l’instant" in desk.get(ISSUES).text
    assert "Aucun encart pour l’instant" in desk.get(INSERTS).text
    issue = make_issue()
    page = desk.get(reverse("magazine_numeros_modeladmin_inspect", args=[issue.pk])).text
    assert "Aucun encart pour ce numéro" in page


def test_an_insert_whose_ad_is_gone_still_has_its_page(desk, insert):
    PrintInsert.objects.get(pk=insert.pk).placement.ad.delete()
    assert "supprimée" in desk.get(sheet(insert)).text
    assert desk.get(reverse("magazine_insert_pdf", args=[insert.pk])).status_code == 200


def test_lists_cost_the_same_with_more_rows(desk, insert, ormeaux, django_assert_max_num_queries):
    pages = [
        ISSUES,
        INSERTS,
        reverse("magazine_numeros_modeladmin_inspect", args=[insert.issue_id]),
        sheet(insert),
    ]
    desk.get(ISSUES)
    before = {}
    for page in pages:
        with django_assert_max_num_queries(35) as counted:
            desk.get(page)
        before[page] = len(counted)
    for _ in range(4):
        print_ad(EmployerFactory(with_page=True))
    make_issue(91, days=90)
    for page in pages:
        with django_assert_max_num_queries(before[page]):
            desk.get(page)


@pytest.mark.permissions
def test_the_magazine_is_the_desks(client, login, insert, recruiter, stranger, candidate_user, sales, editor):
    reading = [
        ISSUES,
        INSERTS,
        ISSUES + "create/",
        sheet(insert),
        reverse("magazine_insert_pdf", args=[insert.pk]),
    ]
    moving = [reverse(f"magazine_insert_{name}", args=[insert.pk]) for name in ("move", "edit")]
    for address in reading:
        client.logout()
        assert client.get(address).status_code == 302, address
        for user in (recruiter, stranger, candidate_user):
            assert login(client, user).get(address).status_code == 404, (address, user)
        assert login(client, sales).get(address).status_code in (302, 403), address
        assert login(client, editor).get(address).status_code == 200, address
    for address in moving:
        for user, status in ((recruiter, 404), (candidate_user, 404), (sales, 302)):
            answer = login(client, user).post(address, {"state": "cancelled", "headline": "x", "text": "x"})
            assert answer.status_code == status, (address, user)
    insert.refresh_from_db()
    assert (insert.state, insert.headline) == (State.READY, "Éducatrice de nuit")


@pytest.mark.permissions
def test_nothing_printed_is_deleted_or_written_past_the_desk(client, login, administrator, insert):
    login(client, administrator)
    for path in (f"delete/{insert.pk}/", f"edit/{insert.pk}/", "create/"):
        client.post(INSERTS + path, {"headline": "Faux", "state": "printed"})
    client.post(f"{ISSUES}delete/{insert.issue_id}/")
    insert.refresh_from_db()
    assert (insert.state, insert.headline) == (State.READY, "Éducatrice de nuit")
    assert MagazineIssue.objects.filter(pk=insert.issue_id).exists()
