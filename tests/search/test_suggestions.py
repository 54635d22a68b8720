"""What the search bar proposes while one types."""

import re
from html import unescape

import pytest

from reference.models import Profession
from search import places, remembered, suggestions
from search.suggestions import COMPANIES, CVS
from search.views import suggestions as views
from tests.search import build

pytestmark = pytest.mark.django_db
WORDS, PLACES = "/annonces/suggestions/", "/annonces/lieux/"


def labels(text, box="ads", kind=None):
    return [one.label for one in suggestions.suggestions(text, box) if kind in (None, one.kind)]


def test_every_name_of_a_trade_leads_to_it():
    """By acronym, short form, feminine, synonym, beginning, any order of the words, and with a typing error."""
    for typed, trade in {
        "ES": "Éducateur spécialisé",
        "educ spe": "Éducateur spécialisé",
        "éducatrice spé": "Éducateur spécialisé",
        "specialise educateur": "Éducateur spécialisé",
        "moniteur-éduc": "Moniteur éducateur",
        "me": "Moniteur éducateur",
        "cesf": "Conseiller en économie sociale et familiale",
        "assistante sociale": "Assistant de service social",
        "veilleur de n": "Surveillant de nuit",
        "kiné": "Masseur-kinésithérapeute",
        "psycologue": "Psychologue",
        "infirmire": "Infirmier",
        "ergoterap": "Ergothérapeute",
        "eje": "Éducateur de jeunes enfants",
        "aide soig": "Aide-soignant",
    }.items():
        found = labels(typed, kind="trade")
        assert any(label.startswith(trade) for label in found[:2]), (typed, found)


def test_an_acronym_is_first_and_not_the_beginning_of_words():
    assert labels("es", kind="trade")[0].startswith("Éducateur spécialisé")
    assert len(labels("éducateur", kind="trade")) == suggestions.TRADES
    for typed, first in {"éduc": "Éducateur spécialisé", "infir": "Infirmier", "aide": "Aide"}.items():
        assert labels(typed, kind="trade")[0].startswith(first), typed


def test_what_is_written_into_the_field_is_the_form_that_was_typed():
    [first, *_] = suggestions.suggestions("éducatrice spé")
    assert (first.words, first.place) == ("Éducatrice spécialisée", None)


def test_a_place_goes_into_its_own_field():
    [found] = [one for one in suggestions.suggestions("villeurb") if one.kind == "place"]
    assert (found.words, found.place) == ("", "Villeurbanne (69)")
    found = suggestions.suggestions("éducateur spécialisé villeurb")
    assert [(one.words, one.place) for one in found] == [("éducateur spécialisé", "Villeurbanne (69)")]
    found = suggestions.suggestions("éducateur spé lyon")
    assert (found[0].words, found[0].place) == ("éducateur spé", "Lyon (69)")
    assert ("Éducateur spécialisé", "Lyon (69)") in [(one.words, one.place) for one in found]
    assert labels("93") == ["Seine-Saint-Denis (93)"]


def test_employers_are_proposed_while_they_are_public():
    page = build.company(build.employer("Association Les Tilleuls argentés"))
    assert labels("tilleuls", kind="employer") == ["Association Les Tilleuls argentés"]
    assert labels("tileuls arg", kind="employer") == ["Association Les Tilleuls argentés"]
    assert labels("tilleuls", CVS, kind="employer") == []
    page.unpublish()
    assert labels("tilleuls", kind="employer") == []


def test_the_box_of_companies_knows_kinds_of_establishment():
    assert any(
        "EHPAD" in one.words or "âgées" in one.label for one in suggestions.suggestions("ehpad", COMPANIES)
    )
    assert labels("éducateur spécialisé", COMPANIES, kind="trade") == []


def test_the_answers_are_options_that_anybody_may_keep(client):
    response = client.get(WORDS, {"q": "éduc spé"})
    html = response.content.decode()
    assert 'role="option"' in html and 'data-words="Éducateur spécialisé"' in html
    assert response["Cache-Control"] == "public, max-age=300" and "Cookie" not in response.get("Vary", "")
    html = client.get(PLACES, {"place": "villeurb"}).content.decode()
    assert 'data-place="Villeurbanne (69)"' in html and "data-words" not in html
    assert client.post(WORDS).status_code == 405


def test_names_are_escaped(client):
    build.company(build.employer('<script>alert(1)</script> & "Fils"'))
    html = client.get(WORDS, {"q": "script alert"}).content.decode()
    assert "<script>" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "e",
        " ",
        "%",
        "_%",
        "\x00",
        "'; --",
        "🙂🙂",
        "²²",
        "١٢",
        "<b>",
        "é" * 5000,
        "a " * 3000,
        "-" * 90,
        "à ",
    ],
)
def test_no_text_makes_it_fail(client, typed, django_assert_max_num_queries):
    client.get(WORDS, {"q": "lyon"})
    for address, name in ((WORDS, "q"), (PLACES, "place")):
        with django_assert_max_num_queries(4):
            assert client.get(address, {name: typed, "for": typed}).status_code == 200


def test_typing_costs_few_queries(client, django_assert_max_num_queries):
    build.company()
    client.get(WORDS, {"q": "lyon"})
    for typed in ("éduc", "éducateur spé", "les till", "éducateur lyon", "zzzzzz"):
        with django_assert_max_num_queries(4):
            client.get(WORDS, {"q": typed})


def test_one_address_asks_so_often_a_minute(client, monkeypatch):
    monkeypatch.setattr(views, "A_MINUTE", 2)
    answers = [client.get(WORDS, {"q": "lyon"}, REMOTE_ADDR="192.0.2.7").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.get(PLACES, {"place": "lyon"}, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert client.get(WORDS, {"q": "lyon"}, REMOTE_ADDR="192.0.2.8").status_code == 200


def test_a_network_of_ipv6_is_one_address(client, monkeypatch):
    """Whoever has one address of it has them all."""
    monkeypatch.setattr(views, "A_MINUTE", 2)
    addresses = [f"2001:db8:1:2::{n}" for n in range(1, 4)]
    answers = [client.get(WORDS, {"q": "lyon"}, REMOTE_ADDR=address).status_code for address in addresses]
    assert answers == [200, 200, 429]
    assert client.get(WORDS, {"q": "lyon"}, REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def lists_without_javascript(client, address):
    """The names in the page for each field."""
    html = client.get(address).content.decode()
    [noscript] = re.findall(r"<noscript>(<datalist.*?</datalist>)</noscript>", html, re.S)
    return {
        name: [unescape(value) for value in re.findall('<option value="(.*?)">', options)]
        for name, options in re.findall(r'<datalist id="(.*?)">(.*?)</datalist>', noscript, re.S)
    }


def test_without_javascript_trades_employers_and_places_are_in_the_page(client):
    hiring, other = build.company(title="Les Tilleuls & Cie"), build.company(title="Sans annonce")
    build.ad(hiring)
    lists = lists_without_javascript(client, "/annonces/")
    assert len(lists["search-names"]) >= Profession.objects.count()
    assert "Éducatrice spécialisée" in lists["search-names"]
    assert "Les Tilleuls & Cie" in lists["search-names"]
    assert other.title not in lists["search-names"]
    assert lists["search-towns"][:2] == ["Paris (75)", "Marseille (13)"]
    assert {"Rhône (69)", "Bretagne"} <= set(lists["search-towns"])
    for label in lists["search-towns"]:
        assert places.find(label).label == label


def test_who_is_offered_without_javascript_is_public(client):
    """Employers are counted once an hour; whether their page is public is read each minute."""
    page = build.company(title="Les Tilleuls")
    build.ad(page)
    assert "Les Tilleuls" in lists_without_javascript(client, "/annonces/")["search-names"]
    page.unpublish()
    remembered.forget()
    assert "Les Tilleuls" not in lists_without_javascript(client, "/annonces/")["search-names"]
