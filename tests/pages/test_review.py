""" "Relecture": required of all, of new employers or of none; no road leads round it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, Site

from accounts.models import User
from pages import ads, placements, renewals, review, tasks
from pages.ads import State, state_of
from pages.models import JobAd, ReviewSettings
from tests.factories import CreditLotFactory, JobAdFactory, OfficeUserFactory
from tests.tools import mails_to

from .tools import edit_url, editor_data, publish_in_editor, spendings, visible

pytestmark = pytest.mark.django_db


def require(of: str) -> None:
    site = Site.objects.get(is_default_site=True)
    ReviewSettings.objects.update_or_create(site=site, defaults={"required_of": of})


@pytest.fixture
def reviewer(db) -> User:
    return OfficeUserFactory(group="Modération")


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


def submit(client, ad, **changes):
    return client.post(edit_url(ad), editor_data(ad, **changes) | {"action-submit": "action-submit"})


def decide(client, ad, action: str, **extra):
    """Press one of the reviewer's buttons."""
    ad = JobAd.objects.get(pk=ad.pk)
    state = ad.current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[ad.pk, action, state.pk]), extra)


@pytest.fixture
def submitted(space, ormeaux):
    require("all")
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    assert submit(space, ad).status_code == 302
    return ad


def test_by_default_nobody_is_reviewed(space, ormeaux):
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    page = space.get(edit_url(ad)).content.decode()
    assert "Publier l’annonce" in page
    assert "Envoyer à la relecture" not in page
    publish_in_editor(space, ad)
    assert visible(ad)


def test_under_review_the_button_sends_there(space, ormeaux):
    require("all")
    page = space.get(edit_url(JobAdFactory(employer=ormeaux))).content.decode()
    assert "Envoyer à la relecture" in page
    assert "Publier l’annonce" not in page


def test_new_employers_only_until_their_first_placement(ormeaux, riviere):
    require("new")
    assert review.is_required(ormeaux.pk)
    CreditLotFactory(employer=riviere)
    assert review.is_required(riviere.pk)
    require("none")
    JobAdFactory(employer=riviere, live=True)
    require("new")
    assert not review.is_required(riviere.pk)


def test_submitting_asks_for_a_complete_ad(space, ormeaux):
    require("all")
    ad = JobAdFactory(employer=ormeaux)
    assert submit(space, ad, profession="").status_code == 200
    assert state_of(JobAd.objects.get(pk=ad.pk)) == State.DRAFT


@pytest.mark.invariant
def test_approval_publishes_and_spends_the_credit(submitted, login, client, reviewer, recruiter):
    assert (state_of(submitted), spendings()) == (State.REVIEW, 0)
    decide(login(client, reviewer), submitted, "approve")
    assert (visible(submitted), spendings()) == (True, 1)
    assert any("relue et publiée" in mail.subject for mail in mails_to(recruiter.email))


def test_refusal_needs_a_reason_and_mails_it(submitted, login, client, reviewer, recruiter, ormeaux):
    login(client, reviewer)
    decide(client, submitted, "reject", comment="")
    assert state_of(submitted) == State.REVIEW
    decide(client, submitted, "reject", comment="Indiquez le salaire.")
    assert state_of(submitted) == State.RETURNED
    (mail,) = [mail for mail in mails_to(recruiter.email) if "à corriger" in mail.subject]
    assert "Indiquez le salaire." in mail.body
    login(client, recruiter)
    assert (
        "Indiquez le salaire." in client.get(f"/espace-recruteur/annonces/{submitted.pk}/").content.decode()
    )
    # Corrected and sent again.
    submit(client, submitted, lede="Avec un salaire.")
    assert state_of(submitted) == State.REVIEW
    decide(login(client, reviewer), submitted, "approve")
    assert visible(submitted)
    assert spendings() == 1


def test_an_approval_without_credit_tells_both_and_stays_in_review(
    space, ormeaux, login, client, reviewer, recruiter
):
    require("all")
    ad = JobAdFactory(employer=ormeaux)
    submit(space, ad)
    login(client, reviewer)
    answer = decide(client, ad, "approve")
    answer = client.get(answer.url, follow=True)
    assert "n’est pas encore publiée" in answer.content.decode()
    assert (state_of(ad), spendings()) == (State.REVIEW, 0)
    (mail,) = [mail for mail in mails_to(recruiter.email) if "manque un crédit" in mail.subject]
    assert "plus de crédit" in mail.body
    CreditLotFactory(employer=ormeaux)
    decide(client, ad, "approve")
    assert visible(ad)


def test_a_scheduled_ad_appears_at_its_moment_after_approval(
    space, ormeaux, login, client, reviewer, time_machine
):
    require("all")
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    at = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=4)
    submit(space, ad, go_live_at=f"{at:%Y-%m-%d %H:%M}")
    decide(login(client, reviewer), ad, "approve")
    assert (state_of(JobAd.objects.get(pk=ad.pk)), spendings()) == (State.SCHEDULED, 0)
    time_machine.move_to(at + timedelta(minutes=1), tick=False)
    assert tasks.publish_due.call() == 1
    assert (visible(ad), spendings()) == (True, 1)


@pytest.mark.invariant
class TestNoRoadRound:
    @pytest.fixture
    def ad(self, ormeaux):
        require("all")
        CreditLotFactory(employer=ormeaux, quantity=3)
        return JobAdFactory(employer=ormeaux)

    def refused(self, ad) -> bool:
        return not visible(ad) and spendings() == 0

    def test_the_button_posted_all_the_same(self, space, ad):
        publish_in_editor(space, ad)
        assert self.refused(ad)

    def test_publish_and_save(self, ad, recruiter):
        with pytest.raises(placements.PlacementRefused, match="relues"):
            ad.get_latest_revision().publish(user=recruiter, skip_permission_checks=True)
        ad = JobAd.objects.get(pk=ad.pk)
        ad.live = True
        with pytest.raises(placements.PlacementRefused, match="relues"):
            ad.save(clean=False)
        assert self.refused(ad)

    def test_a_live_copy(self, ad, recruiter):
        with pytest.raises(placements.PlacementRefused):
            ad.copy(update_attrs={"slug": "copie", "live": True}, keep_live=True, user=recruiter)
        assert JobAd.objects.filter(live=True).count() == 0

    def test_the_schedule(self, ad, recruiter, time_machine):
        ad.go_live_at = ads.timezone.now() + ads.timedelta(days=1)
        ad.save_revision(user=recruiter).publish(user=recruiter, skip_permission_checks=True)
        time_machine.move_to(ad.go_live_at + ads.timedelta(minutes=1))
        assert tasks.publish_due.call() == 0
        assert self.refused(ad)
        assert any("n’a pas pu paraître" in mail.subject for mail in mails_to(recruiter.email))

    def test_the_api(self, ad, recruiter, client):
        token = APIToken.create_token(user=recruiter, name="essai")[1]
        answer = client.post(
            f"/api/v3/pages/{ad.pk}/action/publish/",
            json.dumps({}),
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code in (403, 404)
        assert self.refused(ad)

    def test_renewing_and_coming_back_with_a_new_text(self, ad, ormeaux, recruiter):
        require("none")
        ad.get_latest_revision().publish(user=recruiter)
        require("all")
        ads.unpublish(ad, recruiter)
        ad = JobAd.objects.get(pk=ad.pk)
        ad.title = "Tout autre chose"
        ad.save_revision(user=recruiter)
        with pytest.raises(placements.PlacementRefused, match="relues"):
            renewals.back_online(ad, by=recruiter)
        assert not visible(ad)

    def test_a_live_ad_keeps_its_text_until_the_new_one_is_approved(
        self, ad, space, login, client, reviewer, recruiter
    ):
        require("none")
        ad.get_latest_revision().publish(user=recruiter)
        require("all")
        publish_in_editor(space, ad, title="Nouveau titre F/H")
        assert JobAd.objects.get(pk=ad.pk).title != "Nouveau titre F/H"
        submit(space, ad, title="Nouveau titre F/H")
        decide(login(client, reviewer), ad, "approve")
        assert JobAd.objects.get(pk=ad.pk).title == "Nouveau titre F/H"
        assert spendings() == 1

    @pytest.mark.parametrize("withdrawn", [False, True])
    def test_what_was_sent_back_is_read_again_whatever_the_setting_says_since(
        self, ad, space, login, client, reviewer, recruiter, withdrawn
    ):
        submit(space, ad)
        decide(login(client, reviewer), ad, "reject", comment="Indiquez le salaire.")
        login(client, recruiter)
        if withdrawn:
            submit(client, ad)
            ads.withdraw(ad, recruiter)
        require("none")
        publish_in_editor(client, ad)
        assert self.refused(ad)
        with pytest.raises(placements.PlacementRefused, match="relues"):
            JobAd.objects.get(pk=ad.pk).get_latest_revision().publish(
                user=recruiter, skip_permission_checks=True
            )
        submit(client, ad, lede="Avec un salaire.")
        decide(login(client, reviewer), ad, "approve")
        assert visible(ad)
        login(client, recruiter)
        publish_in_editor(client, ad, title="Sans relecture F/H")
        assert JobAd.objects.get(pk=ad.pk).title == "Sans relecture F/H"

    def test_the_office_publishes_what_it_wrote(self, ad, login, client, administrator):
        publish_in_editor(login(client, administrator), ad)
        assert visible(ad)
