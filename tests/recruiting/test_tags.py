"""What pages show of recruiting."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from recruiting import answers
from recruiting.models import Application
from tests.factories import ApplicationFactory, JobAdFactory
from tests.recruiting.build import brand

pytestmark = pytest.mark.django_db


def shown(tag: str, **context) -> str:
    return Template("{% load recruiting_tags %}{% " + tag + " %}").render(Context(context))


def received(employer, count: int, *, answered: bool, days_ago: int = 10, **fields) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    for _ in range(count):
        application = ApplicationFactory(employer=employer, answered_at=at if answered else None, **fields)
        Application.objects.filter(pk=application.pk).update(sent_at=at)


def test_the_rate_of_answers(ormeaux):
    received(ormeaux, 4, answered=True)
    assert shown("response_rate employer", employer=ormeaux) == ""
    received(ormeaux, 1, answered=False)
    assert answers.rate(ormeaux) == 80
    assert "80" in shown("response_rate employer", employer=ormeaux)


def test_the_young_the_old_and_the_withdrawn_do_not_count(ormeaux, riviere):
    received(ormeaux, 5, answered=True)
    received(ormeaux, 3, answered=False, days_ago=2)
    received(ormeaux, 3, answered=False, days_ago=400)
    received(ormeaux, 3, answered=False, state=Application.State.WITHDRAWN)
    received(riviere, 9, answered=False)
    assert shown("response_rate employer", employer=ormeaux) == "Répond à toutes les candidatures"


def test_counts(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    ApplicationFactory(ad=ad)
    ApplicationFactory(ad=ad, state=Application.State.REFUSED)
    assert shown("application_count ad", ad=ad) == "2"
    assert shown("unanswered_count employer", employer=ormeaux) == "1"
    assert shown("unanswered_count employer", employer=None) == "0"


def test_ways_to_apply(ormeaux):
    ad = JobAdFactory(employer=ormeaux, live=True)
    assert shown("apply_url ad", ad=ad, request=RequestFactory().get("/")) == f"/postuler/{ad.pk}/"
    page = ormeaux.company_page
    assert shown("spontaneous_url page", page=page) == ""
    brand(ormeaux)
    assert shown("spontaneous_url page", page=page) == f"/postuler/entreprise/{page.pk}/"
