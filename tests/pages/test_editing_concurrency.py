"""Two people in the editor of one ad. What one of them read before the other published takes nothing back."""

import threading
from datetime import timedelta

import pytest
from django.test import Client
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Revision

from pages import placements
from pages.models import JobAd, Placement
from tests.concurrency import at_once
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory, MembershipFactory

from .tools import edit_url, editor_data, latest_title, publish_in_editor, spendings, visible

pytestmark = pytest.mark.invariant
ROUNDS = 6


def two_clients(employer, login) -> list[Client]:
    people = [employer.memberships.get().user, MembershipFactory(employer=employer).user]
    return [login(Client(raise_request_exception=False), user) for user in people]


def titles(ad) -> set[str]:
    return {r.content["title"] for r in Revision.page_revisions.filter(object_id=str(ad.pk))}


def save_draft(client, ad, **changes):
    return client.post(edit_url(ad), editor_data(ad, **changes))


@pytest.mark.django_db
def test_a_draft_read_before_the_publication_does_not_take_it_back(ormeaux, recruiter):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    form_of_the_other = JobAd.objects.get(pk=ad.pk).get_latest_revision_as_object()
    ad.get_latest_revision().publish(user=recruiter)
    form_of_the_other.title = "Tapé pendant ce temps F/H"
    form_of_the_other.save()
    revision = form_of_the_other.save_revision()
    ad = JobAd.objects.get(pk=ad.pk)
    assert visible(ad)
    assert ad.title != "Tapé pendant ce temps F/H"
    assert ad.has_unpublished_changes
    assert (ad.latest_revision_id, latest_title(ad)) == (revision.pk, "Tapé pendant ce temps F/H")


@pytest.mark.django_db
def test_the_same_of_an_ad_that_came_back_online(ormeaux, recruiter):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ad.unpublish()
    form_of_the_other = JobAd.objects.get(pk=ad.pk)
    ad.get_latest_revision().publish(user=recruiter)
    form_of_the_other.save()
    assert visible(ad)
    assert spendings() == 1


@pytest.mark.django_db
def test_an_ad_is_taken_offline_by_who_saw_it_online(ormeaux, recruiter):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    ad.get_latest_revision().publish(user=recruiter)
    ad.refresh_from_db()
    ad.unpublish()
    assert not JobAd.objects.get(pk=ad.pk).live


@pytest.mark.django_db
def test_a_publication_leaves_the_newer_draft_in_the_editor(ormeaux, recruiter):
    """Published from what was read before the other saved: the editor opens with the other's text all the same."""
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    about_to_go_live = ad.get_latest_revision().as_object()
    newer = JobAd.objects.get(pk=ad.pk).get_latest_revision_as_object()
    newer.title = "Plus récent F/H"
    revision = newer.save_revision()
    about_to_go_live.live = True
    about_to_go_live.save()
    ad = JobAd.objects.get(pk=ad.pk)
    assert ad.live
    assert (ad.latest_revision_id, ad.draft_title) == (revision.pk, "Plus récent F/H")
    assert ad.has_unpublished_changes


@pytest.mark.django_db
def test_the_latest_version_is_the_one_begun_last(ormeaux):
    """Of two saved at once the first to begin may be numbered second: Wagtail goes by the moment, and so do we."""
    ad = JobAdFactory(employer=ormeaux)
    one = JobAd.objects.get(pk=ad.pk).get_latest_revision_as_object()
    other = JobAd.objects.get(pk=ad.pk).get_latest_revision_as_object()
    one.title = "Commencée en second F/H"
    second = one.save_revision()
    other.title = "Commencée en premier, numérotée en second F/H"
    Revision.objects.filter(pk=second.pk).update(created_at=second.created_at + timedelta(seconds=1))
    JobAd.objects.filter(pk=ad.pk).update(latest_revision_created_at=second.created_at + timedelta(seconds=1))
    other.save_revision()
    ad = JobAd.objects.get(pk=ad.pk)
    assert ad.latest_revision.content["title"] == latest_title(ad) == "Commencée en second F/H"


@pytest.mark.django_db
def test_who_publishes_second_is_what_the_public_reads(ormeaux, recruiter):
    """Read as a draft before the other published; a publication of its own is no draft, and costs nothing more."""
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    second = JobAd.objects.get(pk=ad.pk).get_latest_revision_as_object()
    second.title = "Publiée en second F/H"
    revision = second.save_revision()
    publishing = PublishRevisionAction(revision)
    ad.get_latest_revision().publish(user=recruiter)
    publishing.execute(skip_permission_checks=True)
    ad = JobAd.objects.get(pk=ad.pk)
    assert (ad.title, ad.live_revision_id, spendings()) == ("Publiée en second F/H", revision.pk, 1)
    assert visible(ad)


@pytest.mark.postgres
def test_two_who_publish_at_once_spend_one_credit(transactional_db, login):
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=ROUNDS * 2)
    one, other = two_clients(employer, login)
    for number in range(ROUNDS):
        ad = JobAdFactory(employer=employer)
        answers = at_once(
            lambda ad=ad: publish_in_editor(one, ad, title="De la première F/H").status_code,
            lambda ad=ad: publish_in_editor(other, ad, title="De la seconde F/H").status_code,
        )
        assert answers == [302, 302]
        assert (visible(ad), spendings()) == (True, number + 1)
        assert {"De la première F/H", "De la seconde F/H"} <= titles(ad)
        ad.refresh_from_db()
        assert ad.title == ad.live_revision.content["title"] != "Nouvelle annonce"
        assert ad.latest_revision.content["title"] == latest_title(ad)
    assert Placement.objects.count() == ROUNDS


@pytest.mark.postgres
def test_a_draft_saved_while_it_is_published(transactional_db, login):
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer, quantity=ROUNDS)
    one, other = two_clients(employer, login)
    for number in range(ROUNDS):
        ad = JobAdFactory(employer=employer)
        answers = at_once(
            lambda ad=ad: publish_in_editor(one, ad, title="Publiée F/H").status_code,
            lambda ad=ad: save_draft(other, ad, title="Enregistrée F/H").status_code,
        )
        assert answers == [302, 302]
        ad.refresh_from_db()
        assert (visible(ad), spendings(), ad.title) == (True, number + 1, "Publiée F/H")
        assert {"Publiée F/H", "Enregistrée F/H"} <= titles(ad)
        assert ad.latest_revision.content["title"] == latest_title(ad)


@pytest.mark.postgres
def test_a_draft_saved_in_the_middle_of_a_publication_waits_for_its_end(transactional_db):
    """In this order always: without the lock on the row the draft would read "not live" and write so afterwards."""
    employer = EmployerFactory(with_page=True)
    CreditLotFactory(employer=employer)
    ad = JobAdFactory(employer=employer)
    draft, revision = ad.get_latest_revision_as_object(), ad.get_latest_revision()
    is_opened = threading.Event()

    def let_the_other_save(**kwargs):
        is_opened.set()
        threading.Event().wait(1)

    def save_the_draft():
        is_opened.wait(30)
        draft.save()

    placements.placement_opened.connect(let_the_other_save)
    try:
        answers = at_once(lambda: revision.publish(skip_permission_checks=True), save_the_draft)
    finally:
        placements.placement_opened.disconnect(let_the_other_save)
    assert answers == [None, None]
    assert (visible(ad), spendings()) == (True, 1)
