"""What both engines must do. Every test runs on each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import Placement
from reference.models import ContractType, Public, StructureType
from search.engines.base import AGE, DATE, DISTANCE, PAY, AdQuery, Area, CompanyQuery, CvQuery, Step
from search.engines.geo import distance_km
from tests.search import build

pytestmark = pytest.mark.django_db

LYON = Area("Lyon (69)", 45.764, 4.8357, 30)


def pks(results):
    return [hit.pk for hit in results.hits]


def counts(results, facet):
    return {value.value: value.count for value in results.facets[facet]}


def test_a_synonym_finds_the_trade(engine, fresh):
    ad = build.ad(title="Éducateur·rice spécialisé·e (H/F)")
    other = build.ad(
        ad.get_parent().specific, title="Comptable F/H", profession=build.profession("Comptable", "")
    )
    fresh("ads")
    assert pks(engine.ads(AdQuery("éduc spé"))) == [ad.pk]
    assert pks(engine.ads(AdQuery("ES"))) == [ad.pk]
    assert pks(engine.ads(AdQuery("comptable"))) == [other.pk]


def test_every_word_must_be_found_somewhere(engine, fresh):
    page = build.company(place="Lille")
    near = build.ad(
        page, title="Psychologue F/H", place="Lille", profession=build.profession("Psychologue", "psy")
    )
    build.ad(page, title="Psychologue F/H", place="Paris", profession=near.profession)
    fresh("ads")
    assert pks(engine.ads(AdQuery("psychologue lille"))) == [near.pk]
    fewer = engine.ads(AdQuery("psychologue lille boulanger"))
    assert not fewer.total or (fewer.step == Step.FEWER and pks(fewer)[0] == near.pk)


def test_noise_words_alone_ask_for_everything(engine, fresh):
    ad = build.ad()
    fresh("ads")
    assert pks(engine.ads(AdQuery("H/F"))) == [ad.pk]
    assert pks(engine.ads(AdQuery("   "))) == [ad.pk]
    assert pks(engine.ads(AdQuery("de la"))) == [ad.pk]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "\\",
        "* OR 1=1",
        "title:x AND (",
        "%_",
        "\x00",
        "é" * 500,
        "mot " * 50,
        "🙂",
        "'--",
        "\ufdfa",
        "abcd\ufc70efgh",
    ],
)
def test_no_text_breaks_a_search(engine, fresh, text):
    build.ad()
    fresh("ads")
    assert engine.ads(AdQuery(text)).page == 1


def test_a_circle_holds_what_is_near_and_tells_how_far(engine, fresh):
    page = build.company()
    lyon, near = build.ad(page), build.ad(page, place="Villeurbanne")
    build.ad(page, place="Lille")
    fresh("ads")
    results = engine.ads(AdQuery(area=LYON, sort=DISTANCE))
    assert pks(results) == [lyon.pk, near.pk]
    assert [hit.distance_km for hit in results.hits] == pytest.approx(
        [
            distance_km(LYON.latitude, LYON.longitude, ad.commune.latitude, ad.commune.longitude)
            for ad in (lyon, near)
        ],
        abs=0.05,
    )


def test_a_department_and_a_region_are_areas(engine, fresh):
    page = build.company(build.employer(credit=4))
    paris, boulogne, lille = (
        build.ad(page, place=name) for name in ("Paris", "Boulogne-Billancourt", "Lille")
    )
    fresh("ads")
    assert pks(engine.ads(AdQuery(area=Area("Hauts-de-Seine", department="92")))) == [boulogne.pk]
    found = engine.ads(AdQuery(area=Area("Île-de-France", region="11")))
    assert set(pks(found)) == {paris.pk, boulogne.pk}
    assert set(pks(engine.ads(AdQuery()))) == {paris.pk, boulogne.pk, lille.pk}


def test_a_facet_is_counted_with_the_choices_of_all_others(engine, fresh):
    cdi, cdd = build.term(ContractType, "cdi"), build.term(ContractType, "cdd")
    child, old = build.term(Public, "enfance"), build.term(Public, "age")
    page = build.company(build.employer(credit=4))
    first = build.ad(page, contract_type=cdi, publics=[child])
    build.ad(page, contract_type=cdi, publics=[old], place="Lille")
    build.ad(page, contract_type=cdd, publics=[child, old])
    fresh("ads")
    results = engine.ads(AdQuery(filters={"contract": ("cdi",)}))
    assert results.total == 2
    assert counts(results, "contract") == {"cdi": 2, "cdd": 1}
    assert counts(results, "public") == {"enfance": 1, "age": 1}
    both = engine.ads(AdQuery(filters={"contract": ("cdi", "cdd"), "public": ("enfance",)}))
    assert both.total == 2
    assert counts(both, "public") == {"enfance": 2, "age": 2}
    narrow = engine.ads(AdQuery(filters={"contract": ("cdi",), "public": ("enfance",), "region": ("84",)}))
    assert pks(narrow) == [first.pk]
    assert counts(narrow, "region") == {"84": 1}
    assert counts(narrow, "department") == {"69": 1}


def test_an_unknown_choice_finds_nothing_and_breaks_nothing(engine, fresh):
    build.ad()
    fresh("ads")
    assert engine.ads(AdQuery(filters={"contract": ("x' OR 1=1",), "nonsense": ("a",)})).total == 0


def test_pay_is_compared_by_the_year(engine, fresh):
    page = build.company(build.employer(credit=4))
    month = build.ad(page, pay_min=2000, pay_max=2500, pay_period="mois")
    year = build.ad(page, pay_min=40000, pay_period="an")
    hour = build.ad(page, pay_min=13, pay_period="heure")
    silent = build.ad(page)
    fresh("ads")
    assert set(pks(engine.ads(AdQuery(pay_from=30_000)))) == {month.pk, year.pk}
    assert set(pks(engine.ads(AdQuery(pay_to=24_000)))) == {month.pk, hour.pk}
    assert pks(engine.ads(AdQuery(pay_from=23_700, pay_to=29_000))) == [month.pk]
    assert pks(engine.ads(AdQuery(sort=PAY))) == [year.pk, month.pk, hour.pk, silent.pk]


def test_remote_and_date_filters(engine, fresh):
    page = build.company()
    remote = build.ad(page, remote="partiel", age=10)
    today = build.ad(page)
    fresh("ads")
    results = engine.ads(AdQuery(filters={"remote": ("partiel", "total")}))
    assert pks(results) == [remote.pk]
    assert counts(results, "remote") == {"partiel": 1}
    assert pks(engine.ads(AdQuery(since_days=7))) == [today.pk]
    assert pks(engine.ads(AdQuery(sort=DATE))) == [today.pk, remote.pk]


def test_ages_are_counted_as_any_facet_is(engine, fresh):
    page = build.company(build.employer(credit=5))
    ages = {0: "partiel", 3: "total", 6: "partiel", 20: "partiel", 40: "total"}
    ads = {age: build.ad(page, remote=remote, age=age) for age, remote in ages.items()}
    fresh("ads")
    every = {"": 5, "30": 4, "7": 3, "1": 1}
    assert counts(engine.ads(AdQuery()), AGE) == every
    week = engine.ads(AdQuery(since_days=7))
    assert (pks(week), week.total) == ([ads[0].pk, ads[3].pk, ads[6].pk], 3)
    # Counted without the age that was chosen, as the other facets are with it.
    assert counts(week, AGE) == every
    assert counts(week, "remote") == {"partiel": 2, "total": 1}
    both = engine.ads(AdQuery(since_days=7, filters={"remote": ("total",)}))
    assert pks(both) == [ads[3].pk]
    assert counts(both, AGE) == {"": 2, "7": 1, "30": 1}
    assert counts(both, "remote") == {"partiel": 2, "total": 1}
    assert engine.ad_totals([AdQuery(since_days=30), AdQuery(since_days=1)]) == [4, 1]


def test_one_ad_may_be_left_out_and_one_company_asked_for(engine, fresh):
    first, second = build.ad(), build.ad(build.company(build.employer("Sauvegarde du Nord")))
    fresh("ads")
    assert pks(engine.ads(AdQuery(exclude=first.pk))) == [second.pk]
    assert pks(engine.ads(AdQuery(company=first.get_parent().pk))) == [first.pk]


def test_fresh_before_old_and_sponsored_before_equal(engine, fresh):
    old = build.ad(age=50)
    new = build.ad(old.get_parent().specific, age=1)
    paying = build.employer("Page payante")
    build.brand(paying)
    paid = build.ad(build.company(paying), age=1)
    fresh("ads")
    assert pks(engine.ads(AdQuery("éducateur spécialisé"))) == [paid.pk, new.pk, old.pk]


def test_a_paid_page_that_ended_lifts_nothing(engine, fresh):
    paying = build.employer("Page payante")
    build.brand(paying, days=2)
    paid = build.ad(build.company(paying), age=3)
    plain = build.ad(build.company(build.employer("Autre")), age=1)
    fresh("ads")
    later = timezone.now() + timedelta(days=10)
    assert pks(engine.ads(AdQuery("éducateur spécialisé", now=later))) == [plain.pk, paid.pk]


def test_an_ad_ends_at_midnight_whatever_the_index_says(engine, fresh):
    ad = build.ad()
    fresh("ads")
    ends = Placement.objects.get(ad=ad).ends_at
    assert pks(engine.ads(AdQuery(now=ends - timedelta(seconds=1)))) == [ad.pk]
    assert pks(engine.ads(AdQuery(now=ends))) == []


def test_pages_follow_each_other_without_gap(engine, fresh):
    page = build.company(build.employer(credit=7))
    every = {build.ad(page).pk for _ in range(7)}
    fresh("ads")
    seen = [pks(engine.ads(AdQuery("éducateur", page=number, page_size=3))) for number in (1, 2, 3)]
    assert [len(part) for part in seen] == [3, 3, 1]
    assert {pk for part in seen for pk in part} == every
    results = engine.ads(AdQuery(page=99, page_size=3))
    assert (results.hits, results.total, results.page_count) == ([], 7, 3)


def test_finds_are_marked_and_everything_else_is_escaped(engine, fresh):
    build.ad(
        title="Éducatrice spécialisée <script>alert(1)</script>",
        missions="<p>Vous êtes éducateur spécialisé &lt;b&gt; & vous aimez les <b>ados</b>.</p>",
    )
    fresh("ads")
    hit = engine.ads(AdQuery("educateur specialise")).hits[0]
    assert "<mark>Éducatrice spécialisée</mark>" in hit.title_html
    assert "<mark>éducateur spécialisé</mark>" in hit.snippet_html
    for html in (hit.title_html, hit.snippet_html):
        assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
    assert engine.ads(AdQuery()).hits[0].snippet_html == ""


def test_a_typing_error_is_forgiven_and_said(engine, fresh):
    ad = build.ad(title="Psychologue F/H", profession=build.profession("Psychologue", "psy"))
    build.ad(ad.get_parent().specific)
    fresh("ads")
    results = engine.ads(AdQuery("psycologue"))
    assert pks(results) == [ad.pk]
    assert results.corrected == "psychologue"


def test_a_right_word_in_the_wrong_place_is_no_typing_error(engine, fresh):
    psychologue = build.profession("Psychologue", "psy")
    ad = build.ad(title="Psychologue F/H", place="Lille", profession=psychologue)
    build.ad(ad.get_parent().specific, title="Psychologie sociale")
    fresh("ads")
    results = engine.ads(AdQuery("psychologue", area=LYON))
    assert (results.total, results.corrected) == (0, "")


def test_companies_stand_by_name_and_are_found_by_words(engine, fresh):
    ime = build.term(StructureType, "ime", "Institut médico-éducatif", short_label="IME", field="handicap")
    b = build.company(build.employer("Bourgeons", credit=0), structure_type=ime)
    a = build.company(build.employer("Écureuils", credit=0), place="Lille")
    c = build.company(build.employer("Zéphyr", credit=0), place="Paris")
    build.company(build.employer("Cachée", credit=0), live=False)
    fresh("companies")
    assert pks(engine.companies(CompanyQuery())) == [b.pk, a.pk, c.pk]
    assert pks(engine.companies(CompanyQuery("institut médico-éducatif"))) == [b.pk]
    assert pks(engine.companies(CompanyQuery("ecureuil"))) == [a.pk]
    results = engine.companies(CompanyQuery(area=LYON, filters={"structure": ("ime",)}))
    assert pks(results) == [b.pk]
    assert counts(results, "field") == {"handicap enfance": 1}


def test_cvs_are_found_by_what_they_say_and_by_nobody_s_name(engine, fresh):
    found = build.candidate(
        first_name="Oriane",
        last_name="Delaroche-Petit",
        headline="Éducatrice spécialisée, dix ans en MECS",
        presentation="Je m’appelle Oriane Delaroche. Joindre oriane@exemple.org ou 06 12 34 56 78.",
        text="Oriane DELAROCHE-PETIT\nTél. : 0612345678\n+33 (0)7 98 76 54 32\n3 rue Zola\nStages au CHRS.",
    )
    build.candidate(profession=build.profession("Psychologue", "psy"), place="Lille", text="Clinique")
    fresh("cvs")
    assert pks(engine.cvs(CvQuery("ES"))) == [found.pk]
    assert pks(engine.cvs(CvQuery("chrs"))) == [found.pk]
    own = (
        "Oriane",
        "Delaroche",
        "petit",
        "0612345678",
        "06 12 34 56 78",
        "oriane@exemple.org",
        "98 76",
        "Zola",
    )
    for secret in own:
        assert engine.cvs(CvQuery(secret)).total == 0
    shown = engine.cvs(CvQuery("appelle")).hits[0].snippet_html
    assert "Oriane" not in shown and "exemple.org" not in shown and "34" not in shown
    assert counts(engine.cvs(CvQuery()), "region") == {"84": 1, "32": 1}
    assert pks(engine.cvs(CvQuery(area=LYON))) == [found.pk]


def test_a_cv_leaves_the_library_when_it_is_not_fresh(engine, fresh):
    cv = build.candidate()
    fresh("cvs")
    leaves = cv.leaves_library_at
    assert pks(engine.cvs(CvQuery(now=leaves - timedelta(minutes=2)))) == [cv.pk]
    assert pks(engine.cvs(CvQuery(now=leaves + timedelta(minutes=2)))) == []


def test_totals_are_those_of_the_strict_search(engine, fresh):
    """A chip's count promises what the words themselves find, not what other words would."""
    page = build.company(place="Lyon")
    build.ad(page, title="Éducatrice spécialisée en IME")
    fresh("ads", "companies")
    queries = [
        AdQuery("éducatrice"),
        AdQuery("éducatrise"),
        AdQuery("éducatrice", area=LYON),
        AdQuery("boulangère"),
    ]
    assert engine.ad_totals(queries) == [1, 0, 1, 0]
    companies = [CompanyQuery("tilleuls"), CompanyQuery("tilluels"), CompanyQuery(area=LYON)]
    assert engine.company_totals(companies) == [1, 0, 1]
    assert engine.ad_totals([]) == engine.company_totals([]) == []
