"""Two people renew the same ad, and mark it as told, at the same moment, on a database with real locks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from pages import ads, reminders, renewals
from pages.models import JobAd, Placement
from tests.factories import CreditLotFactory, EmployerFactory, JobAdFactory

from .tools import spendings

pytestmark = [pytest.mark.postgres, pytest.mark.invariant]
PEOPLE = 8


def all_at_once(work) -> list:
    start = threading.Barrier(PEOPLE)

    def run(_):
        try:
            start.wait(timeout=30)
            return work()
        except ValidationError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(run, range(PEOPLE)))


@pytest.fixture
def ad(transactional_db):
    employer = EmployerFactory(with_page=True)
    ad = JobAdFactory(employer=employer, live=True)
    CreditLotFactory(employer=employer, quantity=5)
    return ad


def test_one_renewal_of_the_end_that_all_of_them_saw(ad):
    seen = ad.placements.get().ends_at
    answers = all_at_once(lambda: renewals.renew(JobAd.objects.get(pk=ad.pk), "web", seen_end=seen))
    assert sum(isinstance(answer, Placement) for answer in answers) == 1
    assert answers.count("already") == PEOPLE - 1
    assert spendings() == 2


def test_one_credit_brings_an_ended_ad_back(ad):
    past = Placement.objects.get()
    Placement.objects.update(
        opened_at=past.opened_at - ads.timedelta(days=90), ends_at=past.ends_at - ads.timedelta(days=90)
    )
    seen = Placement.objects.get().ends_at
    answers = all_at_once(lambda: renewals.renew(JobAd.objects.get(pk=ad.pk), "web", seen_end=seen))
    assert answers.count("already") == PEOPLE - 1
    assert spendings() == 2


def test_one_mail_about_an_end(ad):
    now = Placement.objects.get().ends_at - ads.timedelta(days=3)
    assert all_at_once(lambda: reminders.remind(now)).count(1) == 1
