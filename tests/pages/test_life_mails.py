"""Mails before an ad's last day: each once, to who wrote it, with links that change nothing by themselves."""

import re
from datetime import timedelta

import pytest

from accounts.models import Membership
from pages import ads, renewals, tasks
from pages.models import Placement
from tests.factories import CreditLotFactory, JobAdFactory
from tests.tools import mails_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True, title="Aide-soignant F/H")


def days_before(ad, time_machine, days: int, hour: int = 9) -> None:
    """Morning in Paris, this many days before the ad's last day."""
    end = Placement.objects.filter(ad=ad).latest("ends_at").ends_at
    time_machine.move_to(end - timedelta(days=days + 1) + timedelta(hours=hour), tick=False)


def test_seven_days_and_one_day_before_once_each(ad, recruiter, time_machine):
    sent = []
    for days in (9, 8, 7, 7, 6, 2, 1, 1, 0):
        days_before(ad, time_machine, days)
        sent.append(tasks.remind_of_ends.call())
    assert sent == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    subjects = [mail.subject for mail in mails_to(recruiter.email)]
    assert subjects == [
        "Votre annonce finit dans 7 jours : Aide-soignant F/H",
        "Votre annonce finit demain : Aide-soignant F/H",
    ]


def test_a_mail_that_comes_late_says_how_many_days_are_left(ad, recruiter, time_machine):
    days_before(ad, time_machine, 5)
    assert tasks.remind_of_ends.call() == 1
    assert "dans 5 jours" in mails_to(recruiter.email)[0].subject


def test_the_links_ask_and_change_nothing(ad, recruiter, ormeaux, client, login, time_machine):
    CreditLotFactory(employer=ormeaux)
    days_before(ad, time_machine, 7)
    tasks.remind_of_ends.call()
    (mail,) = mails_to(recruiter.email)
    links = re.findall(r"https?://[^/\s]+(/espace-recruteur/\S+)", mail.body)
    assert len(links) == 2
    assert client.get(links[0]).url.startswith("/connexion/")
    login(client, recruiter)
    for link in links:
        page = client.get(link)
        assert page.status_code == 200
        assert "csrfmiddlewaretoken" in page.content.decode()
    ad.refresh_from_db()
    assert (ad.filled_at, Placement.objects.count()) == (None, 1)


@pytest.mark.parametrize("how", ["renewed", "filled", "offline"])
def test_no_mail_about_what_does_not_end(ad, recruiter, ormeaux, time_machine, how):
    if how == "renewed":
        CreditLotFactory(employer=ormeaux)
        seven = Placement.objects.get().ends_at - timedelta(days=6)
        renewals.renew(ad, "web", by=recruiter)
        time_machine.move_to(seven, tick=False)
    else:
        days_before(ad, time_machine, 7)
        ads.mark_filled(ad) if how == "filled" else ads.unpublish(ad, recruiter)
    assert tasks.remind_of_ends.call() == 0


def test_a_renewed_ad_is_told_of_its_new_end(ad, recruiter, ormeaux, time_machine):
    CreditLotFactory(employer=ormeaux)
    days_before(ad, time_machine, 7)
    tasks.remind_of_ends.call()
    renewals.renew(ad, "web", by=recruiter)
    days_before(ad, time_machine, 7)
    assert tasks.remind_of_ends.call() == 1


def test_who_wrote_it_and_left_is_followed_by_the_others(ad, recruiter, colleague, ormeaux, time_machine):
    Membership.objects.filter(user=recruiter).update(role=Membership.Role.READER)
    days_before(ad, time_machine, 7)
    tasks.remind_of_ends.call()
    assert not mails_to(recruiter.email)
    assert len(mails_to(colleague.email)) == 1
