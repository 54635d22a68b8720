"""Statistics of an ad and of all of an employer's (G24)."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from pages.models import AdDay
from recruiting import figures
from recruiting.models import Application
from reference.dates import paris_day
from reference.models import Profession
from tests.factories import ApplicationFactory, EmployerFactory, JobAdFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True)


@pytest.fixture
def look(client, login, recruiter, ad):
    login(client, recruiter)
    return lambda period="": client.get(
        reverse("recruiting:ad_statistics", args=[ad.pk]), {"periode": period} if period else {}
    )


def count(ad, ago=0, source="search", **counts):
    return AdDay.objects.create(ad=ad, day=paris_day() - timedelta(days=ago), source=source, **counts)


def lines(answer) -> list[list[str]]:
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_before_any_figure_it_says_what_will_stand_there(look):
    assert "Pas encore de chiffres" in look().content.decode()


def test_each_day_is_the_sum_of_its_sources_and_quiet_days_stand(look, ad):
    for ago, source, views in ((3, "search", 10), (3, "mail", 5), (0, "direct", 2)):
        count(ad, ago, source, views=views, appearances=100, apply_clicks=1)
    ApplicationFactory(ad=ad)
    Application.objects.filter(pk=ApplicationFactory(ad=ad).pk).update(answered_at=timezone.now())
    answer = look()
    days = answer.context["days"]
    assert [(day.views, day.applications, day.answered) for day in days] == [
        (2, 2, 1),
        (0, 0, 0),
        (0, 0, 0),
        (15, 0, 0),
    ]
    assert answer.context["totals"] == figures.Figures(300, 17, 3, 2, 1)
    assert [(source.label, source.views) for source in answer.context["sources"]] == [
        ("Recherche ASH Job", 10),
        ("Alerte ou e-mail", 5),
        ("Accès direct", 2),
    ]
    assert "dont 1 répondue" in answer.content.decode()


def test_the_chart_is_as_high_as_its_best_day_and_says_so_in_words(look, ad):
    for ago, views in ((2, 4), (1, 8), (0, 2)):
        count(ad, ago, views=views)
    answer = look()
    assert [bar["height"] for bar in answer.context["chart"]["bars"]] == [80, 160, 40]
    page = answer.content.decode()
    assert page.count("<rect") == 3
    assert 'role="img"' in page
    assert '<title id="chart-title">Vues par jour</title>' in page
    assert "14\u00a0vues, 8 au plus" in page
    assert "style=" not in page.split("<main")[1].split("</main")[0]


def test_a_long_run_is_drawn_by_week(look, ad):
    count(ad, 200, views=9)
    count(ad, 61, views=3)
    answer = look()
    assert len(answer.context["days"]) == 201
    assert len(answer.context["table_days"]) == 62
    assert len(answer.context["chart"]["bars"]) == 29
    assert answer.context["totals"].views == 12
    assert "Vues par semaine" in answer.content.decode()


@pytest.mark.parametrize(("period", "views"), [("7", 1), ("30", 3), ("tout", 7), ("", 7), ("<b>", 7)])
def test_a_period(look, ad, period, views):
    for ago, seen in ((6, 1), (29, 2), (30, 4)):
        count(ad, ago, views=seen)
    answer = look(period)
    assert answer.context["totals"].views == views
    assert "<b>" not in answer.context["period"].key


def test_the_query_count_does_not_grow(look, ad, django_assert_num_queries, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    count(ad, 0, views=1)
    look()
    with CaptureQueriesContext(
        connection,
    ) as few:
        look()
    for ago in range(1, 60):
        count(ad, ago, views=ago)
        ApplicationFactory(ad=ad) if ago < 4 else None
    with django_assert_num_queries(len(few)):
        look()
    assert len(few) <= 16


def test_what_is_usual_needs_enough_ads_of_enough_employers(look, ad, ormeaux):
    ad.profession = profession = Profession.objects.first()
    ad.save()
    count(ad, 0, views=12)

    def more(employer, views):
        other = JobAdFactory(employer=employer, live=True, profession=profession)
        count(other, 0, views=views)

    for views in (1, 2, 30, 40):
        more(ormeaux, views)
    rivals = [EmployerFactory(with_page=True) for _ in range(3)]
    for employer, views in ((rivals[0], 5), (rivals[0], 7), (rivals[0], 9), (rivals[1], 11), (rivals[1], 13)):
        more(employer, views)
    answer = look()
    assert answer.context["usual_here"] is answer.context["usual_elsewhere"] is None
    assert "Par comparaison" not in answer.content.decode()
    more(ormeaux, 3)
    more(rivals[2], 15)
    cache.clear()
    answer = look()
    assert answer.context["usual_here"] == figures.Usual(3, 5)
    assert answer.context["usual_elsewhere"] == figures.Usual(10, 6)
    assert answer.context["own_pace"] == 12
    assert "10,0 (médiane de 6\u00a0annonces)" in answer.content.decode()


def test_the_file_of_an_ad(client, look, ad):
    count(ad, 1, "mail", views=5, appearances=9, apply_clicks=2)
    count(ad, 40, "search", views=1)
    ApplicationFactory(ad=ad)
    look()
    answer = client.get(reverse("recruiting:ad_statistics_csv", args=[ad.pk]), {"periode": "30"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="statistiques-{ad.pk}-')
    today, yesterday = paris_day().isoformat(), (paris_day() - timedelta(days=1)).isoformat()
    assert lines(answer)[1:] == [
        [yesterday, "Alerte ou e-mail", "9", "5", "2", "", ""],
        [today, "Toutes provenances", "", "", "", "1", "0"],
    ]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1"])
def test_no_cell_is_a_formula(client, look, ad, title):
    type(ad).objects.filter(pk=ad.pk).update(title=title)
    look()
    cell = lines(client.get(reverse("recruiting:statistics_csv")))[1][1]
    assert cell == f"'{title}"


def test_all_ads_together_the_most_seen_first(client, look, ad, ormeaux, riviere):
    second = JobAdFactory(employer=ormeaux, live=True)
    JobAdFactory(employer=ormeaux)  # a draft has no figures
    foreign = JobAdFactory(employer=riviere, live=True)
    count(ad, 1, views=3)
    count(second, 0, "print", views=8)
    count(foreign, 0, views=500)
    ApplicationFactory(ad=ad)
    look()
    answer = client.get(reverse("recruiting:statistics"))
    assert [(row["ad"].pk, row["figures"].views) for row in answer.context["rows"]] == [
        (second.pk, 8),
        (ad.pk, 3),
    ]
    assert answer.context["totals"] == figures.Figures(0, 11, 0, 1, 0)
    week = client.get(reverse("recruiting:statistics"), {"periode": "7", "page": "99"})
    assert len(week.context["rows"]) == 2
    rows = lines(client.get(reverse("recruiting:statistics_csv")))
    assert [row[0] for row in rows[1:]] == [str(second.pk), str(ad.pk)]


def test_the_overview_costs_the_same_for_many_ads(client, look, ad, ormeaux, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    count(ad, 0, views=1)
    look()
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("recruiting:statistics"))
    for _ in range(6):
        count(JobAdFactory(employer=ormeaux, live=True), 0, views=2)
    with django_assert_num_queries(len(few)):
        client.get(reverse("recruiting:statistics"))
    assert len(few) <= 14


def test_without_any_ad_the_overview_says_what_will_stand_there(client, login, stranger):
    login(client, stranger)
    assert "Pas encore de chiffres" in client.get(reverse("recruiting:statistics")).content.decode()
    assert len(lines(client.get(reverse("recruiting:statistics_csv")))) == 1


@pytest.mark.permissions
@pytest.mark.parametrize("name", ["ad_statistics", "ad_statistics_csv"])
def test_another_employers_ad_answers_as_one_that_is_not(client, login, stranger, ad, name):
    login(client, stranger)
    foreign = client.get(reverse(f"recruiting:{name}", args=[ad.pk]))
    absent = client.get(reverse(f"recruiting:{name}", args=[999_999]))
    assert foreign.status_code == absent.status_code == 404


def test_the_files_are_not_fetched_without_end(client, login, recruiter):
    login(client, recruiter)
    codes = [client.get(reverse("recruiting:statistics_csv")).status_code for _ in range(121)]
    assert (codes[119], codes[120]) == (200, 429)
