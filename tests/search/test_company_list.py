"""The list of companies as a search: what was found in them, how far they are, in which order they stand."""

import re

import pytest

from search import indexing
from tests.search import build
from tests.search.test_sentences import said

pytestmark = pytest.mark.django_db
COMPANIES = "/entreprises/"


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def names(html):
    return [said(name) for name in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", html)]


@pytest.fixture
def three():
    build.company(title="Les Tilleuls", presentation="<p>Une équipe de <b>psychologues</b> & co.</p>")
    build.company(title="Apprentis du Rhône", place="Villeurbanne")
    build.company(title="Zénith <social>", place="Lille")
    indexing.rebuild("companies")


def test_what_was_found_is_marked(client, three):
    html = page(client, f"{COMPANIES}?q=tilleuls")
    assert re.search(r"<h2><a [^>]*>Les <mark>Tilleuls</mark></a></h2>", html)
    html = page(client, f"{COMPANIES}?q=psychologues")
    assert re.search(r'<p class="excerpt">.*<mark>psychologues</mark> &amp; co', html)
    assert "<social>" not in page(client, f"{COMPANIES}?q=zenith")
    assert 'class="excerpt"' not in page(client, COMPANIES)


def test_the_distance_is_told_and_sorts(client, three):
    html = page(client, f"{COMPANIES}?place=Lyon&radius=30&sort=distance")
    assert names(html) == ["Les Tilleuls", "Apprentis du Rhône"]
    assert re.search(r"Villeurbanne \(69\) · <span class=\"nowrap\">[1-9][0-9]?\u00a0km</span>", html)


@pytest.mark.parametrize(
    ("query", "orders", "on", "first"),
    [
        ("sort=date", ["nom", "nouveauté"], "nouveauté", "Zénith <social>"),
        ("place=Lyon", ["nom", "nouveauté", "distance"], "nom", "Apprentis du Rhône"),
        ("q=siege", ["pertinence", "nouveauté"], "pertinence", None),
        # Pay is no order of companies, nor is distance without a place.
        ("sort=salaire", ["nom", "nouveauté"], "nom", "Apprentis du Rhône"),
        ("sort=distance", ["nom", "nouveauté"], "nom", "Apprentis du Rhône"),
    ],
)
def test_the_orders_that_make_sense_are_offered(client, three, query, orders, on, first):
    html = page(client, f"{COMPANIES}?{query}")
    [nav] = re.findall(r'<nav class="sorts".*?</nav>', html, re.S)
    assert re.findall(r"<a [^>]*>(.*?)</a>", nav) == orders
    assert re.findall(r'aria-current="true">(.*?)</a>', nav) == [on]
    if first:
        assert names(html)[0] == first.replace("<", "&lt;").replace(">", "&gt;")


def test_what_stands_first_is_said_of_each_order(client, three):
    assert "ouvrent la liste" in page(client, COMPANIES)
    assert "pertinence voisine" in page(client, f"{COMPANIES}?q=siege")
    for query in ("sort=date", "q=siege&sort=date", "place=Lyon"):
        assert "elles n’ont aucune priorité" in page(client, f"{COMPANIES}?{query}")
