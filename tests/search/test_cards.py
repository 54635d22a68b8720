"""Pages drawn from the index, and true all the same: nothing offline is shown, nothing changed is shown as it was."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from outbox.models import Entry
from pages.magazine.models import PrintInsert
from pages.models import Placement
from reference.models import ContractType
from search import index, indexing, lists
from search.engines.base import AdQuery, CompanyQuery
from search.views import ads as views
from tests.search import build

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def world(server):
    """Three ads of two companies in the index, long enough ago that no reader can find an older one there."""
    first, second = build.company(), build.company(build.employer("Sauvegarde du Nord"))
    ads = [build.ad(first), build.ad(first, title="Éducatrice spécialisée de nuit"), build.ad(second)]
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        indexing.drain()
    for kind in ("ads", "companies"):
        indexing.rebuild(kind)
    settle()
    return ads


def shown(**asked):
    return [card["pk"] for card in lists.ads(AdQuery("éducateur", **asked)).cards]


def statements(action):
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured]


def settle():
    """What waits is indexed, and every reader of the index sees it."""
    indexing.drain()
    index.refresh("ads")
    index.refresh("companies")
    Entry.objects.exclude(processed_at=None).update(processed_at=timezone.now() - timedelta(minutes=1))


def test_a_page_of_ads_asks_the_database_one_thing(world):
    (sql,) = statements(lambda: lists.ads(AdQuery("éducateur")))
    assert "outbox_entry" in sql
    everything = statements(lambda: lists.companies(CompanyQuery()))
    assert [sql for sql in everything if "pages_companypage" in sql and "pages_jobad" not in sql] == []
    assert len(everything) == 2


@pytest.mark.invariant
@pytest.mark.parametrize(
    "offline",
    [
        lambda ad: ad.unpublish(),
        lambda ad: Page.objects.get(pk=ad.pk).unpublish(),
        lambda ad: ad.get_parent().specific.unpublish(),
        lambda ad: Page.objects.get(pk=ad.get_parent().pk).unpublish(),
        lambda ad: ad.delete(),
        lambda ad: _close(ad),
        lambda ad: _fill(ad),
    ],
    ids=["ad", "ad-as-page", "company", "company-as-page", "deleted", "placement", "filled"],
)
def test_what_goes_offline_is_gone_at_once(world, offline):
    """By every road, while the index has not heard of it, and while it has only just."""
    ad = world[2]
    assert ad.pk in shown()
    offline(ad)
    results = lists.ads(AdQuery("éducateur"))
    assert ad.pk not in [card["pk"] for card in results.cards]
    assert results.total == 2
    indexing.drain()  # written, but no reader of the index sees it before the next refresh
    assert ad.pk not in shown()
    index.refresh("ads")
    assert ad.pk not in shown()


def _close(ad):
    placement = Placement.objects.get(ad=ad)
    placement.closed_at = timezone.now()
    placement.save()


def _fill(ad):
    ad.filled_at = timezone.now()
    ad.save()


def test_what_changed_is_shown_as_it_is_now(world):
    ad = world[0]
    ad.title = "Éducateur technique"
    ad.save()
    titles = {card["pk"]: card["plain_title"] for card in lists.ads(AdQuery("éducateur")).cards}
    assert titles[ad.pk] == "Éducateur technique"
    settle()
    titles = {card["pk"]: card["plain_title"] for card in lists.ads(AdQuery("éducateur")).cards}
    assert titles[ad.pk] == "Éducateur technique"


def test_cards_hold_the_words_and_pictures_of_others(world):
    """A label, a logo, a name of the employer, an insert that was printed: no save of the ad itself."""
    ad = world[0]
    company = ad.get_parent().specific
    contract = ContractType.objects.get(code="cdi")
    contract.short_label = "CDI à vie"
    contract.save()
    settle()
    card = next(card for card in lists.ads(AdQuery("éducateur")).cards if card["pk"] == ad.pk)
    assert card["contract"] == "CDI à vie"
    assert card["logo_url"] == ""
    logo = get_image_model().objects.create(
        title="Logo", file=get_test_image_file(), collection=company.employer.collection
    )
    company.logo = logo
    company.save()
    settle()
    card = next(card for card in lists.ads(AdQuery("éducateur")).cards if card["pk"] == ad.pk)
    assert card["logo_url"].startswith("/media/")
    logo.delete()
    settle()
    card = next(card for card in lists.ads(AdQuery("éducateur")).cards if card["pk"] == ad.pk)
    assert card["logo_url"] == ""
    (company_card,) = [card for card in lists.companies(CompanyQuery()).cards if card["pk"] == company.pk]
    assert company_card["logo_url"] == "" and company_card["ads_count"] == 2
    insert = PrintInsert.objects.create(
        placement=ad.placements.get(), employer=ad.employer, format="1/8", headline=ad.title
    )
    insert.state = PrintInsert.State.PRINTED
    insert.save()
    settle()
    assert shown(filters={"print": ("oui",)}) == [ad.pk]


def test_the_list_as_json(world, client, monkeypatch):
    url = "/annonces.json?q=éducateur&contract=cdi&sort=date"
    answer = client.get(url).json()
    assert answer["count"] == 3 and [item["id"] for item in answer["items"]] == [ad.pk for ad in world[::-1]]
    item = answer["items"][1]
    assert item["title"] == "Éducatrice spécialisée de nuit"
    assert "<mark>" in item["title_html"]
    assert item["html_url"].startswith("http") and item["published_at"]
    assert {"value": "cdi", "label": "CDI", "count": 3} in answer["facets"]["contract"]
    assert answer["next"] is None and answer["previous"] is None
    assert client.post(url).status_code == 405
    for hostile in ("?q=%00%27%22<script>", "?page=9999999", "?apres=x&avant=y", "?contract=" + "x" * 900):
        assert client.get(f"/annonces.json{hostile}").status_code == 200
    # Behind the end stands the last page, by number and by cursor.
    assert (
        client.get("/annonces.json?page=40").json()["items"] == client.get("/annonces.json").json()["items"]
    )
    monkeypatch.setattr(lists.FindsPage, "has_next", lambda page: page.number < 3)
    following = client.get("/annonces.json?q=éducateur").json()["next"]
    assert following.startswith("http") and "q=%C3%A9ducateur" in following and following.endswith("page=2")
    monkeypatch.setattr(views, "A_MINUTE", 2)
    assert [client.get("/annonces.json?q=x", REMOTE_ADDR="10.1.2.3").status_code for _ in range(3)] == [
        200,
        200,
        429,
    ]
    assert "Trop de demandes" in client.get("/annonces.json", REMOTE_ADDR="10.1.2.3").json()["error"]
