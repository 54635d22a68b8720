"""The lists as people use them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from billing.models import Entitlement
from pages.models import AdDay, JobAd
from reference.models import ContractType, Diploma
from search import indexing
from tests.search import build

pytestmark = pytest.mark.django_db
ADS, COMPANIES, CVS = "/annonces/", "/entreprises/", "/cvtheque/"
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 Firefox/150.0"}


def page(client, url, **headers):
    response = client.get(url, **headers)
    assert response.status_code == 200
    return response.content.decode()


def test_the_addresses():
    assert (reverse("search:ads"), reverse("search:cvs")) == (ADS, CVS)


def test_a_visitor_searches_a_trade_near_a_town(client, fresh, engine):
    near = build.ad(title="Éducatrice spécialisée en IME", place="Villeurbanne", pay_min=2150, pay_max=2900)
    build.ad(near.get_parent().specific, title="Éducateur spécialisé à Lille", place="Lille")
    fresh("ads")
    html = page(client, ADS + "?q=éduc+spé&place=Lyon&radius=30")
    assert near.get_url() in html and "à Lille" not in html
    assert "<mark>Éducatrice spécialisée</mark>" in html
    assert "1\u00a0annonce" in html and "Lyon (69)" in html
    assert "2\u202f150\u00a0–\u00a02\u202f900" in html
    assert 'value="éduc spé"' in html and 'value="Lyon"' in html


def test_an_unpublished_ad_is_gone_at_once(client, fresh, engine):
    gone, stays = build.ad(), build.ad(build.company(build.employer("Sauvegarde du Nord")))
    fresh("ads")
    gone.unpublish()  # and the index has not heard of it
    html = page(client, ADS)
    assert gone.get_url() not in html and stays.get_url() in html
    assert "1\u00a0annonce<" in html


def test_an_ad_past_its_last_day_is_gone_whatever_the_index_says(client, fresh, engine):
    ad = build.ad()
    fresh("ads")
    with time_machine.travel(ad.placements.get().ends_at - timedelta(seconds=1)):
        assert ad.get_url() in page(client, ADS)
    with time_machine.travel(ad.placements.get().ends_at):
        assert ad.get_url() not in page(client, ADS)


def test_filters_are_checkboxes_with_counts_and_chips_take_them_off(client):
    employer = build.company()
    cdd = ContractType.objects.get(code="cdd")
    build.ad(employer, contract_type=cdd, title="Le remplacement")
    build.ad(employer, title="Le poste durable")
    indexing.rebuild("ads")
    html = page(client, ADS + "?contract=cdd&q=trapéziste")
    assert "Aucune annonce" in html
    html = page(client, ADS + "?contract=cdd&q=remplacement")
    assert "Le <mark>remplacement</mark>" in html and "Le poste durable" not in html
    assert 'name="contract" value="cdd" checked' in html
    assert 'href="?q=remplacement"' in html  # the chip's link
    assert 'type="hidden" name="contract" value="cdd"' in html  # new words keep the filter


def test_sorts_and_pages_are_addresses(client):
    employer = build.company(build.employer(credit=23))
    for _ in range(23):
        build.ad(employer)
    indexing.rebuild("ads")
    first = page(client, ADS + "?sort=date&contract=cdi")
    assert "contract=cdi" in first and "page=2" in first
    seen = {ad.get_url() for ad in JobAd.objects.all() if ad.get_url() in first}
    second = page(client, ADS + "?sort=date&contract=cdi&page=2")
    assert len(seen) == 20
    assert {ad.get_url() for ad in JobAd.objects.all() if ad.get_url() in second}.isdisjoint(seen)
    assert "Page 2 sur 2" in page(client, ADS + "?page=77")
    assert "sort=distance" not in first
    assert "sort=distance" in page(client, ADS + "?place=Lyon")


def test_an_empty_list_offers_a_wider_radius(client):
    build.ad(place="Lyon", title="Psychologue F/H")
    indexing.rebuild("ads")
    html = page(client, ADS + "?q=psychologue&place=Saint-Étienne&radius=10")
    assert "Aucune annonce ne correspond" in html
    assert "radius=50" in html and "place=Saint" in html
    assert "Chercher dans toute la France" in html


def test_an_empty_site_says_what_will_stand_there(client):
    assert "Les annonces paraîtront ici" in page(client, ADS)


def test_an_unknown_place_is_said(client):
    ad = build.ad()
    indexing.rebuild("ads")
    html = page(client, ADS + "?place=Trifouillis-les-Oies")
    assert "Nous ne connaissons pas le lieu" in html and ad.get_url() in html


def test_a_typing_error_is_said(client):
    build.ad(title="Psychologue F/H")
    indexing.rebuild("ads")
    html = page(client, ADS + "?q=psycologue")
    assert "Aucune annonce ne contient «\u00a0psycologue" in html.replace("« ", "«\u00a0")
    assert "<b>psychologue</b>" in html


def test_a_typing_error_is_said_of_companies_too(client):
    build.company(build.employer("Association Les Ormeaux", credit=0))
    indexing.rebuild("companies")
    html = page(client, COMPANIES + "?q=ormaux")
    assert "Aucune entreprise ne contient «\u00a0ormaux\u00a0»" in html
    assert "Voici celles qui correspondent à cette recherche." in html and "<mark>Ormeaux</mark>" in html
    html = page(client, COMPANIES + "?q=ormeaux+trapèze")
    assert "Aucune entreprise ne contient tous les mots de «\u00a0ormeaux trapèze\u00a0»" in html
    for query in ("", "?q=ormeaux", "?q=xylophone"):
        assert "ne contient" not in page(client, COMPANIES + query)


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("Le Mans", "à moins de 30\u00a0km du Mans (72)"),
        ("Angers", "à moins de 30\u00a0km d’Angers (49)"),
        ("72", "dans le département de la Sarthe (72)"),
        ("Mayenne (département)", "dans le département de la Mayenne (53)"),
        ("Bretagne", "en région Bretagne"),
    ],
)
def test_every_list_says_where_it_looks(recruiter, place, where):
    build.company()
    indexing.rebuild("companies")
    for address in (ADS, COMPANIES, CVS):
        assert where in page(recruiter, f"{address}?place={place}"), address


def test_a_place_is_offered_in_french(client):
    html = page(client, ADS + "?q=ehpad+les+lilas")
    assert "«\u00a0ehpad\u00a0» aux Lilas (93)" in html


def test_every_list_with_filters_keeps_what_stands_open(recruiter):
    build.company()
    for address in (ADS, reverse("search:map"), COMPANIES, CVS):
        html = page(recruiter, address)
        assert 'id="facets"' in html and html.count("js/facets.js") == 1, address


def test_what_was_understood_of_a_sentence_is_said(client):
    build.ad(title="Psychologue F/H", profession=build.profession("Psychologue", "psy"))
    indexing.rebuild("ads")
    html = page(client, ADS + "?q=je+cherche+un+poste+de+psychologue+-nuit")
    assert "Mots cherchés\u00a0: psychologue\u00a0; écartés\u00a0: nuit." in html
    assert "vient en premier" in html
    by_date = page(client, ADS + "?q=je+cherche+un+poste+de+psychologue+-nuit&sort=date")
    assert "écartés\u00a0: nuit." in by_date and "vient en premier" not in by_date


def test_a_sponsored_ad_is_labelled(client):
    employer = build.employer()
    ad = build.ad(build.company(employer))
    indexing.rebuild("ads")
    assert '<li class="tag sp">Sponsorisé</li>' not in page(client, ADS)
    build.brand(employer)
    html = page(client, ADS)
    assert ad.get_url() in html and '<li class="tag sp">Sponsorisé</li>' in html


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=999999999",
        "page=-1",
        "radius=9e9",
        "sort=%27",
        "pay=1e3",
        "since=x",
        "contract=" + "x" * 500,
        "&".join(f"structure={n}" for n in range(200)),
        "q=%00%00",
        "place=%00",
        "contract=%00a",
        "q=%22%27%3Cscript%3Ealert(1)%3C/script%3E",
        "place=%3Cscript%3E",
        "remote=1&remote=2",
    ],
)
def test_no_address_breaks_the_list(client, fresh, engine, query):
    build.ad()
    fresh("ads")
    assert "<script>alert" not in page(client, f"{ADS}?{query}")


def test_only_reading_is_allowed(client):
    assert client.post(ADS).status_code == 405
    assert client.post(CVS).status_code == 405


def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, on_postgres):
    employer = build.company(build.employer(credit=15))
    for _ in range(5):
        build.ad(employer)
    indexing.rebuild("ads")
    page(client, ADS + "?q=éducateur")
    with django_assert_max_num_queries(6 + (3 if on_postgres else 0)):
        page(client, ADS + "?q=éducateur")
    for _ in range(10):
        build.ad(employer)
    indexing.rebuild("ads")
    with django_assert_max_num_queries(6 + (3 if on_postgres else 0)):
        page(client, ADS + "?q=éducateur")


def test_appearances_are_counted_for_readers_and_not_for_robots(client):
    ad = build.ad()
    indexing.rebuild("ads")
    page(client, ADS, **BROWSER)
    page(client, ADS, HTTP_USER_AGENT="Googlebot/2.1")
    assert AdDay.objects.get(ad=ad).appearances == 1


# --- The CV library ---------------------------------------------------------------------------------------------------


@pytest.fixture
def cv(db):
    deas = Diploma.objects.order_by("pk").first()
    found = build.candidate(
        first_name="Oriane",
        last_name="Delaroche",
        headline="Oriane, éducatrice",
        presentation="Dix ans en foyer.",
        text="Oriane Delaroche, oriane@exemple.org. Stages au CHRS de Bron.",
        diplomas=[deas] if deas else [],
    )
    indexing.rebuild("cvs")
    return found


@pytest.fixture
def employer(db):
    return build.employer("Association Les Ormeaux")


@pytest.fixture
def recruiter(employer, client, login):
    login(client, employer.memberships.get().user)
    return client


@pytest.mark.permissions
def test_a_visitor_is_told_what_the_library_is(client, cv):
    html = page(client, CVS)
    assert "Créer mon espace recruteur" in html and "Se connecter" in html
    assert str(cv.public_id) not in html


@pytest.mark.permissions
def test_a_candidate_is_no_recruiter(client, login, cv):
    html = page(login(client, cv.user), CVS)
    assert "Gérer mon CV" in html and str(cv.public_id) not in html


@pytest.mark.permissions
def test_a_recruiter_searches_without_subscribing_and_sees_no_person(recruiter, cv):
    html = page(recruiter, CVS + "?q=chrs")
    assert "1\u00a0profil" in html and "Profil anonyme" in html and "Voir les abonnements" in html
    for secret in ("Oriane", "Delaroche", "exemple.org", "Bron", "CHRS"):
        assert secret not in html
    assert "Éducateur spécialisé" in html


def test_a_subscriber_reads_what_was_found_and_opens_the_profile(recruiter, employer, cv):
    build.brand(employer, kind=Entitlement.Kind.CV_ACCESS)
    html = page(recruiter, CVS + "?q=foyer")
    assert "Voir les abonnements" not in html
    assert "en <mark>foyer</mark>" in html
    assert reverse("recruiting:cv", args=[cv.public_id]) in html


def test_a_stale_profile_leaves_the_list_by_itself(recruiter, cv):
    assert "1\u00a0profil" in page(recruiter, CVS)
    type(cv).objects.filter(pk=cv.pk).update(refreshed_at=timezone.now() - timedelta(days=45, seconds=1))
    html = page(recruiter, CVS)
    assert str(cv.public_id) not in html and "Aucun profil ne correspond" in html


def test_the_library_costs_the_same_whatever_its_length(
    recruiter, cv, django_assert_max_num_queries, on_postgres
):
    page(recruiter, CVS)
    for _ in range(8):
        build.candidate()
    indexing.rebuild("cvs")
    with django_assert_max_num_queries(13 + (3 if on_postgres else 0)):
        page(recruiter, CVS + "?q=éducateur")


@pytest.mark.parametrize("value", ["²", "١٢", "-1", "1e3", "9" * 30, "\x00"])
def test_no_address_makes_the_list_fail(client, fresh, engine, value):
    for name in ("page", "radius", "pay", "since", "sort", "place", "q", "profession"):
        assert client.get(ADS, {name: value}).status_code == 200, name
