"""The less walked roads to live: back to a version, the schedule, aliases, moves, two editors, who has left.

Of each: how many credits and placements it costs, that no version is lost, and what its author reads.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import APIToken, Page, Revision

from accounts import onboarding
from pages import ads, tasks
from pages.models import JobAd, Placement
from pages.placements import PlacementRefused
from tests.factories import CreditLotFactory, JobAdFactory

from .tools import edit_url, editor_data, latest_title, publish_in_editor, spendings, visible

pytestmark = pytest.mark.invariant

AUTOSAVE = {"accept": "application/json"}


@pytest.fixture
def live_ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True)


@pytest.fixture
def office(login, administrator):
    return login(Client(), administrator)


def api(user) -> Client:
    _, token = APIToken.create_token(user=user, name="essai")
    return Client(headers={"authorization": f"Bearer {token}"})


def costs(ad, credits: int, placements: int | None = None) -> bool:
    """Whether so many credits were spent in all, and the ad had so many placements."""
    placements = credits if placements is None else placements
    return (spendings(), Placement.objects.filter(ad=ad).count()) == (credits, placements)


# --- Back to an older version ----------------------------------------------------------------------------


def test_an_older_version_is_published_from_the_editor_for_nothing(live_ad, recruiter, login, client):
    first = live_ad.live_revision
    live_ad.title = "Nouvelle version F/H"
    live_ad.save_revision().publish()
    login(client, recruiter)
    page = client.get(f"/gestion/pages/{live_ad.pk}/revisions/{first.pk}/revert/")
    assert page.status_code == 200
    assert first.content["title"] in page.content.decode()
    data = {"title": first.content["title"], "revision": first.pk}
    assert publish_in_editor(client, live_ad, **data).status_code == 302
    live_ad.refresh_from_db()
    assert live_ad.title == first.content["title"]
    assert costs(live_ad, 1)
    assert Revision.page_revisions.filter(object_id=str(live_ad.pk), pk=first.pk).exists()


def test_an_older_version_of_an_ended_ad_costs_a_credit(live_ad, recruiter, login, client, time_machine):
    first = live_ad.live_revision
    time_machine.move_to(live_ad.placements.get().ends_at)
    tasks.unpublish_ended.func()
    login(client, recruiter)
    response = publish_in_editor(client, live_ad, revision=first.pk)
    assert response.url == edit_url(live_ad)
    assert "plus de crédit" in client.get(response.url).content.decode()
    live_ad.refresh_from_db()
    assert not live_ad.live
    assert costs(live_ad, 1)
    CreditLotFactory(employer=live_ad.employer)
    publish_in_editor(client, live_ad, revision=first.pk)
    assert visible(live_ad)
    assert costs(live_ad, 2)


def test_a_version_never_brings_back_what_the_row_alone_says(live_ad, recruiter):
    """Offer and owner are no part of a version: an old one with another offer spends what the ad has."""
    revision = live_ad.save_revision()
    revision.content |= {"offer_kind": "web_print", "employer": None, "filled_at": "2020-01-01T00:00:00Z"}
    revision.save()
    revision.publish()
    live_ad.refresh_from_db()
    assert (live_ad.offer_kind, live_ad.filled_at) == ("web", None)
    assert costs(live_ad, 1)


# --- The schedule ----------------------------------------------------------------------------------------


def schedule_in_editor(client, ad, **delta):
    when = timezone.localtime(timezone.now() + timedelta(**delta)).strftime("%d/%m/%Y %H:%M")
    return publish_in_editor(client, ad, go_live_at=when)


def test_a_schedule_of_the_editor_fires_once_and_costs_one_credit(
    ormeaux, recruiter, login, client, time_machine
):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux, quantity=3)
    login(client, recruiter)
    assert schedule_in_editor(client, ad, days=2).status_code == 302
    assert ads.state_of(ad) == ads.State.SCHEDULED
    assert costs(ad, 0)
    time_machine.move_to(timezone.now() + timedelta(days=2, hours=1))
    assert [tasks.publish_due.func(), tasks.publish_due.func()] == [1, 0]
    assert visible(ad)
    assert costs(ad, 1)


def test_a_change_scheduled_for_a_live_ad_costs_nothing(live_ad, recruiter, login, client, time_machine):
    login(client, recruiter)
    publish_in_editor(
        client, live_ad, title="Bientôt autre F/H",
        go_live_at=timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%d/%m/%Y %H:%M"),
    )  # fmt: skip
    assert visible(live_ad)
    time_machine.move_to(timezone.now() + timedelta(days=1, hours=1))
    assert tasks.publish_due.func() == 1
    live_ad.refresh_from_db()
    assert live_ad.title == "Bientôt autre F/H"
    assert costs(live_ad, 1)


def test_what_is_taken_off_the_schedule_does_not_fire(ormeaux, recruiter, login, client, time_machine):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    login(client, recruiter)
    schedule_in_editor(client, ad, days=2)
    revision = Revision.objects.exclude(approved_go_live_at=None).get()
    url = f"/gestion/pages/{ad.pk}/revisions/{revision.pk}/unschedule/"
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert tasks.publish_due.func() == 0
    assert ads.state_of(ad) == ads.State.DRAFT
    assert costs(ad, 0)
    assert Revision.objects.filter(pk=revision.pk).exists()


# --- Aliases ---------------------------------------------------------------------------------------------


def test_an_alias_that_came_from_elsewhere_and_is_made_a_page_is_shown_to_nobody(live_ad, ormeaux, office):
    """No road makes one; should a row say so, making it a page of its own opens no placement."""
    other = JobAdFactory(employer=ormeaux)
    written = other.latest_revision
    Page.objects.filter(pk=other.pk).update(alias_of=live_ad.pk, live=True)
    other = JobAd.objects.get(pk=other.pk)
    ConvertAliasPageAction(other).execute(skip_permission_checks=True)
    assert not visible(other)
    assert costs(live_ad, 1)
    assert not other.placements.exists()
    with pytest.raises(PlacementRefused, match="plus de crédit"):
        written.publish()
    assert tasks.unpublish_ended.func() == 1


def test_an_ad_that_is_no_alias_is_not_made_one_by_the_screen(live_ad, recruiter, office, login):
    url = f"/gestion/pages/{live_ad.pk}/convert_alias/"
    assert login(Client(), recruiter).post(url).status_code == 404
    assert office.post(url).status_code in (302, 404)
    assert costs(live_ad, 1)


# --- Another place in the tree ---------------------------------------------------------------------------


def by_screen(ad, target, office, administrator):
    office.post(f"/gestion/pages/{ad.pk}/move/{target.pk}/confirm/")


def by_bulk(ad, target, office, administrator):
    office.post(f"/gestion/bulk/wagtailcore/page/move/?id={ad.pk}&next=/gestion/", {"chooser": target.pk})


def by_api(ad, target, office, administrator):
    api(administrator).post(
        f"/api/v3/pages/{ad.pk}/actions/move/", {"destination_page_id": target.pk}, "application/json"
    )


def by_action_on_the_base_page(ad, target, office, administrator):
    MovePageAction(Page.objects.get(pk=ad.pk), target, pos="last-child", user=administrator).execute()


def by_code(ad, target, office, administrator):
    JobAd.objects.get(pk=ad.pk).move(target, pos="last-child")


def by_code_on_the_base_page(ad, target, office, administrator):
    Page.objects.get(pk=ad.pk).move(Page.objects.get(pk=target.pk), pos="last-child")


@pytest.mark.parametrize(
    "road", [by_screen, by_bulk, by_api, by_action_on_the_base_page, by_code, by_code_on_the_base_page]
)
def test_no_road_moves_an_ad_under_another_employer(road, live_ad, riviere, office, administrator):
    try:
        with transaction.atomic():
            road(live_ad, riviere.company_page, office, administrator)
    except PlacementRefused as refusal:
        assert "autre employeur" in refusal.messages[0]
    except PermissionDenied:
        assert road is by_action_on_the_base_page
    assert stands_where_it_stood(live_ad)
    riviere.company_page.refresh_from_db()
    assert riviere.company_page.get_children_count() == 0


def test_nor_beside_another_employers_ad(live_ad, riviere):
    other = JobAdFactory(employer=riviere)
    with pytest.raises(PlacementRefused, match="autre employeur"):
        live_ad.move(other, pos="left")
    assert stands_where_it_stood(live_ad)


def stands_where_it_stood(ad) -> bool:
    now = JobAd.objects.get(pk=ad.pk)
    return (now.path, now.url_path) == (ad.path, ad.url_path) and visible(now) and costs(now, 1)


def test_a_recruiter_moves_nothing(live_ad, riviere, recruiter, login):
    client = login(Client(), recruiter)
    url = f"/gestion/pages/{live_ad.pk}/move/{riviere.company_page.pk}/confirm/"
    assert client.post(url).status_code == 404
    body = {"destination_page_id": live_ad.get_parent().pk}
    response = api(recruiter).post(f"/api/v3/pages/{live_ad.pk}/actions/move/", body, "application/json")
    assert response.status_code == 403


# --- Deleting --------------------------------------------------------------------------------------------


def test_a_recruiter_cannot_throw_away_what_was_paid_for(live_ad, recruiter, login):
    client = login(Client(), recruiter)
    url = f"/gestion/pages/{live_ad.pk}/delete/"
    for _ in ("live", "offline"):
        response = client.post(url)
        assert response.status_code in (302, 403)
        assert response.status_code == 403 or response.url == "/gestion/"
        assert api(recruiter).delete(f"/api/v3/pages/{live_ad.pk}/").status_code in (403, 405, 422)
        JobAd.objects.get(pk=live_ad.pk).unpublish()
    assert costs(live_ad, 1)


def test_what_the_office_deletes_stays_in_the_ledger(live_ad, office):
    placement = live_ad.placements.get()
    assert office.post(f"/gestion/pages/{live_ad.pk}/delete/").status_code == 302
    assert not JobAd.objects.exists()
    placement.refresh_from_db()
    assert (placement.ad, placement.ad_title) == (None, live_ad.title)
    assert spendings() == 1


def test_a_draft_that_never_was_public_is_thrown_away(ormeaux, recruiter, login, client):
    ad = JobAdFactory(employer=ormeaux)
    login(client, recruiter)
    response = client.post(f"/gestion/pages/{ad.pk}/delete/")
    assert (response.status_code, response.url) == (302, "/espace-recruteur/annonces/")
    assert not JobAd.objects.exists()


# --- Saving by itself ------------------------------------------------------------------------------------


def test_autosave_of_an_ended_ad_keeps_the_typing_and_neither_charges_nor_refuses(
    live_ad, recruiter, login, time_machine
):
    CreditLotFactory(employer=live_ad.employer)
    client = login(Client(headers=AUTOSAVE), recruiter)
    time_machine.move_to(live_ad.placements.get().ends_at)
    for taken_offline in (False, True):
        if taken_offline:
            tasks.unpublish_ended.func()
        client = login(Client(headers=AUTOSAVE), recruiter)
        title = f"Relancée {taken_offline} F/H"
        response = client.post(edit_url(live_ad), editor_data(live_ad, title=title))
        assert response.status_code == 200, response.content
        assert response.json()["success"]
        assert latest_title(live_ad) == title
        assert not visible(live_ad)
    assert costs(live_ad, 1)


# --- Two people, and one who left ------------------------------------------------------------------------


def test_two_publish_at_once_from_two_editors_for_one_credit(ormeaux, recruiter, colleague, login):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux, quantity=3)
    one, two = login(Client(), recruiter), login(Client(), colleague)
    one.get(edit_url(ad))
    two.get(edit_url(ad))
    publish_in_editor(one, ad, title="Celle de la première F/H")
    publish_in_editor(two, ad, title="Celle du second F/H")
    ad.refresh_from_db()
    assert ad.title == "Celle du second F/H"
    titles = {r.content["title"] for r in Revision.page_revisions.filter(object_id=str(ad.pk))}
    assert {"Celle de la première F/H", "Celle du second F/H"} <= titles
    assert costs(ad, 1)


def test_the_autosave_of_one_does_not_overwrite_what_the_other_published(
    live_ad, recruiter, colleague, login
):
    one, two = login(Client(headers=AUTOSAVE), recruiter), login(Client(), colleague)
    loaded = {
        "loaded_revision_id": live_ad.latest_revision_id,
        "loaded_revision_created_at": live_ad.latest_revision_created_at.isoformat(),
    }
    publish_in_editor(two, live_ad, title="Publiée entre-temps F/H")
    response = one.post(edit_url(live_ad), editor_data(live_ad, title="Tapée sans le savoir F/H", **loaded))
    assert response.status_code == 400, response.content
    assert not response.json()["success"]
    assert latest_title(live_ad) == "Publiée entre-temps F/H"
    assert JobAd.objects.get(pk=live_ad.pk).title == "Publiée entre-temps F/H"
    assert costs(live_ad, 1)


def test_the_colleague_at_work_on_the_same_ad_is_named(live_ad, recruiter, colleague, login):
    one, two = login(Client(), recruiter), login(Client(), colleague)
    for client in (one, two):
        assert client.get(edit_url(live_ad)).status_code == 200
    session = colleague.editing_sessions.get()
    ping = f"/gestion/editing-sessions/ping/wagtailcore/page/{live_ad.pk}/{session.pk}/"
    names = [other["user"] for other in two.post(ping, {"is_editing": "1"}).json()["other_sessions"]]
    assert names in ([], [recruiter.get_full_name()])


def test_a_removed_member_still_logged_in_publishes_nothing(ormeaux, recruiter, colleague, login):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    client, by_token = login(Client(), colleague), api(colleague)
    assert client.get(edit_url(ad)).status_code == 200
    onboarding.remove_member(colleague.memberships.get())
    assert is_out(client.get(edit_url(ad)))
    assert is_out(publish_in_editor(client, ad, title="Vengeance F/H"))
    data = editor_data(ad, title="Vengeance F/H")
    assert is_out(client.post(edit_url(ad), data, headers=AUTOSAVE))
    assert is_out(by_token.post(f"/api/v3/pages/{ad.pk}/actions/publish/"))
    assert client.post(f"/espace-recruteur/annonces/{ad.pk}/depublier/").status_code != 200
    ad.refresh_from_db()
    assert not ad.live
    assert "Vengeance" not in latest_title(ad)
    assert costs(ad, 0)


def is_out(response) -> bool:
    """Nothing is there, or session and token ended with the membership."""
    return response.status_code in (401, 404) or (
        response.status_code == 302 and response.url.startswith("/connexion/")
    )


def test_what_a_removed_member_had_scheduled_is_the_employers(
    ormeaux, recruiter, colleague, login, client, time_machine
):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    schedule_in_editor(login(client, colleague), ad, days=1)
    onboarding.remove_member(colleague.memberships.get())
    time_machine.move_to(timezone.now() + timedelta(days=1, hours=1))
    assert tasks.publish_due.func() == 1
    assert visible(ad)
    assert costs(ad, 1)
