"""What the two sides of a review read: screens, buttons, messages and mails, each once and in French."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from accounts import onboarding
from accounts.models import User
from pages import ads
from pages.ads import State, state_of
from pages.models import EditorialPage, JobAd
from reference.dates import long_date
from tests.factories import CreditLotFactory, JobAdFactory, OfficeUserFactory
from tests.tools import deliver_mails, mails_to

from .test_review import decide, require, submit
from .tools import edit_url, editor_data, spendings, visible

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(db) -> User:
    return OfficeUserFactory(group="Modération")


@pytest.fixture
def office(reviewer, login) -> Client:
    return login(Client(), reviewer)


@pytest.fixture
def space(client, login, recruiter):
    return login(client, recruiter)


@pytest.fixture
def ad(space, ormeaux, reviewer):
    """In review, and paid for."""
    require("all")
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    assert submit(space, ad).status_code == 302
    return ad


def screen(client, ad) -> str:
    return client.get(f"/espace-recruteur/annonces/{ad.pk}/").content.decode()


def in_editor(ad, verdict: str, words: str = "") -> dict:
    """What the editor posts for one of the reviewer's buttons."""
    extra = f'{{"comment": "{words}"}}' if words else "{}"
    return editor_data(ad) | {
        "action-workflow-action": "true",
        "workflow-action-name": verdict,
        "workflow-action-extra-data": extra,
    }


# --- Words of an approval ---------------------------------------------------------------------------------------------


def test_an_approval_carries_a_comment_to_the_space_and_by_mail(ad, space, office, recruiter):
    decide(office, ad, "approve", comment="Pensez à ajouter une photo.")
    assert visible(ad)
    page = screen(space, ad)
    assert "Le commentaire de la relecture" in page
    assert "Pensez à ajouter une photo." in page
    (mail,) = [mail for mail in mails_to(recruiter.email) if ad.title in mail.subject]
    assert "relue et publiée" in mail.subject
    assert "Pensez à ajouter une photo." in mail.body
    assert f"/espace-recruteur/annonces/{ad.pk}/" in mail.body


def test_an_approval_without_words_shows_none(ad, space, office, recruiter):
    decide(office, ad, "approve")
    assert "commentaire" not in screen(space, ad)
    (mail,) = [mail for mail in mails_to(recruiter.email) if ad.title in mail.subject]
    assert "commentaire" not in mail.body


def test_a_comment_from_the_editor_reaches_too(ad, office, recruiter):
    answer = office.post(edit_url(ad), in_editor(ad, "approve", "Merci."), follow=True)
    assert f"{ad.title}\u00a0» est approuvée" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/gestion/"
    assert any("Merci." in mail.body for mail in mails_to(recruiter.email))


def test_an_ad_with_a_date_is_said_to_be_on_the_schedule(space, ormeaux, office, recruiter):
    require("all")
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    at = timezone.localtime() + timedelta(days=4)
    submit(space, ad, go_live_at=f"{at:%Y-%m-%d} 08:00")
    decide(office, ad, "approve")
    (mail,) = [mail for mail in mails_to(recruiter.email) if ad.title in mail.subject]
    assert "relue et programmée" in mail.subject
    assert long_date(at.date()) in mail.body


# --- Sent back --------------------------------------------------------------------------------------------------------


def test_sending_back_from_the_editor_needs_a_reason(ad, office, recruiter):
    answer = office.post(edit_url(ad), in_editor(ad, "reject"), follow=True)
    assert "Dites à l’employeur ce qu’il doit corriger." in answer.content.decode()
    assert state_of(ad) == State.REVIEW
    answer = office.post(edit_url(ad), in_editor(ad, "reject", "Indiquez le salaire."), follow=True)
    assert "est renvoyée à son auteur" in answer.content.decode()
    assert state_of(ad) == State.RETURNED


def test_the_reason_stands_in_the_space_and_above_the_editor(ad, space, office):
    decide(office, ad, "reject", comment="Indiquez le salaire.")
    page = screen(space, ad)
    assert "Le motif de la relecture" in page
    assert "Corriger l’annonce" in page
    editor = space.get(edit_url(ad)).content.decode()
    assert "Ce que la relecture demande de corriger" in editor
    assert "Indiquez le salaire." in editor
    submit(space, ad, lede="Avec un salaire.")
    for page in (screen(space, ad), space.get(edit_url(ad)).content.decode()):
        assert "Indiquez le salaire." not in page


def test_a_colleague_corrects_and_sends_again(ad, office, colleague, login):
    decide(office, ad, "reject", comment="Indiquez le salaire.")
    submit(login(Client(), colleague), ad, lede="Avec un salaire.")
    assert state_of(ad) == State.REVIEW
    decide(office, ad, "approve")
    assert visible(ad)


def test_the_changes_of_an_ad_online(ad, space, office, recruiter):
    decide(office, ad, "approve")
    submit(space, ad, title="Nouveau titre F/H")
    assert "relit vos modifications" in screen(space, ad)
    decide(office, ad, "reject", comment="Gardez l’ancien.")
    page = screen(space, ad)
    assert "corriger vos modifications" in page
    assert "Gardez l’ancien." in page
    assert "toujours la version précédente" in mails_to(recruiter.email)[-1].body
    assert visible(ad)
    assert JobAd.objects.get(pk=ad.pk).title == ad.title


# --- Withdrawing ------------------------------------------------------------------------------------------------------


def test_anyone_of_the_team_takes_an_ad_back_from_review(ad, space, colleague, login):
    assert "Retirer de la relecture" in screen(space, ad)
    client = login(Client(), colleague)
    answer = client.post(f"/espace-recruteur/annonces/{ad.pk}/retirer-de-la-relecture/", follow=True)
    assert "est retirée de la relecture" in answer.content.decode()
    assert state_of(ad) == State.DRAFT
    again = client.post(f"/espace-recruteur/annonces/{ad.pk}/retirer-de-la-relecture/", follow=True)
    assert "n’est plus en relecture" in again.content.decode()
    assert spendings() == 0


def test_an_ad_in_review_is_not_thrown_away(ad, recruiter):
    with pytest.raises(ValidationError, match="retirez-la"):
        ads.delete_draft(ad, recruiter)
    ads.withdraw(ad, recruiter)
    ads.delete_draft(ad, recruiter)
    assert not JobAd.objects.exists()


# --- Screens ----------------------------------------------------------------------------------------------------------


def test_sending_leads_to_the_ads_page_with_a_sentence_of_ours(space, ormeaux):
    require("all")
    ad = JobAdFactory(employer=ormeaux)
    answer = space.post(edit_url(ad), editor_data(ad) | {"action-submit": "action-submit"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/espace-recruteur/annonces/{ad.pk}/"
    assert "est envoyée à la relecture" in page
    assert "soumise" not in page
    assert "&lt;span" not in page


def test_the_recruiter_is_told_why_nothing_can_be_written(ad, space):
    page = space.get(edit_url(ad)).content.decode()
    assert "Cette annonce est en relecture" in page
    assert f'href="/espace-recruteur/annonces/{ad.pk}/"' in page
    assert "Ce(tte)" not in page
    assert "action-cancel-workflow" not in page


def test_the_reviewer_finds_the_verdicts_first(ad, office):
    page = office.get(edit_url(ad)).content.decode()
    labels = ["Approuver et publier", "Approuver avec un commentaire", "Renvoyer avec un motif"]
    places = [page.index(label) for label in labels]
    assert places == sorted(places)
    assert places[0] < page.index("Enregistrer le brouillon")
    assert 'name="action-publish"' not in page
    assert "Ce(tte)" not in page and "ce(tte)" not in page


def test_what_waits_is_on_the_office_start_page(ad, office):
    page = office.get("/gestion/").content.decode()
    assert "En attente de votre vérification" in page
    assert edit_url(ad) in page
    decide(office, ad, "approve")
    assert edit_url(ad) not in office.get("/gestion/").content.decode()


def test_notes_in_the_margin_are_switched_off(ad, space, office):
    """The reviewer's words are the reason or the comment: those reach the recruiter. See decision 10."""
    for client in (space, office):
        page = client.get(edit_url(ad)).content.decode()
        assert 'data-side-panel="comments"' not in page
        assert "comments-TOTAL_FORMS" not in page
    assert "comments" not in JobAd.get_edit_handler().get_form_class().formsets


# --- Mails ------------------------------------------------------------------------------------------------------------


def everything(address: str) -> list[str]:
    deliver_mails()
    return [mail.subject for mail in mails_to(address)]


def test_each_reviewer_is_told_once(ad, reviewer, sales, administrator, recruiter):
    (mail,) = mails_to(reviewer.email)
    assert mail.subject == f"Une annonce à relire : {ad.title}"
    assert edit_url(ad) in mail.body
    assert str(recruiter) in mail.body
    assert everything(administrator.email) == []
    assert everything(recruiter.email) == []


def test_without_reviewers_the_administrators_are_told(space, ormeaux, administrator):
    require("all")
    submit(space, JobAdFactory(employer=ormeaux))
    (mail,) = mails_to(administrator.email)
    assert "Une annonce à relire" in mail.subject


def test_who_refused_such_mails_gets_none(space, ormeaux, reviewer):
    UserProfile.objects.create(user=reviewer, submitted_notifications=False)
    require("all")
    submit(space, JobAdFactory(employer=ormeaux))
    assert everything(reviewer.email) == []


@pytest.mark.permissions
@pytest.mark.parametrize("verdict", ["approve", "reject"])
def test_who_left_the_employer_is_told_nothing(space, ormeaux, office, recruiter, colleague, login, verdict):
    require("all")
    CreditLotFactory(employer=ormeaux)
    ad = JobAdFactory(employer=ormeaux)
    submit(login(Client(), colleague), ad)
    onboarding.remove_member(colleague.memberships.get())
    before = len(mails_to(colleague.email))
    decide(office, ad, verdict, comment="Indiquez le salaire.")
    assert len(mails_to(colleague.email)) == before
    assert [mail for mail in mails_to(recruiter.email) if "Indiquez le salaire." in mail.body]


def test_any_other_page_keeps_wagtails_mails(office, reviewer, administrator):
    page = EditorialPage.objects.first()
    task = GroupApprovalTask.objects.create(name="Bon à tirer")
    task.groups.set(reviewer.groups.all())
    workflow = Workflow.objects.create(name="Bon à tirer")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision(user=administrator)
    state = workflow.start(page, administrator)
    assert len(everything(reviewer.email)) == 1
    state.current_task_state.approve(user=reviewer)
    assert "a été approuvée" in everything(administrator.email)[-1]
    assert page.title in everything(administrator.email)[-1]
