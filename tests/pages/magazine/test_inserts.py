"""Inserts: given by placements, kept with their ads, moved by the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing import carts, checkout, invoices, orders
from pages import placements
from pages.magazine import inserts
from pages.magazine.models import MagazineIssue, PrintInsert
from pages.models import JobAd
from tests.factories import JobAdFactory, OfferFactory

pytestmark = pytest.mark.django_db

State = PrintInsert.State
TEXT = "Accompagner au quotidien un groupe de huit adolescents, avec une équipe de douze."


def make_issue(number=87, days=10, **kwargs):
    now = timezone.now()
    dates = {
        "closes_at": now + timedelta(days=days),
        "published_on": (now + timedelta(days=days + 14)).date(),
    }
    return MagazineIssue.objects.create(number=number, title=f"Magazine {number}", **(dates | kwargs))


def print_ad(employer, text=TEXT, print_format="1-4", **kwargs):
    """A live web + print ad."""
    return JobAdFactory(
        employer=employer, live=True, kind="web_print", print_format=print_format, print_text=text, **kwargs
    )


@pytest.fixture
def insert(ormeaux):
    make_issue()
    return print_ad(ormeaux).placements.get().insert


def publish(ad, **changes):
    for name, value in changes.items():
        setattr(ad, name, value)
    ad.draft_title = ad.title
    ad.save_revision().publish()
    ad.refresh_from_db()


@pytest.mark.invariant
def test_one_placement_gives_one_insert_in_the_next_issue(ormeaux):
    make_issue(89, days=60)
    coming = make_issue(87, days=10)
    make_issue(86, days=-3)
    ad = print_ad(ormeaux, title="Cheffe de service")
    insert = PrintInsert.objects.get()
    assert (insert.issue, insert.format, insert.state) == (coming, "1-4", State.READY)
    assert (insert.headline, insert.text, insert.employer) == ("Cheffe de service", TEXT, ormeaux)
    assert insert.contact_line == f"Postuler : localhost:8000/a/{ad.pk}"
    assert insert.moves.get().to_state == State.READY
    publish(ad)
    ad.unpublish()
    publish(ad)
    inserts.give(ad.placements.get(), ad)
    assert PrintInsert.objects.get() == insert


def test_the_printed_address_leads_to_the_ad(client, ormeaux):
    ad, draft = print_ad(ormeaux), JobAdFactory(employer=ormeaux)
    assert client.get(f"/a/{ad.pk}/").url == f"{ad.url}?utm_medium=print"
    assert client.get(f"/a/{ad.pk}").status_code == 301, "nobody types the slash"
    assert client.get(f"/a/{draft.pk}/").status_code == client.get("/a/999999/").status_code == 404
    assert client.get(f"/a/{ad.get_parent().pk}/").status_code == 404


def test_a_web_ad_gives_none(ormeaux):
    make_issue()
    JobAdFactory(employer=ormeaux, live=True)
    assert not PrintInsert.objects.exists()


def test_without_a_text_it_is_missing(ormeaux):
    make_issue()
    print_ad(ormeaux, text="")
    assert PrintInsert.objects.get().state == State.TEXT_MISSING


def test_without_an_issue_it_waits_for_the_next(ormeaux):
    insert = print_ad(ormeaux).placements.get().insert
    assert insert.issue is None
    closed = make_issue(86, days=-1)
    insert.refresh_from_db()
    assert insert.issue is None
    closed.closes_at = timezone.now() + timedelta(days=2)
    closed.save()
    insert.refresh_from_db()
    assert insert.issue == closed
    make_issue(85, days=1)
    assert inserts.place_waiting() == 0
    insert.refresh_from_db()
    assert insert.issue == closed


def test_a_live_ad_published_again_changes_its_insert(ormeaux):
    make_issue()
    ad = print_ad(ormeaux, text="")
    publish(ad, title="Monitrice-éducatrice", print_text="Internat, deux week-ends par mois.")
    insert = PrintInsert.objects.get()
    assert (insert.headline, insert.text) == ("Monitrice-éducatrice", "Internat, deux week-ends par mois.")
    assert insert.state == State.READY
    publish(ad, print_text="")
    insert.refresh_from_db()
    assert insert.state == State.TEXT_MISSING


def test_what_is_laid_out_or_closed_is_left_alone(ormeaux, editor):
    issue = make_issue()
    laid_out, late = print_ad(ormeaux), print_ad(ormeaux)
    inserts.move(laid_out.placements.get().insert, State.LAID_OUT, editor)
    publish(laid_out, print_text="Autre texte.")
    assert PrintInsert.objects.get(placement__ad=laid_out).text == TEXT
    MagazineIssue.objects.filter(pk=issue.pk).update(closes_at=timezone.now())
    publish(late, print_text="Autre texte.")
    assert PrintInsert.objects.get(placement__ad=late).text == TEXT


def test_a_placement_taken_back_cancels_its_insert(insert):
    placements.close(insert.placement)
    insert.refresh_from_db()
    assert insert.state == State.CANCELLED


def test_a_credit_note_closes_the_placement_and_cancels_the_insert(ormeaux, recruiter, sales):
    make_issue()
    carts.add(ormeaux, OfferFactory(kind="web_print", print_format="1-4", quantity=1))
    order = checkout.confirm(ormeaux, carts.cart_of(ormeaux).key, "transfer", recruiter)
    paid = orders.pay(order, by=sales)
    ad = JobAdFactory(employer=ormeaux, kind="web_print", print_format="1-4", print_text=TEXT)
    publish(ad)
    invoices.credit_note(paid.invoices.get(), by=sales)
    assert PrintInsert.objects.get().state == State.CANCELLED
    assert not JobAd.objects.visible().exists()


def test_what_is_printed_stays_printed(insert):
    PrintInsert.objects.filter(pk=insert.pk).update(state=State.PRINTED)
    placements.close(insert.placement)
    insert.refresh_from_db()
    assert insert.state == State.PRINTED


def test_moves_are_logged_and_repeated_ones_are_nothing(insert, editor):
    for _ in range(2):
        inserts.move(insert, State.LAID_OUT, editor)
    moves = list(insert.moves.values_list("from_state", "to_state", "by"))
    assert moves == [("", State.READY, None), (State.READY, State.LAID_OUT, editor.pk)]
    with pytest.raises(inserts.ForbiddenMove, match="pas encore bouclé"):
        inserts.move(insert, State.PRINTED, editor)
    inserts.move(insert, State.PRINTED, editor, at=timezone.now() + timedelta(days=11))
    for state in (State.READY, State.LAID_OUT, State.CANCELLED, State.TEXT_MISSING):
        with pytest.raises(inserts.ForbiddenMove, match="ne peut pas devenir"):
            inserts.move(insert, state, editor)


def test_a_stale_row_moves_as_the_database_says(insert, editor):
    stale = PrintInsert.objects.get(pk=insert.pk)
    inserts.move(insert, State.CANCELLED, editor)
    with pytest.raises(inserts.ForbiddenMove):
        inserts.move(stale, State.LAID_OUT, editor)


@pytest.mark.parametrize(
    ("text", "issue", "state", "sentence"),
    [
        ("", True, State.READY, "Écrivez d’abord"),
        (TEXT, True, State.TEXT_MISSING, "a un texte"),
        (TEXT, False, State.LAID_OUT, "pas encore de numéro"),
    ],
)
def test_moves_that_make_no_sense_are_refused(ormeaux, editor, text, issue, state, sentence):
    if issue:
        make_issue()
    insert = print_ad(ormeaux, text=text).placements.get().insert
    with pytest.raises(inserts.ForbiddenMove, match=sentence):
        inserts.move(insert, state, editor)


def test_the_desk_edits_until_closing(insert, editor):
    later = make_issue(88, days=40)
    inserts.edit(insert, editor, headline="Éducatrice de nuit", text="", issue=later)
    insert.refresh_from_db()
    assert (insert.headline, insert.state, insert.issue) == ("Éducatrice de nuit", State.TEXT_MISSING, later)
    assert insert.moves.last().by == editor
    inserts.edit(insert, editor, text=TEXT)
    inserts.move(insert, State.LAID_OUT, editor)
    with pytest.raises(inserts.InsertError, match="ne se modifie plus"):
        inserts.edit(insert, editor, text="Trop tard.")
    inserts.move(insert, State.READY, editor)
    with pytest.raises(inserts.InsertError, match="bouclé"):
        inserts.edit(insert, editor, text="Trop tard.", at=timezone.now() + timedelta(days=41))
    with pytest.raises(inserts.InsertError, match="choisissez-en un autre"):
        inserts.edit(insert, editor, issue=make_issue(85, days=-5))
