"""What a visitor chooses beside the list: facets, chips, the map, and what to try when little is found."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.db import connection as database
from django.http import QueryDict
from django.urls import reverse

from reference.models import ContractType, Department, Public
from search import indexing, mapped, requests
from search.client import client as connection
from search.engines.base import AD_FACETS, AdQuery
from search.engines.database import DatabaseEngine
from search.labels import labels
from tests.search import build

pytestmark = pytest.mark.django_db
ADS, MAP, JSON = "/annonces/", "/annonces/carte/", "/annonces.json"
LINE = re.compile(r'name="(\w+)" value="([^"]*)"( checked)?><span>([^<]*)</span><span class="n">([^<]*)<')


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def lines(html, facet):
    """Value to (count, chosen) of one facet's lines."""
    return {
        value: (int(count), bool(on)) for name, value, on, _, count in LINE.findall(html) if name == facet
    }


def chips(html):
    return re.findall(r'<a class="chip[^"]*" href="([^"]*)">(?:<span[^>]*>[^<]*</span>)?([^<]*?) *<', html)


@pytest.fixture
def ads(db):
    """Six ads of one employer: two of them CDD, one in Lille, one remote, two with a pay."""
    cdd, children = build.term(ContractType, "cdd"), build.term(Public, "enfance")
    of = build.company(build.employer(credit=10))
    return {
        "lyon": build.ad(of, publics=[children], pay_min=2000, pay_max=2400),
        "year": build.ad(of, pay_min=36_000, pay_period="an"),
        "cdd": build.ad(of, contract_type=cdd),
        "lille": build.ad(of, contract_type=cdd, place="Lille", publics=[children]),
        "remote": build.ad(of, remote="partiel"),
        "psy": build.ad(
            of, title="Psychologue F/H", profession=build.profession("Psychologue", "psy", family="soin")
        ),
    }


def test_counts_choices_and_chips(client, fresh, engine, ads):
    fresh("ads")
    html = page(client, ADS)
    assert lines(html, "contract") == {"cdi": (4, False), "cdd": (2, False)}
    assert lines(html, "department") == {"69": (5, False), "59": (1, False)}
    assert lines(html, "since") == {"": (6, True), "1": (6, False), "7": (6, False), "30": (6, False)}
    assert lines(html, "remote") == {"partiel": (1, False)}
    # Two choices of one facet add up, those of two facets cut down; each facet counts what the others leave.
    html = page(client, ADS + "?contract=cdd&contract=cdi&public=enfance&q=éducateur")
    assert "2\u00a0annonces" in html
    assert lines(html, "contract") == {"cdi": (1, True), "cdd": (1, True)}
    assert lines(html, "department") == {"69": (1, False), "59": (1, False)}
    taken_off = {label: address for address, label in chips(html)}
    assert taken_off["CDD"] == f"?q={quote('éducateur')}&amp;contract=cdi&amp;public=enfance"
    assert taken_off["Tout effacer"] == f"?q={quote('éducateur')}"
    assert "3\u00a0annonces" not in page(client, ADS + taken_off["CDD"].replace("&amp;", "&"))


def test_a_pay_range_in_any_usual_writing(client, fresh, engine, ads):
    fresh("ads")
    for query, found in (
        ("pay_from=2 300 €", {"lyon", "year"}),
        ("pay_from=2,5k&pay_to=4000", {"year"}),
        ("pay_from=20 000&pay_to=29 000&pay_unit=an", {"lyon"}),
        ("pay_to=2 200", {"lyon"}),
        ("pay_from=60k", set()),
    ):
        html = page(client, f"{ADS}?{query}")
        assert {name for name, ad in ads.items() if ad.get_url() in html} == found, query
    assert "De 2\u202f500\u202f€ à 4\u202f000\u202f€ brut par mois" in page(
        client, f"{ADS}?pay_from=2,5k&pay_to=4000"
    )
    wrong = page(client, f"{ADS}?pay_from=beaucoup")
    assert "Le salaire «\u00a0beaucoup\u00a0» n’a pas été compris" in wrong and "6\u00a0annonces" in wrong
    assert 'id="f-pay-error"' in wrong and 'value="beaucoup"' in wrong


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("pay_from=beaucoup&pay_to=3000", {"pay_from"}),
        ("pay_from=2000&pay_to=assez", {"pay_to"}),
        ("pay_to=assez", {"pay_to"}),
        ("pay_from=beaucoup&pay_to=assez", {"pay_from", "pay_to"}),
        ("pay_from=2000&pay_to=3000", set()),
    ],
)
def test_only_the_field_that_is_no_pay_is_marked(client, db, query, marked):
    html = page(client, f"{ADS}?{query}")
    fields = re.findall(r'<input id="f-pay-\w+" name="(\w+)"([^>]*)>', html)
    assert [name for name, _ in fields] == ["pay_from", "pay_to"]
    for name, attributes in fields:
        assert ('aria-invalid="true"' in attributes) is (name in marked), name
        assert ('aria-describedby="f-pay-error"' in attributes) is (name in marked), name


def test_the_map_counts_what_the_list_counts(client, fresh, engine, ads, django_assert_max_num_queries):
    fresh("ads")
    page(client, MAP)
    with django_assert_max_num_queries(6):
        html = page(client, MAP + "?contract=cdi&contract=cdd")
    listed = page(client, ADS + "?contract=cdi&contract=cdd")
    for code, (count, _) in lines(listed, "department").items():
        name = str(Department.objects.get(code=code))
        assert f"<title>{name}\u00a0: {count}\u00a0annonce{'s' if count > 1 else ''}</title>" in html
        # Beside the drawing stands a list of the same links, for who does not see it or points with no mouse.
        link = f'href="{ADS}?contract=cdd&amp;contract=cdi&amp;department={code}"'
        assert html.count(link) == 2
    assert "<title>Mayotte (976)\u00a0: aucune annonce</title>" in html
    chosen = page(client, MAP + "?department=59")
    assert 'class="shade-1 chosen"' in chosen and "1\u00a0annonce<" in chosen
    assert f'href="{ADS}" class="chosen"' in chosen
    assert "Rien à montrer sur la carte" in page(client, MAP + "?q=xylophone")


def test_every_department_with_communes_is_drawn():
    drawn = {code for part in (mapped.outlines(), *mapped.outlines()["insets"]) for code in part["paths"]}
    assert set(Department.objects.filter(communes__isnull=False).values_list("code", flat=True)) - drawn <= {
        "975", "977", "978", "984", "986", "987", "988", "989",
    }  # fmt: skip
    assert len(drawn) == 101


def test_a_page_has_sixty_choices_at_most(client, ads):
    everything = [(name, code) for name, codes in labels().items() for code in codes if name in AD_FACETS]
    assert len(everything) > 200
    asked = requests.ads(QueryDict(urlencode(everything)))
    assert len(asked.choices) == requests.MAX_CHOICES and asked.unknown_choice


def test_pages_lead_on_without_what_others_added(client, db):
    of = build.company(build.employer(credit=21))
    for _ in range(21):
        build.ad(of)
    indexing.rebuild("ads")
    html = page(client, ADS + "?utm_source=x&contract=cdi&q=")
    assert "utm_source" not in html
    assert re.search(r'rel="next" href="\?contract=cdi&amp;page=2[&"]', html)


@pytest.mark.parametrize(
    ("highest", "starts"),
    [(0, [1]), (1, [1]), (7, [1, 2, 5]), (60, [1, 2, 5, 20, 50]), (480, [1, 5, 20, 50, 200])],
)
def test_shades_begin_at_round_numbers(highest, starts):
    assert mapped.steps(highest) == starts


def test_little_found_leads_on_in_one_request(client, fresh, engine, ads, monkeypatch):
    build.profession("Moniteur éducateur", "ME", code="moniteur")
    of = ads["lyon"].get_parent().specific
    build.ad(of, title="Monitrice éducatrice", profession=build.profession("", code="moniteur"))
    fresh("ads")
    asked = []
    if engine.name == "elasticsearch":
        transport = type(connection().transport)
        perform = transport.perform_request

        def counted(self, method, target, **more):
            asked.append(target)
            return perform(self, method, target, **more)

        monkeypatch.setattr(transport, "perform_request", counted)
    html = page(client, ADS + "?q=éduc+spé&place=Lille&radius=10&contract=cdi")
    assert "Aucune annonce ne correspond" in html
    found = {re.sub(r"\s+", " ", label).strip() for _, label in chips(html)}
    assert {"Dans toute la France", "Sans « CDI »"} <= found
    assert len(asked) <= 4, asked
    near = page(client, ADS + "?q=éduc+spé&place=Villeurbanne&contract=cdi")
    assert "3\u00a0annonces" in near and "Élargir la recherche" in near
    offered = {" ".join(label.split()): address for address, label in chips(near)}
    assert offered["Moniteur éducateur"] == "?place=Villeurbanne&amp;profession=moniteur&amp;contract=cdi"
    assert "Sans « CDI »" in offered and "Dans toute la France" not in offered
    assert "Élargir" not in page(client, ADS)


HOSTILE = [
    "q=%00%00", "place=%00", "contract=%00a", "q=%22%27%3Cscript%3Ealert(1)%3C/script%3E", "place=%3Cscript%3E",
    "contract=%3Cscript%3Ealert(1)%3C/script%3E", "contract=" + "x" * 500, "department=69%27%20OR%201=1--",
    "&".join(f"structure={n}" for n in range(300)), "&".join(f"contract=cdi&department={n:02}" for n in range(96)),
    "pay_from=" + "9" * 400, "pay_from=1e400&pay_to=NaN", "pay_from=-1&pay_to=Infinity", "pay_from=%C2%B2",
    "pay_from=%D9%A1%D9%A2", "pay_unit=%00", "pay_unit=__class__&pay_from=2000", "pay_from=0&pay_to=0",
    "pay_from=%3Cscript%3E", "since=-1", "since=999999999999", "since=7&since=%00", "page=-1", "page=1e9",
    "page=" + "9" * 100, "radius=-5&place=Lyon", "radius=9e9&place=Lyon", "radius=%C2%B2", "sort=%27", "sort=distance",
    "sort=distance&place=Guyane", "apres=x", "apres=" + "a" * 5000, "avant=%00", "remote=1&remote=2", "print=non",
    "q=" + "a" * 5000, "q=" + "%F0%9F%99%82" * 100, "q=%FF%FE", "department=69&department=69&department=69",
    "family=__proto__", "profession=../../etc/passwd", "q=" + quote("(" * 100), "q=" + quote('"' * 101),
    "q[]=a&q[$ne]=b", "=&=&==", "%", "q=%", "q=-%22-", "q=*&place=*", "utm_source=x&" * 50,
]  # fmt: skip


def test_no_address_makes_a_list_fail(client, fresh, engine, ads):
    fresh("ads", "companies")
    for query in HOSTILE:
        for address in (ADS, MAP, JSON, reverse("search:ads") + "../entreprises/"):
            html = client.get(f"{address.replace('annonces/../', '')}?{query}")
            assert html.status_code in ((200, 404) if "entreprises" in address else (200,)), (address, query)
            assert b"<script>alert" not in html.content and len(html.content) < 400_000


def test_a_label_that_changed_stands_beside_the_same_counts(
    client, fresh, engine, ads, django_capture_on_commit_callbacks
):
    """The filters of a search are written once for all who ask it; not beyond the words that they were written with."""
    fresh("ads")
    enfance = Public.objects.get(code="enfance")
    assert f"<span>{enfance.label}</span>" in page(client, ADS)
    with django_capture_on_commit_callbacks(execute=True):
        enfance.label = "Enfants et adolescents"
        enfance.save()
    assert "<span>Enfants et adolescents</span>" in page(client, ADS)


def test_totals_under_many_choices_are_one_statement_of_the_database(ads, django_assert_max_num_queries):
    """On PostgreSQL with those that plan it: ten neighbouring trades beside a short list are counted so."""
    indexing.rebuild("ads")
    choices = [{}, {"contract": ("cdi",)}, {"contract": ("cdi",), "region": ("84",)}, {"contract": ("none",)}]
    queries = [AdQuery(filters=filters) for filters in choices] + [AdQuery("éduc spé", since_days=7)] * 2
    engine = DatabaseEngine()
    alone = [engine.ads(query).total for query in queries]
    with django_assert_max_num_queries(8 if database.vendor == "postgresql" else 2):
        assert engine.ad_totals(queries) == alone
    assert len(set(alone)) > 2
