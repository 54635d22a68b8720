"""The wordings of an ad on every road to live: what no ad may say is refused, a warning is reported."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Site

from pages import ads, renewals, tasks, wordings
from pages.models import JobAd, ReviewSettings
from pages.placements import PlacementRefused
from tests.factories import CreditLotFactory, JobAdFactory, OfficeUserFactory
from tests.tools import mails_to

from .test_guard import ROADS, api, by_api, by_api_update, by_approval, by_bulk_action, by_editor, schedule
from .tools import edit_url, editor_data, spendings, visible

pytestmark = pytest.mark.django_db

UNLAWFUL = "<p>Âge maximum : 45 ans.</p>"
DOUBTFUL = "<p>Célibataire de préférence.</p>"
#: Where the author reads the warnings and answers; on the others nobody does.
WITH_A_FORM = (by_editor, by_api_update)


@pytest.fixture
def people(recruiter, administrator, login):
    return {"recruiter": recruiter, "administrator": administrator, "login": login}


@pytest.fixture
def write(ormeaux):
    """A draft of Les Ormeaux, which has credits, with this profile."""
    CreditLotFactory(employer=ormeaux, quantity=3)
    return lambda profile, **kwargs: JobAdFactory(employer=ormeaux, profile=profile, **kwargs)


def reported(ad) -> list[list[str]]:
    entries = PageLogEntry.objects.filter(page=ad.pk, action=wordings.LOGGED)
    return [entry.data["words"] for entry in entries]


# --- Every road -----------------------------------------------------------------------------------------------------


@pytest.mark.invariant
@pytest.mark.parametrize("road", ROADS)
def test_no_road_shows_what_no_ad_may_say(road, write, people):
    ad = write(UNLAWFUL)
    try:
        road(ad, **people)
    except PlacementRefused as refusal:
        assert refusal.code == wordings.UNLAWFUL
        assert "une offre n’a pas d’âge maximum" in refusal.messages[0]
        assert "L5331-2" in refusal.messages[0]
    ad.refresh_from_db()
    assert not ad.live
    assert not visible(ad)
    assert spendings() == 0


@pytest.mark.parametrize("road", [road for road in ROADS if road not in (*WITH_A_FORM, by_approval)])
def test_a_warning_keeps_nothing_offline_and_is_reported(road, write, people):
    ad = write(DOUBTFUL)
    road(ad, **people)
    ad.refresh_from_db()
    assert ad.live
    assert reported(ad) == [["Célibataire"]]


@pytest.mark.parametrize("road", ROADS)
def test_what_its_author_kept_is_not_reported(road, write, people):
    ad = write(DOUBTFUL, confirmed_warnings=["famille:celibataire"])
    road(ad, **people)
    ad.refresh_from_db()
    assert ad.live
    assert reported(ad) == []


@pytest.mark.parametrize("road", WITH_A_FORM)
def test_a_form_asks_its_author(road, write, people):
    ad = write(DOUBTFUL)
    road(ad, **people)
    ad.refresh_from_db()
    # The API's form reads the fields that were sent, the guard all of them.
    assert ad.live == (road is by_api_update)
    assert bool(reported(ad)) == (road is by_api_update)


# --- What people read -----------------------------------------------------------------------------------------------


def test_the_schedule_mails_the_sentence_to_its_author(write, recruiter):
    ad = write(UNLAWFUL)
    schedule(ad, minutes=-1)
    ad.revisions.update(user=recruiter)
    assert tasks.publish_due.func() == 0
    assert ads.state_of(ad) == ads.State.DRAFT
    (mail,) = [mail for mail in mails_to(recruiter.email) if ad.title in mail.subject]
    assert "«\u00a0Âge maximum\u00a0»" in mail.body
    assert "une offre n’a pas d’âge maximum" in mail.body


def test_the_bulk_action_names_the_ad_and_gives_the_sentence(write, administrator, login):
    good, bad = write("<p>Vous êtes titulaire du DEES.</p>"), write(UNLAWFUL)
    client = login(Client(), administrator)
    answer = client.post(
        f"/gestion/bulk/wagtailcore/page/publish/?id={good.pk}&id={bad.pk}&next=/gestion/",
        {"include_descendants": ""},
        follow=True,
    )
    text = answer.content.decode()
    assert f"{bad.title}\u00a0» n’est pas publiée" in text
    assert "une offre n’a pas d’âge maximum" in text
    assert not visible(bad)


def test_the_api_answers_with_the_sentence(write, recruiter):
    ad = write(UNLAWFUL)
    answer = by_api(ad, recruiter)
    assert answer.status_code == 422
    assert "une offre n’a pas d’âge maximum" in answer.content.decode()


def test_the_api_reads_also_what_was_not_sent(write, recruiter):
    ad = write(UNLAWFUL)
    body = {"title": "Autre F/H", "meta": {"action": "publish"}}
    answer = api(recruiter).patch(f"/api/v3/pages/{ad.pk}/", body, "application/json")
    assert answer.status_code == 422
    assert not visible(ad)


def test_the_history_says_which_words_nobody_confirmed(write, administrator, recruiter, login):
    ad = write(DOUBTFUL)
    by_bulk_action(ad, administrator, login)
    for user in (administrator, recruiter):
        page = login(Client(), user).get(f"/gestion/pages/{ad.pk}/history/").content.decode()
        assert "Publiée avec des mentions à relire" in page
        assert "Célibataire" in page


def test_the_space_shows_them_while_the_text_stands(write, administrator, recruiter, login, client):
    ad = write(DOUBTFUL)
    url = f"/espace-recruteur/annonces/{ad.pk}/"
    login(client, recruiter)
    assert "Mentions à relire" not in client.get(url).content.decode()
    by_bulk_action(ad, administrator, login)
    page = client.get(url).content.decode()
    assert "Mentions à relire" in page
    assert "la situation de famille" in page
    assert edit_url(ad) in page
    ad = JobAd.objects.get(pk=ad.pk)
    ad.profile = "<p>Vous êtes titulaire du DEES.</p>"
    ad.save_revision().publish()
    assert "Mentions à relire" not in client.get(url).content.decode()


# --- Other ways back to the public ------------------------------------------------------------------------------------


def test_coming_back_online_with_an_older_draft(write, recruiter):
    ad = write("<p>Vous êtes titulaire du DEES.</p>")
    ad.get_latest_revision().publish(user=recruiter)
    ads.unpublish(ad, recruiter)
    ad = JobAd.objects.get(pk=ad.pk)
    ad.profile = UNLAWFUL
    ad.save_revision(user=recruiter)
    with pytest.raises(PlacementRefused, match="âge maximum"):
        renewals.back_online(ad, by=recruiter)
    assert not visible(ad)


def test_renewing_an_ended_ad(write, recruiter, time_machine):
    ad = write("<p>Vous êtes titulaire du DEES.</p>")
    ad.get_latest_revision().publish(user=recruiter)
    ad = JobAd.objects.get(pk=ad.pk)
    ad.profile = UNLAWFUL
    ad.save_revision(user=recruiter)
    time_machine.move_to(ad.placements.get().ends_at)
    tasks.unpublish_ended.func()
    with pytest.raises(PlacementRefused, match="âge maximum"):
        renewals.renew(ad, "web", by=recruiter)
    assert not visible(ad)
    assert spendings() == 1


def test_a_live_copy(write, recruiter):
    ad = write(UNLAWFUL)
    with pytest.raises(PlacementRefused, match="âge maximum"):
        ad.copy(update_attrs={"slug": "copie", "live": True}, keep_live=True, user=recruiter)
    assert not JobAd.objects.filter(live=True).exists()


def test_an_ad_online_is_left_alone_until_it_is_published_again(write, recruiter):
    """What was lawful in the eyes of an older rule stays; housekeeping neither charges nor refuses."""
    ad = write("<p>Vous êtes titulaire du DEES.</p>")
    ad.get_latest_revision().publish(user=recruiter)
    JobAd.objects.filter(pk=ad.pk).update(profile=UNLAWFUL)
    ad = JobAd.objects.get(pk=ad.pk)
    ad.save()
    assert visible(ad)


def test_a_text_for_print_is_read_with_a_print_offer_alone(write, recruiter):
    ad = write("<p>Vous êtes titulaire du DEES.</p>", print_text="Âge maximum : 45 ans.")
    ad.get_latest_revision().publish(user=recruiter)
    assert visible(ad)
    CreditLotFactory(employer=ad.employer, kind="web_print", print_format="1-4")
    printed = JobAdFactory(
        employer=ad.employer, kind="web_print", print_format="1-4", print_text="Âge maximum : 45 ans."
    )
    with pytest.raises(PlacementRefused, match="âge maximum"):
        printed.get_latest_revision().publish(user=recruiter)


# --- Review -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def in_review(write, recruiter):
    """Sent before today's rules: an ad in review that says what no ad may say. Perhaps with a date."""
    site = Site.objects.get(is_default_site=True)
    ReviewSettings.objects.update_or_create(site=site, defaults={"required_of": "all"})

    def send(**kwargs):
        ad = write(UNLAWFUL, **kwargs)
        ad.get_workflow().start(ad, recruiter)
        return ad

    return send


@pytest.mark.parametrize("days", [None, 3])
def test_the_reviewer_reads_the_sentence_and_the_ad_stays_in_review(in_review, login, client, days):
    moment = timezone.now() + timedelta(days=days) if days else None
    ad = in_review(go_live_at=moment)
    state = ad.current_workflow_task_state
    login(client, OfficeUserFactory(group="Modération"))
    answer = client.post(reverse("wagtailadmin_pages:workflow_action", args=[ad.pk, "approve", state.pk]))
    text = client.get(answer.url).content.decode()
    assert "une offre n’a pas d’âge maximum" in text
    assert "renvoyez-la avec un motif" in text
    assert ads.state_of(ad) == ads.State.REVIEW
    assert spendings() == 0
    assert mails_to(ad.owner.email) == []


def test_the_reviewer_sends_it_back_from_the_editor(in_review, login, client):
    ad = in_review()
    login(client, OfficeUserFactory(group="Modération"))
    action = {
        "action-workflow-action": "true",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": '{"comment": "Retirez l’âge maximum."}',
    }
    assert client.post(edit_url(ad), editor_data(ad) | action).status_code == 302
    assert ads.state_of(ad) == ads.State.RETURNED
