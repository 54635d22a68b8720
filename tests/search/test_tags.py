"""What templates of other apps show of the search."""

import pytest
from django.template import Context, Template

from reference.models import Profession
from search import indexing
from tests.search import build

pytestmark = pytest.mark.django_db


def rendered(source: str, rf, url="/", **context) -> str:
    return Template("{% load search_tags %}" + source).render(Context({"request": rf.get(url), **context}))


def test_similar_ads_are_of_the_same_trade_and_near_first(rf):
    page = build.company(build.employer(credit=5))
    psychologue = Profession.objects.get(code="psychologue")
    ad, far, near = (
        build.ad(page),
        build.ad(page, place="Lille", title="Loin"),
        build.ad(page, title="Près", age=3),
    )
    build.ad(page, title="Autre métier", profession=psychologue)
    hidden = build.ad(page, title="Retirée")
    indexing.rebuild("ads")
    hidden.unpublish()
    source = "{% similar_ads ad as cards %}{% for card in cards %}{{ card.title }};{% endfor %}"
    assert rendered(source, rf, ad=ad) == "Près;Loin;"
    assert far.pk and near.pk


def test_the_newest_ads(rf):
    page = build.company()
    build.ad(page, title="Ancienne", age=5)
    build.ad(page, title="Nouvelle")
    indexing.rebuild("ads")
    source = "{% latest_ads 1 as cards %}{% for card in cards %}{{ card.title }};{% endfor %}"
    assert rendered(source, rf) == "Nouvelle;"


def test_counts_are_remembered_for_a_minute(rf, django_assert_num_queries):
    build.ad()
    indexing.rebuild("ads")
    source = (
        "{% search_counts as counts %}{{ counts.ads }} {{ counts.chips.0.label }} {{ counts.chips.0.count }}"
    )
    assert rendered(source, rf) == "1 Éducateur spécialisé 1"
    with django_assert_num_queries(0):
        assert rendered(source, rf) == "1 Éducateur spécialisé 1"


def test_companies_are_searched(rf):
    build.company(build.employer("Association Les Ormeaux", credit=0))
    build.company(build.employer("Fondation Rivière", credit=0))
    indexing.rebuild("companies")
    source = "{% company_results as found %}{{ found.listing.total }}"
    source += "{% for card in found.listing.cards %} {{ card.name }}{% endfor %}"
    assert rendered(source, rf, "/entreprises/?q=ormeaux") == "1 Association Les Ormeaux"
    assert rendered(source, rf, "/entreprises/") == "2 Association Les Ormeaux Fondation Rivière"
