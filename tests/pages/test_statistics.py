"""Counting: through the public way in, by source; robots, the office and one's own team left out."""

import pytest
from django.db import OperationalError, connection, transaction

from pages.models import AdDay
from pages.statistics import counters, readers
from tests.factories import JobAdFactory

pytestmark = pytest.mark.django_db

BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True)


def totals(ad) -> dict:
    return {day.source: (day.appearances, day.views, day.apply_clicks) for day in AdDay.objects.filter(ad=ad)}


@pytest.mark.parametrize(
    ("query", "referrer", "source"),
    [
        ("", "http://testserver/annonces/?q=es", "search"),
        ("", "http://testserver/entreprises/les-ormeaux/", "company"),
        ("", "http://testserver/entreprises/autre/une-annonce/", "site"),
        ("", "http://testserver/", "site"),
        ("", "https://www.linkedin.com/feed/", "social"),
        ("", "https://duckduckgo.com/", "engine"),
        ("", "https://google.example.evil/", "other"),
        ("", "http://[bad", "direct"),
        ("?utm_medium=print", "", "print"),
        ("?utm_medium=rss", "https://lecteur.example/", "api"),
        ("?utm_medium=<script>", "", "direct"),
    ],
)
def test_where_a_reader_came_from(ad, client, query, referrer, source):
    client.get(ad.get_url() + query, headers=BROWSER | {"referer": referrer})
    assert totals(ad) == {source: (0, 1, 0)}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0",
        "python-requests/2.32",
        "curl/8.5.0",
        "facebookexternalhit/1.1",
    ],
)
def test_robots_are_not_readers(ad, client, agent):
    for address in (ad.get_url(), f"/postuler/{ad.pk}/", ad.employer.company_page.get_url()):
        client.get(address, headers={"user-agent": agent})
    assert not AdDay.objects.exists()


@pytest.mark.parametrize(
    "agent",
    [
        BROWSER["user-agent"],
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
        "Safari/537.36 Edg/140.0.0.0",
        "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
        "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    ],
)
def test_browsers_are_readers(agent):
    assert not readers.is_robot(agent)


def test_the_own_team_and_the_office_are_left_out_everywhere(ad, client, colleague, sales, stranger, login):
    ways = (ad.get_url(), f"/postuler/{ad.pk}/", ad.employer.company_page.get_url())
    for person in (colleague, sales):
        login(client, person)
        for address in ways:
            client.get(address, headers=BROWSER)
    assert not AdDay.objects.exists()
    login(client, stranger)
    for address in ways:
        client.get(address, headers=BROWSER)
    assert totals(ad) == {"direct": (0, 1, 1), "company": (1, 0, 0)}


@pytest.mark.parametrize(
    "headers",
    [
        {"cache-control": "max-age=0"},
        {"cache-control": "no-cache"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
)
def test_loading_again_and_loading_ahead_are_not_counted(ad, client, headers):
    client.get(ad.get_url(), headers=BROWSER)
    client.get(ad.get_url(), headers=BROWSER | headers)
    client.get(f"/postuler/{ad.pk}/", headers=BROWSER | headers)
    assert totals(ad) == {"direct": (0, 1, 0)}


def test_coming_back_from_the_form_is_the_same_look(ad, client):
    for referrer in (f"http://testserver/postuler/{ad.pk}/", f"http://testserver{ad.get_url()}"):
        client.get(ad.get_url(), headers=BROWSER | {"referer": referrer})
    client.head(ad.get_url(), headers=BROWSER)
    assert not AdDay.objects.exists()


def test_a_click_has_the_source_of_the_look_before_it(ad, client):
    page = client.get(ad.get_url() + "?utm_medium=email", headers=BROWSER).content.decode()
    link = f"/postuler/{ad.pk}/?de=mail"
    assert f'href="{link}"' in page
    client.get(link, headers=BROWSER | {"referer": f"http://testserver{ad.get_url()}"})
    client.post(link, headers=BROWSER)  # the form with mistakes is no other click
    assert totals(ad) == {"mail": (0, 1, 1)}
    client.get(f"/postuler/{ad.pk}/?de=invented", headers=BROWSER)
    assert set(totals(ad)) == {"mail", "direct"}


def test_the_way_out_leads_to_the_ads_own_link_alone(ormeaux, client):
    ad = JobAdFactory(
        employer=ormeaux, live=True, apply_mode="lien", apply_url="https://emploi.test.example/7"
    )
    for query in ("?next=https://evil.example/", "?url=//evil.example", "?de=https://evil.example"):
        answer = client.get(f"/postuler/{ad.pk}/{query}", headers=BROWSER)
        assert (answer.status_code, answer.url) == (302, "https://emploi.test.example/7")
    assert totals(ad) == {"direct": (0, 0, 3)}


def test_an_ad_that_is_over_counts_nothing(ad, client, recruiter):
    from pages import ads

    ads.unpublish(ad, recruiter)
    client.get(ad.get_url(), headers=BROWSER)
    client.get(f"/postuler/{ad.pk}/", headers=BROWSER)
    assert not AdDay.objects.exists()


def test_the_days_go_with_the_ad(ad, client):
    client.get(ad.get_url(), headers=BROWSER)
    counters.add([ad.pk, 999_999], "views", "direct")
    ad.delete()
    counters.flush()
    assert not AdDay.objects.exists()


def test_a_count_survives_a_transaction_that_is_rolled_back(ad):
    with pytest.raises(RuntimeError), transaction.atomic():
        counters.add([ad.pk], "views", "direct")
        raise RuntimeError
    counters.flush()
    assert totals(ad) == {"direct": (0, 1, 0)}


def test_a_busy_process_writes_the_counts_of_several_answers_together(ad, client, settings):
    client.get(ad.get_url(), headers=BROWSER)
    settings.COUNTS_PAUSE = 3600
    for _ in range(2):
        client.get(ad.get_url(), headers=BROWSER)
    assert totals(ad) == {"direct": (0, 1, 0)}
    settings.COUNTS_PAUSE = 0
    client.get("/", headers=BROWSER)
    assert totals(ad) == {"direct": (0, 3, 0)}


def test_a_busy_database_delays_a_count_and_loses_none(ad, monkeypatch):
    write = counters._write

    def busy(rows):
        raise OperationalError("database is locked")

    monkeypatch.setattr(counters, "_write", busy)
    for _ in range(3):
        counters.add([ad.pk], "views", "direct")
        counters.flush()
    assert not AdDay.objects.exists()
    monkeypatch.setattr(counters, "_write", write)
    counters.flush()
    counters.flush()
    assert totals(ad) == {"direct": (0, 3, 0)}


def test_many_ads_are_one_statement_and_a_view_asks_nothing_in_the_answer(
    ormeaux, rf, django_assert_num_queries
):
    from django.contrib.auth.models import AnonymousUser

    ads = [JobAdFactory(employer=ormeaux) for _ in range(3)]
    request = rf.get("/", headers=BROWSER)
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        readers.count_view(ads[0], request)
        readers.count_appearances([ad.pk for ad in ads], request, "search")
    pragmas = 2 if connection.vendor == "sqlite" else 0
    for _ in range(2):
        with django_assert_num_queries(3 + pragmas):  # savepoint, statement, release
            counters.flush()
        counters.add([ad.pk for ad in ads], "appearances", "search")
    counters.flush()
    assert AdDay.objects.get(ad=ads[2]).appearances == 3


def test_a_day_in_paris(ad, time_machine):
    time_machine.move_to("2027-03-14T23:30:00+00:00", tick=False)
    counters.add([ad.pk], "views", "direct")
    counters.flush()
    assert AdDay.objects.get(ad=ad).day.isoformat() == "2027-03-15"
