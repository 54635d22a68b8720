"""What the lists say of themselves: how far a search gave way, where ads stand in an order, whose the places are."""

import re

import pytest
from django.template.loader import render_to_string

from billing.tiers import PRIORITY_MOST
from search import indexing
from search.engines.base import Step
from search.language import understand
from tests.search import build

pytestmark = pytest.mark.django_db
ADS = "/annonces/"


def said(html):
    """The text of a fragment on one line, with plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", "", html).replace("\u00a0", " ").split())


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return said(response.content.decode())


@pytest.fixture
def psychologist():
    build.ad(title="Psychologue F/H", profession=build.profession("Psychologue", "psy"))
    indexing.rebuild("ads")


# --- How far a search gave way ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "q=psycologue",
            "Aucune annonce ne contient « psycologue ». Vouliez-vous dire « psychologue » ? "
            "Voici celles qui correspondent à cette recherche.",
        ),
        (
            "q=psychologue+trapèze",
            "Aucune annonce ne contient tous les mots de « psychologue trapèze ». "
            "Voici celles qui en contiennent le plus.",
        ),
        (
            "q=psycologue+trapèze",
            "Aucune annonce ne contient « psycologue trapèze ». Vouliez-vous dire « psychologue trapèze » ? "
            "Voici celles qui contiennent le plus de ces mots.",
        ),
    ],
)
def test_a_list_that_gave_way_says_how(client, psychologist, query, sentence):
    html = page(client, f"{ADS}?{query}")
    assert sentence in html and "1 annonce pour" in html
    assert sentence in page(client, f"{ADS}carte/?{query}")


def test_a_corrected_word_that_finds_nothing_here_announces_nothing(client, psychologist):
    html = page(client, f"{ADS}?q=psycologue&place=Lille")
    assert "Vouliez-vous dire « psychologue » ?" in html
    assert "Voici celles" not in html and "Aucune annonce ne correspond" in html


@pytest.mark.parametrize(
    ("none", "those"),
    [("Aucune annonce", "celles"), ("Aucune entreprise", "celles"), ("Aucun profil", "ceux")],
)
def test_words_written_nearly_so_are_told(none, those):
    """Elasticsearch alone goes this way: the sentence is drawn from what it would answer."""
    context = {
        "step": Step.FUZZY,
        "corrected": "",
        "text": "kermadek",
        "total": 1,
        "none": none,
        "those": those,
        "understood": understand("kermadek"),
        "sort": "pertinence",
    }
    assert said(render_to_string("components/search_step.html", context)) == (
        f"{none} ne contient exactement « kermadek ». Voici {those} qui contiennent des mots d’orthographe proche."
    )


def test_a_search_that_found_what_was_typed_says_nothing(client, psychologist):
    assert "ne contient" not in page(client, f"{ADS}?q=psychologue")


# --- What an order means ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "passent devant des annonces à peu près aussi récentes"),
        (
            "q=psychologue",
            "passent devant des annonces de pertinence voisine. Pour le reste comptent vos mots",
        ),
        ("sort=date", "aucune priorité. La liste va de l’annonce la plus récente à la plus ancienne."),
        ("q=psychologue&sort=date", "aucune priorité. La liste va de l’annonce la plus récente"),
        (
            "place=Lyon&sort=distance",
            "aucune priorité. La liste va de l’annonce la plus proche à la plus lointaine.",
        ),
        ("sort=salaire", "aucune priorité. La liste va du salaire le plus élevé au plus bas"),
        # An order that cannot be: without a place there are no distances.
        ("sort=distance", "passent devant des annonces à peu près aussi récentes"),
    ],
)
def test_the_list_says_what_sponsoring_is_worth_in_its_order(client, psychologist, query, sentence):
    html = page(client, f"{ADS}?{query}")
    assert html.count("Les annonces « Sponsorisé » sont") == 1 and sentence in html
    assert ("trois d’entre elles au plus" in html) == ("aucune priorité" not in html)
    assert PRIORITY_MOST == 3  # the sentence says so


@pytest.mark.parametrize("query", ["sort=date", "sort=salaire", "place=Lyon&sort=distance"])
def test_in_these_orders_a_sponsored_ad_stands_where_any_other_would(client, query):
    near, paid = build.company(), build.employer("Association Kermadec")
    build.brand(paid)
    build.ad(near, title="Le récent", pay_min=2600, pay_max=2900)
    build.ad(
        build.company(paid, place="Villeurbanne"), title="Le payé", place="Villeurbanne", age=1, pay_min=2000
    )
    indexing.rebuild("ads")
    html = page(client, f"{ADS}?{query}")
    assert "Sponsorisé" in html and html.index("Le récent") < html.index("Le payé")


def test_in_the_usual_order_it_passes_near_equals(client):
    """The counterpart: what the sentence promises to a sponsored ad is also kept."""
    paid = build.employer("Association Kermadec")
    build.brand(paid)
    build.ad(title="Le récent")
    build.ad(build.company(paid), title="Le payé", age=1)
    indexing.rebuild("ads")
    html = page(client, ADS)
    assert html.index("Le payé") < html.index("Le récent")


# --- Sources ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", ADS, f"{ADS}carte/", "/entreprises/"])
def test_every_public_page_names_the_sources_of_its_places(client, address):
    build.company()
    response = client.get(address)
    assert response.status_code == 200
    _, _, foot = response.content.decode().partition('<footer class="foot">')
    assert "Licence Ouverte 2.0 – INSEE, La Poste, Etalab ; GeoNames, CC BY 4.0" in said(foot)
