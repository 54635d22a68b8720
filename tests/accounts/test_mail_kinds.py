"""Every mail that the site sends by a kind: refused it stays away, and it can be refused at one click (RFC 8058)."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts import invitations, notifications, team_emails, team_tasks
from accounts.models import Employer, Membership
from billing.models import Entitlement, Offer
from pages import tasks as page_tasks
from pages.models import Placement
from pages.tier_warnings import warn_of_ends
from recruiting import emails as recruiting_emails
from recruiting import library
from recruiting import tasks as recruiting_tasks
from recruiting.models import Message
from tests.factories import ApplicationFactory, CvFactory, JobAdFactory, MembershipFactory
from tests.recruiting.build import entitle
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(ormeaux, candidate_user):
    ad = JobAdFactory(employer=ormeaux, live=True)
    return ApplicationFactory(ad=ad, candidate=candidate_user.candidate, email=candidate_user.email)


def wrote(application, *, from_candidate: bool) -> Message:
    return Message.objects.create(application=application, from_candidate=from_candidate, body="Bonjour.")


def ads_ending(application, clock) -> None:
    clock.move_to(Placement.objects.filter(ad=application.ad).latest("ends_at").ends_at - timedelta(days=7))
    page_tasks.remind_of_ends.call()


def library_reminder(application, clock) -> None:
    candidate = application.candidate
    CvFactory(candidate=candidate)
    library.consent(candidate)
    clock.move_to(timezone.now() + timedelta(days=31))
    recruiting_tasks.remind_candidates.call()


def access_review(application, clock) -> None:
    MembershipFactory(employer=application.employer)
    Employer.objects.update(created_at=timezone.now() - timedelta(days=120))
    team_tasks.review_access.func()


def joined(application, clock) -> None:
    employer = application.employer
    inviter = employer.memberships.get().user
    invitation = invitations.invite(employer, inviter, "arrivante@test.example", Membership.Role.READER)
    team_emails.joined(invitation, MembershipFactory(employer=employer).user)


#: What sends each mail, its kind, and whether the candidate gets it.
SENT = {
    "application_received": (
        lambda a, clock: recruiting_emails.application_received(a),
        notifications.APPLICATIONS,
        False,
    ),
    "withdrawn": (lambda a, clock: recruiting_emails.withdrawn(a), notifications.APPLICATIONS, False),
    "message_to_recruiters": (
        lambda a, clock: recruiting_emails.message_to_recruiters(wrote(a, from_candidate=True)),
        notifications.MESSAGES,
        False,
    ),
    "message_to_candidate": (
        lambda a, clock: recruiting_emails.message_to_candidate(wrote(a, from_candidate=False)),
        notifications.MESSAGES,
        True,
    ),
    "state_changed": (
        lambda a, clock: recruiting_emails.state_changed(a),
        notifications.FOLLOW_UP,
        True,
    ),
    "ads_ending": (ads_ending, notifications.ADS_ENDING, False),
    "access_review": (access_review, notifications.TEAM, False),
    "joined": (joined, notifications.TEAM, False),
    "library_reminder": (library_reminder, notifications.LIBRARY, True),
}


def link_of(mail) -> str:
    """The one-click address of a mail, which is also written in its text."""
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [address] = re.findall(r"^<(https?://[^>]+)>$", mail.extra_headers["List-Unsubscribe"])
    assert address.startswith(f"{settings.SITE_URL}/ne-plus-recevoir/")
    assert address in mail.body and address in mail.alternatives[0][0]
    return address.removeprefix(settings.SITE_URL)


def test_every_kind_is_sent_by_something():
    """A kind that nothing sends is a box that does nothing: "Nouveautés" was one."""
    assert {kind for _, kind, _ in SENT.values()} == set(notifications.KINDS)


@pytest.mark.parametrize("name", SENT)
def test_a_mail_is_refused_at_one_click_by_who_is_logged_out(
    name, application, candidate_user, recruiter, time_machine
):
    send, kind, to_candidate = SENT[name]
    person = candidate_user if to_candidate else recruiter
    send(application, time_machine)
    [mail] = mails_to(person.email)
    provider = Client(enforce_csrf_checks=True)
    answer = provider.post(link_of(mail), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "no redirect, no cookie, no token (RFC 8058)"
    assert not answer.cookies.get("sessionid")
    assert [k.code for k, wanted in notifications.choices_of(person).items() if not wanted] == [kind]


@pytest.mark.parametrize("name", SENT)
def test_a_mail_of_a_refused_kind_stays_away(name, application, candidate_user, recruiter, time_machine):
    send, kind, to_candidate = SENT[name]
    person = candidate_user if to_candidate else recruiter
    notifications.choose(person, {kind: False})
    send(application, time_machine)
    assert mails_to(person.email) == []


def test_the_end_of_an_offer_is_told_whatever_was_chosen(ormeaux, recruiter):
    """Contractual: it says so, and no mailbox offers to stop it."""
    notifications.choose(recruiter, dict.fromkeys(notifications.KINDS, False))
    right = entitle(ormeaux, Entitlement.Kind.COMPANY_PAGE, Offer.Tier.BRAND, days=20)
    Entitlement.objects.filter(pk=right.pk).update(starts_on=right.starts_on - timedelta(days=60))
    warn_of_ends.func()
    [mail] = mails_to(recruiter.email)
    assert "tient à votre contrat" in mail.body and "tient à votre contrat" in mail.alternatives[0][0]
    assert "List-Unsubscribe" not in mail.extra_headers and "/ne-plus-recevoir/" not in mail.body


class TestLink:
    @pytest.fixture
    def path(self, recruiter):
        key = notifications.key_of(recruiter.public_id, notifications.MESSAGES)
        return f"/ne-plus-recevoir/{key}/"

    def refused(self, person) -> list[str]:
        return list(person.notification_choices.filter(wanted=False).values_list("kind", flat=True))

    def test_reading_asks_and_changes_nothing(self, client, path, recruiter):
        for method in (client.get, client.head):
            assert method(path).status_code == 200
        page = client.get(path).content.decode()
        assert "Ne plus recevoir ces e-mails" in page and "Messages" in page
        assert recruiter.email not in page and recruiter.last_name not in page
        assert self.refused(recruiter) == []
        assert "C’est fait" in client.post(path).content.decode()
        assert "C’est fait" in client.get(path).content.decode()
        assert "C’est fait" in client.post(path).content.decode(), "twice is once"
        assert self.refused(recruiter) == [notifications.MESSAGES]

    def test_it_is_about_who_got_the_mail_not_who_is_logged_in(
        self, client, login, path, recruiter, stranger
    ):
        login(client, stranger)
        client.post(path)
        assert self.refused(stranger) == [] and self.refused(recruiter) == [notifications.MESSAGES]

    def test_a_changed_address_still_refuses(self, client, path, recruiter):
        recruiter.email = "nouvelle@test.example"
        recruiter.save()
        assert client.post(path).status_code == 200
        assert self.refused(recruiter) == [notifications.MESSAGES]

    @pytest.mark.permissions
    def test_a_key_that_was_not_signed_here_is_not_found(self, client, path, recruiter, stranger):
        other = notifications.key_of(stranger.public_id, notifications.MESSAGES)
        mine = path.split("/")[2]
        signature = mine.rsplit(":", 1)[1]
        wrong = [
            f"{stranger.public_id.hex}-messages:{signature}",
            mine.replace("messages", "team"),
            mine[:-1] + ("a" if mine[-1] != "a" else "b"),
            other.rsplit(":", 1)[0],
            "é" * 300,
        ]
        for key in wrong:
            for method in (client.get, client.post):
                assert method(f"/ne-plus-recevoir/{key}/").status_code == 404, key
        assert self.refused(recruiter) == self.refused(stranger) == []

    def test_who_closed_the_account_gets_nothing_to_refuse(self, client, path, recruiter):
        recruiter.is_active = False
        recruiter.save()
        assert client.post(path).status_code == 404

    def test_posting_is_limited_by_key(self, client, path, recruiter):
        assert [client.post(path).status_code for _ in range(31)][-2:] == [200, 429]
        other = notifications.key_of(recruiter.public_id, notifications.TEAM)
        assert client.post(f"/ne-plus-recevoir/{other}/").status_code == 200
