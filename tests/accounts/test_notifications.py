""" "Mes e-mails": each kind is chosen, every mail of the kind respects it, contractual ones always go."""

import pytest
from django.conf import settings

from accounts import emails, notifications
from accounts.models import Membership, NotificationChoice
from tests.factories import ApplicationFactory, JobAdFactory, MembershipFactory
from tests.tools import mails_to

pytestmark = pytest.mark.django_db

URL = "/mon-compte/e-mails/"
ONE_CLICK = {"List-Unsubscribe", "List-Unsubscribe-Post"}


def send(to: str, kind: str | None) -> None:
    emails.deliver(to, "accounts/email/security_notice", {"what": "Essai.", "reset_url": "/x"}, kind=kind)


def test_a_recruiter_sees_its_kinds_and_keeps_its_choice(client, login, recruiter):
    login(client, recruiter)
    form = client.get(URL).context["form"]
    assert set(form.fields) == {"applications", "messages", "ads_ending", "team"}
    assert all(form[name].initial for name in form.fields)
    answer = client.post(URL, {"messages": "on"}, follow=True)
    assert "Vos choix sont enregistrés" in answer.content.decode()
    wanted = {kind.code for kind, yes in notifications.choices_of(recruiter).items() if yes}
    assert wanted == {"messages"}


def test_a_candidate_sees_its_own(client, login, candidate_user):
    login(client, candidate_user)
    assert set(client.get(URL).context["form"].fields) == {"messages", "follow_up", "library"}


def test_a_kind_that_does_not_concern_the_person_is_not_written(client, login, candidate_user):
    login(client, candidate_user)
    client.post(URL, {"applications": "on", "ghost": "on"})
    assert not candidate_user.notification_choices.filter(kind="applications").exists()


@pytest.mark.parametrize("kind", list(notifications.KINDS))
def test_every_kind_is_respected(recruiter, kind):
    notifications.choose(recruiter, {kind: False})
    send(recruiter.email.upper(), kind)
    assert mails_to(recruiter.email.upper()) == []
    notifications.choose(recruiter, {kind: True})
    send(recruiter.email, kind)
    (mail,) = mails_to(recruiter.email)
    link = f"{settings.SITE_URL}{URL}"
    assert link in mail.body and link in mail.alternatives[0][0]


def test_a_contractual_mail_always_goes_and_carries_no_choice(recruiter):
    notifications.choose(recruiter, dict.fromkeys(notifications.KINDS, False))
    send(recruiter.email, None)
    (mail,) = mails_to(recruiter.email)
    assert URL not in mail.body and "/ne-plus-recevoir/" not in mail.body
    assert not mail.extra_headers.keys() & ONE_CLICK


def test_an_address_without_account_gets_the_mail_without_link():
    send("personne@test.example", notifications.MESSAGES)
    (mail,) = mails_to("personne@test.example")
    assert URL not in mail.body
    assert not mail.extra_headers.keys() & ONE_CLICK


def test_one_member_refuses_and_the_others_still_hear_of_an_application(ormeaux, recruiter, colleague):
    notifications.choose(colleague, {notifications.APPLICATIONS: False})
    from recruiting import emails as recruiting_emails

    application = ApplicationFactory(ad=JobAdFactory(employer=ormeaux, live=True))
    recruiting_emails.application_received(application)
    assert mails_to(colleague.email) == []
    assert mails_to(recruiter.email)


def test_another_person_s_choice_is_not_mine(ormeaux, recruiter):
    other = MembershipFactory(employer=ormeaux, role=Membership.Role.READER).user
    notifications.choose(other, {notifications.TEAM: False})
    assert notifications.wish(recruiter.email, notifications.TEAM).wanted
    assert NotificationChoice.objects.count() == 1


def test_asking_costs_one_query(recruiter, django_assert_num_queries):
    with django_assert_num_queries(1):
        notifications.wish(recruiter.email, notifications.TEAM)
