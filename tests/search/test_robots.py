"""Which addresses robots keep, as a table; and that one search has one address."""

import re

import pytest
from django.http import QueryDict

from search import frames, indexing, requests
from search.engines.base import Results
from search.robots import rules
from tests.search import build

pytestmark = pytest.mark.django_db
ADS = "/annonces/"
NOT_KEPT = ""


@pytest.fixture(autouse=True)
def trades():
    build.profession()
    build.profession("Psychologue", "psy", family="soin")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ADS),
        ("utm_source=x&fbclid=y", ADS),
        ("page=1", ADS),
        ("q=&place=&radius=30&pay_from=&pay_unit=mois&since=", ADS),
        ("profession=psychologue", f"{ADS}?profession=psychologue"),
        ("profession=psychologue&profession=psychologue", f"{ADS}?profession=psychologue"),
        ("family=soin", f"{ADS}?family=soin"),
        ("department=69", f"{ADS}?department=69"),
        ("region=84", f"{ADS}?region=84"),
        ("profession=psychologue&department=69", f"{ADS}?department=69&profession=psychologue"),
        ("department=69&profession=psychologue", f"{ADS}?department=69&profession=psychologue"),
        # One place has one spelling; a department or region that is typed is the one that is ticked.
        ("place=lyon", f"{ADS}?place=Lyon+%2869%29"),
        ("place=LYON+(69)&radius=30", f"{ADS}?place=Lyon+%2869%29"),
        ("place=69", f"{ADS}?department=69"),
        ("place=Auvergne-Rhône-Alpes", f"{ADS}?region=84"),
        ("place=lyon&profession=psychologue", f"{ADS}?place=Lyon+%2869%29&profession=psychologue"),
        # Words, other orders, other radii, further pages, more choices: endless, and not kept.
        ("q=psychologue", NOT_KEPT),
        ("place=lyon&radius=50", NOT_KEPT),
        ("place=Trifouillis", NOT_KEPT),
        ("place=lyon&department=69", NOT_KEPT),
        ("sort=date", NOT_KEPT),
        ("page=2", NOT_KEPT),
        ("profession=psychologue&page=2", NOT_KEPT),
        ("department=69&department=75", NOT_KEPT),
        ("family=soin&profession=psychologue", NOT_KEPT),
        ("region=84&department=69", NOT_KEPT),
        ("contract=cdi", NOT_KEPT),
        ("profession=psychologue&contract=cdi", NOT_KEPT),
        ("remote=partiel", NOT_KEPT),
        ("print=oui", NOT_KEPT),
        ("since=7", NOT_KEPT),
        ("pay_from=2000", NOT_KEPT),
        ("pay_from=abc", NOT_KEPT),
        ("profession=rien", NOT_KEPT),
    ],
)
def test_what_robots_keep(query, canonical):
    assert rules(requests.ads(QueryDict(query)), 3, ADS).canonical == canonical


def test_an_empty_list_and_a_page_behind_a_cursor_are_not_kept():
    one = requests.ads(QueryDict("profession=psychologue"))
    assert not rules(one, 0, ADS).kept and not rules(one, 3, ADS, deep=True).kept
    assert rules(requests.ads(QueryDict("")), 0, ADS).kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("q=a&profession=psychologue", "profession=psychologue&q=a"),
        ("contract=cdi&contract=cdd&q=a", "q=a&contract=cdd&contract=cdi"),
        ("q=+a++b+&sort=pertinence&page=3", "q=a+b&utm=1"),
        ("pay_from=2+000+€&pay_unit=mois", "pay_from=2000&pay_to="),
        ("since=7&since=30", "since=30"),
        ("radius=50", ""),
        ("place=Lyon&radius=30", "place=Lyon"),
        ("contract=nichts", ""),
    ],
)
def test_the_same_search_has_the_same_address(one, other):
    assert requests.ads(QueryDict(one)).url() == requests.ads(QueryDict(other)).url()


def test_the_page_says_it(client):
    build.ad()
    indexing.rebuild("ads")
    kept = client.get(ADS + "?utm_source=x&profession=educateur-specialise").content.decode()
    assert '<link rel="canonical" href="http://testserver/annonces/?profession=educateur-specialise">' in kept
    assert (
        "noindex" not in kept
        and "<title>Éducateur spécialisé\u00a0: offres d’emploi – ASH Job</title>" in kept
    )
    for address in (ADS + "?q=éducateur", ADS + "carte/", ADS + "?sort=date"):
        other = client.get(address).content.decode()
        assert '<meta name="robots" content="noindex,follow">' in other and "canonical" not in other


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Offres d’emploi du social et du médico-social"),
        ("place=Lyon", "Offres d’emploi près de Lyon (69)"),
        ("place=Le+Mans", "Offres d’emploi près du Mans (72)"),
        ("place=69", "Offres d’emploi, Rhône (69)"),
        ("q=psy&place=Lyon", "psy\u00a0: offres d’emploi près de Lyon (69)"),
        ("profession=psychologue&department=69", "Psychologue, Rhône (69)\u00a0: offres d’emploi"),
    ],
)
def test_the_title_says_what_and_where(rf, query, title):
    asked = requests.ads(QueryDict(query))
    assert frames.ads(rf.get(ADS), asked, Results(0, [], 1, 20))["frame"]["title"] == title


def test_companies_likewise(client):
    build.company(structure_type=build.term(build.StructureType, "ime", field="handicap enfance"))
    indexing.rebuild("companies")
    for query, kept in (
        ("", "/entreprises/"),
        ("?utm_source=x", "/entreprises/"),
        ("?structure=ime", "/entreprises/?structure=ime"),
        ("?place=69&structure=ime", "/entreprises/?department=69&amp;structure=ime"),
        ("?region=84&structure=ime", "/entreprises/?region=84&amp;structure=ime"),
        ("?q=ime", ""),
        ("?structure=ime&structure=x", ""),
    ):
        html = client.get("/entreprises/" + query).content.decode()
        found = re.findall(r'<link rel="canonical" href="http://testserver([^"]*)">', html)
        assert found == ([kept] if kept else []), query
        assert ("noindex,follow" in html) is not bool(kept), query


@pytest.mark.parametrize(
    ("query", "title", "description"),
    [
        ("structure=ime", "IME\u00a0: entreprises qui recrutent", "\u00a0: IME."),
        (
            "structure=ime&place=Le+Mans",
            "IME\u00a0: entreprises qui recrutent près du Mans (72)",
            "\u00a0: IME, à moins de 30\u00a0km du Mans (72).",
        ),
        ("department=72", "Sarthe (72)\u00a0: entreprises qui recrutent", "\u00a0: Sarthe (72)."),
    ],
)
def test_kept_lists_of_companies_differ_in_title_and_description(client, query, title, description):
    structure = build.term(build.StructureType, "ime", label="IME", field="handicap enfance")
    build.company(structure_type=structure, place="Le Mans")
    indexing.rebuild("companies")
    html = client.get(f"/entreprises/?{query}").content.decode()
    assert '<link rel="canonical"' in html
    assert f"<title>{title} – ASH Job</title>" in html
    said = f"1\u00a0entreprise qui recrute dans le social et le médico-social{description}"
    assert f'<meta name="description" content="{said}">' in html


def test_the_list_of_all_companies_has_the_title_of_its_page(client):
    build.company()
    indexing.rebuild("companies")
    html = client.get("/entreprises/").content.decode()
    assert "<title>Les entreprises – ASH Job</title>" in html and 'content="Associations, fondations' in html
