"""Roles, removal, handing over, leaving; what the team's screens show and refuse."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import APIToken, Page, get_default_page_content_type

from accounts import invitations, onboarding, roles, team, team_tasks
from accounts.access import BUYERS, EDITORS, MANAGERS
from accounts.models import AccessReview, Employer, Membership, TeamEvent
from ashjob.schedule import SCHEDULE
from pages.models import JobAd
from recruiting.access import READERS
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory, MembershipFactory, UserFactory
from tests.tools import mails_to

Role = Membership.Role
TEAM = reverse("accounts:team")


def member(employer, user):
    return employer.memberships.get(user=user)


def test_the_table_of_roles_says_what_the_rules_do():
    said = [ability.roles for ability in roles.ABILITIES]
    assert said[1] == READERS
    assert said[2] == said[3] == EDITORS
    assert said[5] == BUYERS
    assert said[6] == MANAGERS


def test_administrators_see_actions_and_others_do_not(client, login, ormeaux, recruiter, colleague):
    page = login(client, recruiter).get(TEAM).content.decode()
    assert "Envoyer l’invitation" in page
    assert "Ce que chaque rôle permet" in page
    page = login(client, colleague).get(TEAM).content.decode()
    assert recruiter.email in page
    assert "Envoyer l’invitation" not in page
    assert client.get(reverse("accounts:team_history")).status_code == 403
    own = member(ormeaux, colleague)
    for verb in ("team_role", "team_remove"):
        assert (
            client.post(reverse(f"accounts:{verb}", args=[own.pk]), {"role": "administrateur"}).status_code
            == 403
        )
    own.refresh_from_db()
    assert own.role == Role.RECRUITER


def test_queries_do_not_grow_with_the_team(client, login, ormeaux, recruiter, django_assert_max_num_queries):
    login(client, recruiter).get(TEAM)
    for number in range(12):
        MembershipFactory(employer=ormeaux)
        invitations.invite(ormeaux, recruiter, f"n{number}@test.example", Role.READER)
    for name in ("team", "team_history", "employers"):
        with django_assert_max_num_queries(14):
            assert client.get(reverse(f"accounts:{name}")).status_code == 200


def test_a_role_changes_with_groups_history_and_mail(client, login, ormeaux, recruiter, colleague):
    url = reverse("accounts:team_role", args=[member(ormeaux, colleague).pk])
    response = login(client, recruiter).post(url, {"role": Role.READER}, follow=True)
    assert "a maintenant le rôle" in response.content.decode()
    assert member(ormeaux, colleague).role == Role.READER
    assert not colleague.groups.exists()
    event = TeamEvent.objects.get()
    assert (event.kind, event.old_role, event.new_role) == (TeamEvent.Kind.ROLE, "recruteur", "lecteur")
    assert "Lecteur" in mails_to(colleague.email)[0].body
    assert "a changé le rôle de" in client.get(reverse("accounts:team_history")).content.decode()
    client.post(url, {"role": Role.RECRUITER})
    assert {g.name for g in colleague.groups.all()} == {ormeaux.group.name, onboarding.RECRUITERS_GROUP}
    assert "Choisissez un rôle" in client.post(url, {"role": "roi"}, follow=True).content.decode()


@pytest.mark.invariant
def test_the_last_administrator_stays(client, login, ormeaux, recruiter, colleague):
    own = member(ormeaux, recruiter)
    login(client, recruiter)
    page = client.post(reverse("accounts:team_role", args=[own.pk]), {"role": Role.READER}, follow=True)
    assert "doit garder un administrateur" in page.content.decode()
    assert (
        "doit garder un administrateur"
        in client.post(reverse("accounts:team_leave"), follow=True).content.decode()
    )
    # A deactivated account administers nothing.
    MembershipFactory(employer=ormeaux, user=UserFactory(is_active=False), role=Role.ADMINISTRATOR)
    with pytest.raises(team.TeamError):
        team.leave(ormeaux, recruiter)
    assert team.administered_alone(recruiter) == [ormeaux]
    own.refresh_from_db()
    assert own.role == Role.ADMINISTRATOR


def test_handing_over_makes_one_and_unmakes_the_other(client, login, ormeaux, recruiter, colleague):
    data = {"member": member(ormeaux, colleague).pk, "own_role": Role.READER}
    login(client, recruiter).post(reverse("accounts:team_hand_over"), data)
    assert member(ormeaux, colleague).role == Role.ADMINISTRATOR
    assert member(ormeaux, recruiter).role == Role.READER
    assert mails_to(colleague.email)
    # Who was administrator at the start of the request may be none under the lock.
    with pytest.raises(team.TeamError):
        team.remove(ormeaux, recruiter, member(ormeaux, colleague).pk)
    client.post(reverse("accounts:team_leave"))
    assert not ormeaux.memberships.filter(user=recruiter).exists()
    assert TeamEvent.objects.filter(kind=TeamEvent.Kind.LEFT).exists()


def test_handing_over_alone_leads_to_inviting(client, login, recruiter):
    assert (
        "Vous êtes le seul membre"
        in login(client, recruiter).get(reverse("accounts:team_hand_over")).content.decode()
    )


@pytest.mark.permissions
def test_a_removed_member_is_out_at_once(client, login, ormeaux, recruiter, colleague, django_user_model):
    """The open session, the open editor, the draft that saves itself, the token: all end with the removal."""
    ad = JobAdFactory(employer=ormeaux)
    editor = reverse("wagtailadmin_pages:edit", args=[ad.pk])
    login(client, colleague)
    assert client.get(editor).status_code == 200
    assert EditingSession.objects.filter(user=colleague).exists()
    APIToken.objects.create(user=colleague, name="essai", key_hash="0" * 64)
    other = MembershipFactory(employer=ormeaux, role=Role.ADMINISTRATOR)
    team.remove(ormeaux, other.user, member(ormeaux, colleague).pk)
    assert client.get(editor).status_code == 404
    assert client.post(editor, {"title": "Pris", "action-publish": "1"}).status_code == 404
    autosave = client.post(editor, {"title": "Pris"}, headers={"accept": "application/json"})
    assert autosave.status_code == 404
    assert Page.objects.get(pk=ad.pk).title != "Pris"
    assert client.get(reverse("recruiting:ads")).status_code == 302
    assert not EditingSession.objects.filter(
        user=colleague, content_type=get_default_page_content_type(), object_id=str(ad.pk)
    ).exists()
    assert not APIToken.objects.filter(user=colleague, revoked_at=None).exists()
    assert not colleague.groups.exists()
    assert "ne donne plus accès" in mails_to(colleague.email)[0].body


def test_removal_revokes_the_invitations_the_member_sent(ormeaux, recruiter):
    other = MembershipFactory(employer=ormeaux, role=Role.ADMINISTRATOR)
    sent = invitations.invite(ormeaux, other.user, "complice@test.example", Role.ADMINISTRATOR)
    team.remove(ormeaux, recruiter, other.pk)
    sent.refresh_from_db()
    assert not sent.is_open


def test_another_employer_remains_open(client, login, ormeaux, riviere, recruiter, stranger):
    """A member of two employers, removed from one, is told so and never acts for the other unawares."""
    both = UserFactory()
    for employer in (ormeaux, riviere):
        onboarding.add_member(employer, both)
    APIToken.objects.create(user=both, name="essai", key_hash="1" * 64)
    login(client, both)
    client.post(reverse("accounts:switch_employer"), {"employer": ormeaux.pk})
    team.remove(ormeaux, recruiter, member(ormeaux, both).pk)
    response = client.post(reverse("recruiting:ad_new"), {"balance": "web"}, follow=True)
    assert response.redirect_chain[0][0] == reverse("recruiting:space")
    assert "Vous agissez maintenant pour Fondation Rivière" in response.content.decode()
    assert {g.name for g in both.groups.all()} == {riviere.group.name, onboarding.RECRUITERS_GROUP}
    assert APIToken.objects.filter(user=both, revoked_at=None).exists()


def test_the_chosen_employer_is_shown_and_remembered(client, login, ormeaux, riviere, recruiter):
    onboarding.add_member(riviere, recruiter)
    login(client, recruiter)
    assert "Agir pour" in client.get(reverse("accounts:employers")).content.decode()
    client.post(reverse("accounts:switch_employer"), {"employer": riviere.pk})
    assert '<p class="kicker">Fondation Rivière' in client.get(TEAM).content.decode()
    client.logout()
    assert '<p class="kicker">Fondation Rivière' in login(client, recruiter).get(TEAM).content.decode()
    foreign = EmployerFactory()
    assert client.post(reverse("accounts:switch_employer"), {"employer": foreign.pk}).status_code == 404


def test_the_quarterly_mail_goes_once(ormeaux, recruiter, colleague, riviere, stranger):
    assert "accounts.team_tasks.review_access" in {line.task for line in SCHEDULE}
    team_tasks.review_access.func()
    assert not AccessReview.objects.exists(), "who came this quarter waits for the next"
    Employer.objects.update(created_at=timezone.now() - timedelta(days=120))
    invitations.invite(ormeaux, recruiter, "future@test.example", Role.READER)
    team_tasks.review_access.func()
    team_tasks.review_access.func()
    mails = [m for m in mails_to(recruiter.email) if "Qui a accès" in m.subject]
    assert len(mails) == 1
    assert colleague.email in mails[0].body
    assert "future@test.example" in mails[0].body
    # Neither who does not administer, nor who is alone.
    assert not [m for p in (colleague, stranger) for m in mails_to(p.email)]


def test_an_ad_begins_for_the_employer_that_was_shown(client, login, ormeaux, riviere, recruiter):
    """Another employer chosen in another tab meanwhile: the form says so, and nothing begins in the wrong name."""
    for employer in (ormeaux, riviere):
        onboarding.add_member(employer, recruiter)
        CreditLotFactory(employer=employer)
    login(client, recruiter)
    client.post(reverse("accounts:switch_employer"), {"employer": ormeaux.pk})
    [form] = re.findall(
        r'name="employer" value="([^"]+)".*?name="balance" value="([^"]+)"',
        client.get(reverse("recruiting:ad_new")).content.decode(),
    )
    client.post(reverse("accounts:switch_employer"), {"employer": riviere.pk})
    data = {"employer": form[0], "balance": form[1]}
    page = client.post(reverse("recruiting:ad_new"), data, follow=True).content.decode()
    assert "choisissez de nouveau le crédit" in page
    assert not JobAd.objects.exists()
    client.post(reverse("recruiting:ad_new"), data | {"employer": str(riviere.public_id)})
    assert JobAd.objects.get().employer == riviere


def test_the_editor_says_for_whom_and_the_space_follows(client, login, ormeaux, riviere, recruiter):
    onboarding.add_member(riviere, recruiter)
    ad = JobAdFactory(employer=riviere)
    login(client, recruiter)
    client.post(reverse("accounts:switch_employer"), {"employer": ormeaux.pk})
    page = client.get(reverse("wagtailadmin_pages:edit", args=[ad.pk])).content.decode()
    assert "Cette page est celle de Fondation Rivière" in page
    assert "Pour\\u00a0: Fondation Rivi" in page
    assert '<p class="kicker">Fondation Rivière' in client.get(reverse("recruiting:ads")).content.decode()
