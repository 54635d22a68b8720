"""Statistics of an ad (G24)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pages.models import AdDay
from reference.dates import paris_day
from tests.factories import ApplicationFactory, JobAdFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True)


@pytest.fixture
def look(client, login, recruiter, ad):
    login(client, recruiter)
    return lambda: client.get(reverse("recruiting:ad_statistics", args=[ad.pk]))


def test_before_any_figure_it_says_what_will_stand_there(look):
    assert "Pas encore de chiffres" in look().content.decode()


def test_each_day_is_the_sum_of_its_sources_and_quiet_days_stand(look, ad):
    today = paris_day()
    for day, source, views in ((3, "search", 10), (3, "mail", 5), (0, "direct", 2)):
        AdDay.objects.create(
            ad=ad,
            day=today - timedelta(days=day),
            source=source,
            views=views,
            appearances=100,
            apply_clicks=1,
        )
    ApplicationFactory(ad=ad)
    answer = look()
    days = answer.context["days"]
    assert [(day.views, day.applications) for day in days] == [(2, 1), (0, 0), (0, 0), (15, 0)]
    assert answer.context["totals"] == {"appearances": 300, "views": 17, "apply_clicks": 3}
    assert answer.context["sources"] == [("Recherche ASH Job", 10), ("E-mail", 5), ("Accès direct", 2)]


def test_the_chart_is_as_high_as_its_best_day(look, ad):
    for ago, views in ((2, 4), (1, 8), (0, 2)):
        AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=ago), source="search", views=views)
    answer = look()
    heights = [bar["height"] for bar in answer.context["chart"]["bars"]]
    assert heights == [80, 160, 40]
    page = answer.content.decode()
    assert page.count("<rect") == 3
    assert 'role="img"' in page
    assert "style=" not in page.split("<main")[1].split("</main")[0]


def test_it_goes_back_two_months(look, ad):
    AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=200), source="search", views=9)
    AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=61), source="search", views=3)
    answer = look()
    assert len(answer.context["days"]) == 62
    assert answer.context["totals"]["views"] == 12


def test_few_queries_for_many_days(look, ad, django_assert_max_num_queries):
    for ago in range(60):
        AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=ago), source="search", views=ago)
    with django_assert_max_num_queries(16):
        look()
