"""Invariant 1, by every road that Wagtail knows to a live page."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, GroupApprovalTask, Page, Workflow, WorkflowTask

from accounts.onboarding import recruiters_group
from outbox.models import Entry
from pages import ads, placements, tasks
from pages.models import JobAd, Placement
from pages.placements import PlacementRefused
from tests.factories import CreditLotFactory, JobAdFactory
from tests.tools import mails_to, run_tasks

from .tools import edit_url, editor_data, latest_title, publish_in_editor, spendings, visible

pytestmark = pytest.mark.invariant


# --- Roads: each tries to make a draft live --------------------------------------------------------------


def by_revision(ad, **people):
    ad.get_latest_revision().publish()


def by_page(ad, **people):
    Page.objects.get(pk=ad.pk).publish(ad.get_latest_revision())


def by_plain_save(ad, **people):
    ad = ad.get_latest_revision_as_object()
    ad.live = True
    ad.save()


def by_schedule_command(ad, **people):
    schedule(ad, minutes=-1)
    call_command("publish_scheduled", verbosity=0)


def by_our_task(ad, **people):
    schedule(ad, minutes=-1)
    tasks.publish_due.func()


def by_editor(ad, recruiter, login, **people):
    publish_in_editor(login(Client(), recruiter), ad)


def by_bulk_action(ad, administrator, login, **people):
    login(Client(), administrator).post(
        f"/gestion/bulk/wagtailcore/page/publish/?id={ad.pk}&next=/gestion/", {"include_descendants": ""}
    )


def by_bulk_action_on_the_company(ad, administrator, login, **people):
    login(Client(), administrator).post(
        f"/gestion/bulk/wagtailcore/page/publish/?id={ad.get_parent().pk}&next=/gestion/",
        {"include_descendants": "on"},
    )


def by_approval(ad, administrator, **people):
    task = GroupApprovalTask.objects.create(name="Relecture")
    workflow = Workflow.objects.create(name="Relecture")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(ad, administrator)
    state.current_task_state.approve(user=administrator)


def by_api(ad, recruiter, **people):
    return api(recruiter).post(f"/api/v3/pages/{ad.pk}/actions/publish/")


def by_api_update(ad, recruiter, **people):
    return api(recruiter).patch(
        f"/api/v3/pages/{ad.pk}/", {"title": "Autre F/H", "meta": {"action": "publish"}}, "application/json"
    )


ROADS = [
    by_revision,
    by_page,
    by_plain_save,
    by_schedule_command,
    by_our_task,
    by_editor,
    by_bulk_action,
    by_bulk_action_on_the_company,
    by_approval,
    by_api,
    by_api_update,
]


def schedule(ad, **delta):
    """Put the ad on the schedule, as if it had been done earlier."""
    ad.go_live_at = timezone.now() + timedelta(hours=1)
    revision = ad.save_revision()
    revision.publish()
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() + timedelta(**delta)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


def api(user) -> Client:
    _, token = APIToken.create_token(user=user, name="essai")
    return Client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def people(recruiter, administrator, login):
    return {"recruiter": recruiter, "administrator": administrator, "login": login}


@pytest.mark.parametrize("road", ROADS)
def test_without_credit_no_road_leads_to_live(road, ormeaux, people):
    ad = JobAdFactory(employer=ormeaux)
    try:
        road(ad, **people)
    except PlacementRefused as refusal:
        assert "plus de crédit" in refusal.messages[0]
    ad.refresh_from_db()
    assert not ad.live
    assert not visible(ad)
    assert spendings() == 0
    assert not Placement.objects.exists()


@pytest.mark.parametrize("road", ROADS)
def test_with_a_credit_each_road_spends_exactly_one(road, ormeaux, people):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux, quantity=3)
    Entry.objects.all().delete()
    road(ad, **people)
    ad.refresh_from_db()
    assert ad.live
    assert visible(ad)
    assert spendings() == 1
    assert Placement.objects.get().ad == ad
    assert Entry.objects.filter(topic="search.ad", key=str(ad.pk)).exists()
    # Once more by the same road: it is paid for.
    if road is not by_approval:
        road(ad, **people)
    assert spendings() == 1


# --- Copies ----------------------------------------------------------------------------------------------


@pytest.fixture
def live_ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True)


def test_a_recruiter_cannot_copy_or_alias_through_the_api(live_ad, recruiter):
    for action, body in [("copy", {"keep_live": True}), ("create_alias", {})]:
        response = api(recruiter).post(
            f"/api/v3/pages/{live_ad.pk}/actions/{action}/", body, "application/json"
        )
        assert response.status_code == 403
    assert JobAd.objects.count() == 1


def test_the_office_copies_only_for_a_credit(live_ad, administrator, ormeaux):
    url = f"/api/v3/pages/{live_ad.pk}/actions/copy/"
    response = api(administrator).post(url, {"keep_live": True}, "application/json")
    assert response.status_code == 422
    assert "plus de crédit" in response.json()["errors"][0]["msg"]
    assert JobAd.objects.filter(live=True).count() == 1
    CreditLotFactory(employer=ormeaux)
    assert api(administrator).post(url, {"keep_live": True}, "application/json").status_code == 201
    assert spendings() == 2


@pytest.mark.parametrize("live", [True, False])
def test_nobody_makes_an_alias(live, ormeaux, administrator):
    ad = JobAdFactory(employer=ormeaux, live=live)
    CreditLotFactory(employer=ormeaux)
    response = api(administrator).post(f"/api/v3/pages/{ad.pk}/actions/create_alias/", {}, "application/json")
    assert response.status_code == 422
    with pytest.raises(PlacementRefused, match="alias"):
        ad.create_alias(update_slug="bis")
    assert JobAd.objects.count() == 1


def test_a_live_child_added_by_hand(ormeaux):
    ad = JobAdFactory(employer=ormeaux)
    twin = JobAd(
        title="Jumelle F/H",
        employer=ormeaux,
        live=True,
        **{
            name: getattr(ad, name)
            for name in ("profession", "structure_type", "commune", "contract_type", "missions", "profile")
        },
    )
    with pytest.raises(PlacementRefused):
        ormeaux.company_page.add_child(instance=twin)
    assert JobAd.objects.count() == 1


def test_an_ad_made_under_a_company_is_that_employers(ormeaux, riviere, administrator):
    """Wagtail's own "create" view and API know nothing of employers."""
    CreditLotFactory(employer=riviere)
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    page = ad.copy(to=riviere.company_page, keep_live=False)
    with pytest.raises(PlacementRefused, match="autre employeur"):
        page.get_latest_revision().publish()
    assert spendings() == 0


# --- After the first time --------------------------------------------------------------------------------


def test_offline_and_back_is_free_until_the_end_and_costs_a_credit_afterwards(live_ad, time_machine):
    ends_at = live_ad.placements.get().ends_at
    live_ad.unpublish()
    live_ad.get_latest_revision().publish()
    assert spendings() == 1
    time_machine.move_to(ends_at)
    tasks.unpublish_ended.func()
    live_ad.refresh_from_db()
    assert not live_ad.live
    with pytest.raises(PlacementRefused):
        live_ad.get_latest_revision().publish()
    CreditLotFactory(employer=live_ad.employer)
    live_ad.get_latest_revision().publish()
    assert spendings() == 2
    assert visible(live_ad)


def test_publishing_after_the_end_costs_even_if_no_task_took_it_offline(live_ad, time_machine):
    time_machine.move_to(live_ad.placements.get().ends_at)
    assert JobAd.objects.get(pk=live_ad.pk).live
    with pytest.raises(PlacementRefused):
        live_ad.save_revision().publish()
    assert spendings() == 1


def test_housekeeping_after_the_end_neither_charges_nor_refuses(live_ad, time_machine):
    CreditLotFactory(employer=live_ad.employer)
    time_machine.move_to(live_ad.placements.get().ends_at)
    ad = JobAd.objects.get(pk=live_ad.pk)
    ad.save()
    ad.save(update_fields=["locked"])
    assert spendings() == 1
    assert not visible(ad)


def test_autosave_of_a_live_ad_changes_nothing(live_ad, recruiter, login):
    CreditLotFactory(employer=live_ad.employer)
    client = login(Client(headers={"accept": "application/json"}), recruiter)
    Entry.objects.all().delete()
    response = client.post(edit_url(live_ad), editor_data(live_ad, title="En cours de frappe F/H"))
    assert response.status_code == 200, response.content
    assert response.json()["success"]
    live_ad.refresh_from_db()
    assert live_ad.title != "En cours de frappe F/H"
    assert latest_title(live_ad) == "En cours de frappe F/H"
    assert spendings() == 1
    assert not Entry.objects.filter(topic="search.ad").exists()


def test_an_older_version_published_again_is_free(live_ad, recruiter):
    first = live_ad.live_revision
    live_ad.title = "Nouvelle version F/H"
    live_ad.save_revision().publish()
    response = api(recruiter).post(
        f"/api/v3/pages/{live_ad.pk}/actions/revert/", {"revision_id": first.pk}, "application/json"
    )
    assert response.status_code == 200, response.content
    JobAd.objects.get(pk=live_ad.pk).get_latest_revision().publish()
    assert spendings() == 1


def test_a_closed_placement_hides_the_ad(live_ad):
    placement = live_ad.placements.get()
    placements.close(placement)
    closed_at = placements.close(placement).closed_at
    assert not visible(live_ad)
    placement.refresh_from_db()
    assert placement.closed_at == closed_at
    assert tasks.unpublish_ended.func() == 1
    live_ad.refresh_from_db()
    assert not live_ad.live


def test_no_ad_starts_under_a_company_page_that_nobody_sees(ormeaux):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    ormeaux.company_page.unpublish()
    ad = JobAd.objects.get(pk=ad.pk)
    with pytest.raises(PlacementRefused, match="page entreprise"):
        ad.get_latest_revision().publish()
    assert spendings() == 0


# --- The schedule ----------------------------------------------------------------------------------------


def test_a_refused_publication_starves_no_other_and_its_owner_is_told(ormeaux, riviere, recruiter):
    refused, due = JobAdFactory(employer=ormeaux), JobAdFactory(employer=riviere)
    CreditLotFactory(employer=riviere)
    schedule(refused, minutes=-2)
    schedule(due, minutes=-1)
    refused.revisions.update(user=recruiter)
    tasks.publish_due.enqueue()
    run_tasks()
    due.refresh_from_db()
    refused.refresh_from_db()
    assert due.live
    assert not refused.live
    assert ads.state_of(refused) == ads.State.DRAFT
    mail = mails_to(recruiter.email)[-1]
    assert "plus de crédit" in mail.body
    assert refused.title in mail.subject
    # A second run finds nothing to do and mails nobody.
    tasks.publish_due.enqueue()
    run_tasks()
    assert len([m for m in mails_to(recruiter.email) if refused.title in m.subject]) == 1


def test_a_scheduled_ad_is_charged_when_it_goes_live(ormeaux, time_machine):
    ad = JobAdFactory(employer=ormeaux)
    CreditLotFactory(employer=ormeaux)
    ad.go_live_at = timezone.now() + timedelta(days=2)
    ad.save_revision().publish()
    assert spendings() == 0
    assert not visible(ad)
    assert tasks.publish_due.func() == 0
    time_machine.move_to(timezone.now() + timedelta(days=2, minutes=1))
    assert tasks.publish_due.func() == 1
    assert spendings() == 1
    assert visible(ad)


# --- What the author sees --------------------------------------------------------------------------------


def test_the_refusal_is_a_message_and_the_typing_is_kept(ormeaux, recruiter, login, client):
    ad = JobAdFactory(employer=ormeaux)
    login(client, recruiter)
    response = publish_in_editor(client, ad, title="Tapé à l’instant F/H")
    assert response.status_code == 302
    assert response.url == edit_url(ad)
    assert latest_title(ad) == "Tapé à l’instant F/H"
    page = client.get(response.url).content.decode()
    assert "plus de crédit" in page
    assert "Voir nos offres" in page
    assert "Tapé à l’instant F/H" in page


def test_an_incomplete_draft_is_saved_but_not_published(ormeaux, recruiter, login, client):
    CreditLotFactory(employer=ormeaux)
    ad = ads.create_draft(ormeaux, recruiter, "web")
    login(client, recruiter)
    data = editor_data(ad, title="Chef de service")
    assert client.post(edit_url(ad), data).status_code == 302
    assert latest_title(ad) == "Chef de service"
    response = client.post(edit_url(ad), data | {"action-publish": "action-publish"})
    assert response.status_code == 200
    body = response.content.decode()
    assert "il reste à compléter" in body
    assert "1. Le poste" in body
    assert spendings() == 0


def test_the_group_of_recruiters_opens_the_editor_only(db):
    assert [p.codename for p in recruiters_group().permissions.all()] == ["access_admin"]
