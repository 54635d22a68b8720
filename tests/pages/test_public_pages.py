"""What the public sees, and that it sees nothing else."""

import json
import re

import pytest
from django.utils import timezone

from billing.models import Entitlement
from pages import ads
from pages.models import AdDay
from reference.dates import paris_day
from search.tasks import drain
from tests.factories import CompanyPageFactory, EmployerFactory, JobAdFactory

BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def ad(ormeaux):
    return JobAdFactory(employer=ormeaux, live=True, pay_min=2150, pay_max=2900)


def brand(employer, tier="marque"):
    Entitlement.objects.create(
        employer=employer,
        kind="company_page",
        tier=tier,
        starts_on=paris_day(),
        ends_on=paris_day(),
        reference=f"test:{employer.pk}",
    )


# --- Ads ----------------------------------------------------------------------------------------------------


def test_an_ad_shows_its_facts_and_leads_to_applying(ad, client):
    body = client.get(ad.get_url()).content.decode()
    assert "CDI" in body
    assert "2\u202f150\u00a0–\u00a02\u202f900\u202f€ brut/mois" in body
    assert f'href="/postuler/{ad.pk}/"' in body
    assert "Voir la page" in body


def test_structured_data_cannot_end_its_script(ormeaux, client):
    ad = JobAdFactory(
        employer=ormeaux, live=True, title="</script><script>alert(1)</script> F/H", pay_min=2000
    )
    body = client.get(ad.get_url()).content.decode()
    assert "<script>alert" not in body
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.S).group(1))
    assert data["title"] == ad.title
    assert data["@type"] == "JobPosting"
    assert data["validThrough"] == ad.placements.get().ends_at.isoformat()
    assert data["jobLocation"]["address"]["addressLocality"] == "Villeurbanne"
    assert data["baseSalary"]["value"]["unitText"] == "MONTH"
    assert data["employmentType"] == ["FULL_TIME"]


@pytest.mark.invariant
def test_the_last_second_before_midnight_in_paris(ad, client, time_machine):
    ends_at = ad.placements.get().ends_at
    assert timezone.localtime(ends_at).strftime("%H:%M:%S") == "00:00:00"
    time_machine.move_to(ends_at - timezone.timedelta(seconds=1), tick=False)
    assert "Envoyer ma candidature" in client.get(ad.get_url()).content.decode()
    time_machine.move_to(ends_at, tick=False)
    body = client.get(ad.get_url()).content.decode()
    assert "n’est plus en ligne" in body
    assert "Envoyer ma candidature" not in body
    assert "ld+json" not in body


def test_an_ad_that_is_over_says_so_then_is_gone(ad, client, time_machine):
    ends_at = ad.placements.get().ends_at
    time_machine.move_to(ends_at + timezone.timedelta(days=29))
    assert client.get(ad.get_url()).status_code == 200
    time_machine.move_to(ends_at + timezone.timedelta(days=31))
    assert client.get(ad.get_url()).status_code == 410


def test_an_ad_offline_or_filled_says_so(ad, recruiter, client):
    other = JobAdFactory(live=True)
    drain.func()
    ads.unpublish(ad, recruiter)
    body = client.get(ad.get_url()).content.decode()
    assert "n’est plus en ligne" in body
    assert other.title in body  # of the same trade
    ad.get_latest_revision().publish()
    ads.mark_filled(ad)
    assert "le poste est pourvu" in client.get(ad.get_url()).content.decode()


def test_what_never_was_public_has_no_address(ormeaux, client):
    draft = JobAdFactory(employer=ormeaux)
    assert client.get(draft.get_url()).status_code == 404


@pytest.mark.invariant
def test_nothing_is_served_under_a_company_page_that_is_offline(ad, client):
    ad.employer.company_page.unpublish()
    assert client.get(ad.get_url()).status_code == 404
    assert client.get(ad.employer.company_page.get_url()).status_code == 404
    assert ad.get_url() not in client.get("/sitemap.xml").content.decode()


def test_back_to_the_results(ad, client):
    results = "/annonces/?q=%C3%A9duc&place=Lyon"
    body = client.get(ad.get_url(), headers={"referer": f"http://testserver{results}"}).content.decode()
    assert 'href="/annonces/?q=%C3%A9duc&amp;place=Lyon">← Retour aux résultats' in body
    body = client.get(
        ad.get_url(), headers={"referer": "https://evil.example/annonces/?q=1"}
    ).content.decode()
    assert "Retour aux résultats" not in body


def test_an_ad_is_a_constant_number_of_queries(ad, client, django_assert_max_num_queries):
    client.get(ad.get_url())
    with django_assert_max_num_queries(32):
        client.get(ad.get_url())


# --- Counting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        ({}, "direct"),
        ({"referer": "http://testserver/annonces/?q=es"}, "search"),
        ({"referer": "http://testserver/entreprises/les-ormeaux/"}, "company"),
        ({"referer": "https://www.google.fr/"}, "engine"),
        ({"referer": "https://www.lien-social.example/"}, "other"),
    ],
)
def test_a_view_is_counted_by_source(ad, client, headers, source):
    for _ in range(2):
        client.get(ad.get_url(), headers=BROWSER | headers)
    day = AdDay.objects.get(ad=ad)
    assert (day.source, day.views, day.day) == (source, 2, paris_day())


def test_robots_the_office_and_the_own_team_are_not_counted(
    ad, client, recruiter, sales, candidate_user, login
):
    client.get(ad.get_url(), headers={"user-agent": "Googlebot/2.1"})
    client.head(ad.get_url(), headers=BROWSER)
    for person in (recruiter, sales):
        login(client, person)
        client.get(ad.get_url(), headers=BROWSER)
    assert not AdDay.objects.exists()
    login(client, candidate_user)
    client.get(ad.get_url() + "?utm_medium=email", headers=BROWSER)
    assert AdDay.objects.get().source == "mail"


# --- Companies ----------------------------------------------------------------------------------------------


def test_a_company_page_shows_its_visible_ads(ad, ormeaux, client):
    draft = JobAdFactory(employer=ormeaux, title="Brouillon secret F/H")
    body = client.get(ormeaux.company_page.get_url()).content.decode()
    assert ad.title in body
    assert draft.title not in body
    assert "1\u00a0annonce en ligne" in body


def test_brand_parts_show_only_while_they_are_paid_for(ormeaux, client):
    page = ormeaux.company_page
    page.brand = [("paragraph", "<p>Notre manière de travailler</p>")]
    page.save_revision().publish()
    assert "Notre manière" not in client.get(page.get_url()).content.decode()
    brand(ormeaux)
    assert "Notre manière" in client.get(page.get_url()).content.decode()


def test_the_list_of_companies_marks_paid_tiers_in_few_queries(db, client, django_assert_max_num_queries):
    names = ["Alpha", "Béta", "Gamma", "Zêta"]
    employers = [EmployerFactory(legal_name=name, with_page=True) for name in names]
    brand(employers[3], "marque_plus")
    JobAdFactory(employer=employers[1], live=True)
    CompanyPageFactory(employer=EmployerFactory(legal_name="Cachée"), live=False)
    drain.func()
    client.get("/entreprises/")
    with django_assert_max_num_queries(16):
        body = client.get("/entreprises/").content.decode()
    featured = body[body.index("company featured") :]
    assert featured.index(">Zêta<") < featured.index("</article>")
    assert body.count("company featured") == 2  # at the head, and in its place from A to Z
    assert "Sponsorisé" in body
    assert "Cachée" not in body
    assert "1\u00a0annonce" in body
    body = client.get("/entreprises/?q=gamma").content.decode()
    assert "Gamma" in body
    assert "Alpha" not in body
    assert "Aucune entreprise ne correspond" in client.get("/entreprises/?q=zzzzz").content.decode()


# --- The rest -----------------------------------------------------------------------------------------------


def test_the_home_page(ad, client, django_assert_max_num_queries):
    drain.func()
    client.get("/")
    with django_assert_max_num_queries(14):
        body = client.get("/").content.decode()
    assert ad.title in body
    assert "/annonces/?profession=educateur-specialise" in body


@pytest.mark.parametrize(
    "path",
    ["/", "/mentions-legales/", "/vos-donnees/", "/accessibilite/", "/conditions-generales/", "/magazine/"],
)
def test_editorial_pages(path, client, db):
    assert client.get(path).status_code == 200


def test_sitemap_and_robots(ad, client):
    body = client.get("/sitemap.xml").content.decode()
    assert ad.get_url() in body
    assert ad.employer.company_page.get_url() in body
    assert "/vos-donnees/" in body
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /gestion/" in robots
    assert "sitemap.xml" in robots
