"""Pages that follow each other while ads come and go, and the cursors that lead to them."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from search import cursors, index, indexing
from search.engines.base import DATE, DISTANCE, MAX_PAGE, PAY, RELEVANCE, AdQuery, Area, CompanyQuery, Cursor
from search.engines.priority import lifted
from tests.search import build

LYON = Area("Lyon (69)", 45.764, 4.8357, 30)
NOW = timezone.now()
AFTER = Cursor((1.5, 7), (7, 8), NOW, "elasticsearch")


def pks(results):
    return [hit.pk for hit in results.hits]


# --- As text in an address -------------------------------------------------------------------------------------------


def test_a_cursor_comes_back_as_it_was():
    query = AdQuery("éducateur", area=LYON, filters={"contract": ("cdi",)})
    text = cursors.written(AFTER, query)
    assert cursors.placed(query, {"apres": text}).cursor == AFTER
    back = replace(AFTER, backwards=True)
    assert cursors.placed(query, {"avant": cursors.written(back, query)}).cursor == back
    # The next page of the same search, at another moment.
    later = replace(query, page=3, now=NOW + timedelta(hours=1))
    assert cursors.placed(later, {"apres": text}).cursor == AFTER


@pytest.mark.parametrize(
    "other",
    [
        AdQuery("infirmier", area=LYON),
        AdQuery("éducateur"),
        AdQuery("éducateur", area=LYON, sort=DATE),
        AdQuery("éducateur", area=LYON, filters={"contract": ("cdi",)}),
        AdQuery("éducateur", area=LYON, pay_from=20_000),
        CompanyQuery("éducateur", area=LYON),
    ],
)
def test_a_cursor_of_another_search_is_none(other):
    text = cursors.written(AFTER, AdQuery("éducateur", area=LYON))
    assert cursors.placed(other, {"apres": text}) == other


def test_nobody_makes_up_a_cursor():
    query = AdQuery("éducateur")
    text = cursors.written(AFTER, query)
    forged = signing.dumps([[1], [1], NOW.isoformat(), "elasticsearch", "x"], salt="other")
    for bad in ("", "x", text[:-1], text + "a", "a" * 10_000, forged, "\x00", "é:ü:ñ", text.replace(":", "")):
        assert cursors.placed(query, {"apres": bad}).cursor is None, bad
    assert cursors.placed(query, {"avant": text}).cursor is None
    with time_machine.travel(NOW + timedelta(days=2)):
        assert cursors.placed(query, {"apres": text}).cursor is None


def test_numbers_end_where_cursors_go_on():
    assert AdQuery(page=10_000).page == MAX_PAGE
    assert AdQuery(page=10_000, cursor=AFTER).page == 10_000
    assert AdQuery(page=5, cursor=AFTER).offset == 0


# --- On the server ----------------------------------------------------------------------------------------------------


def walk(engine, query, between=lambda: None):
    """The keys of all pages, by cursor."""
    found, results = [], engine.ads(query)
    while True:
        found.append(pks(results))
        if results.after is None:
            return found, results
        between()
        results = engine.ads(replace(query, page=results.page + 1, cursor=results.after))


@pytest.mark.django_db
def test_pages_hold_while_ads_come_and_go(engine, fresh):
    """In every order: no ad twice, and none left out that was there all along, though scores move with each change."""

    def written():
        indexing.drain()
        if engine.name == "elasticsearch":
            index.refresh("ads")

    page = build.company(build.employer(credit=40))
    # Alike in words, some alike in age and pay: pages end amid equals.
    ads = [build.ad(page, age=n % 3, pay_min=2000 if n % 2 else None) for n in range(10)]
    fresh("ads")
    for sort in (RELEVANCE, DATE, DISTANCE, PAY):
        query = AdQuery("éducateur spécialisé", area=LYON, sort=sort, page_size=3)
        whole = pks(engine.ads(replace(query, page_size=50)))
        came = []

        def change(came=came):
            came.append(build.ad(page, title="Éducateur spécialisé, éducateur de nuit"))
            written()

        found, last = walk(engine, query, change)
        flat = [pk for part in found for pk in part]
        assert len(flat) == len(set(flat)), sort
        assert [pk for pk in flat if pk in whole] == whole, sort
        # And back from the last page, the same way.
        back, results = [pks(last)], last
        while results.before is not None:
            results = engine.ads(replace(query, page=max(1, results.page - 1), cursor=results.before))
            back.insert(0, pks(results))
        assert [pk for part in back for pk in part if pk in whole] == whole, sort
        assert results.page == 1
        for ad in came:
            ad.unpublish()
        written()
    # The find that a cursor stands on may itself be gone: its neighbours tell where that was.
    query = AdQuery("éducateur spécialisé", page_size=3)
    first = engine.ads(query)
    rest = pks(engine.ads(replace(query, page_size=50)))[3:]
    next(ad for ad in ads if ad.pk == first.hits[-1].pk).unpublish()
    written()
    second = engine.ads(replace(query, page=2, cursor=first.after))
    assert pks(second) == rest[:3]


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_a_visitor_turns_pages(client, server):
    employer = build.company(build.employer(credit=45))
    every = {build.ad(employer).get_url() for _ in range(45)}
    indexing.rebuild("ads")
    seen, url = [], "/annonces/?q=éducateur"
    while url:
        html = client.get(url).content.decode()
        seen += [address for address in every if f'"{address}"' in html]
        following = html.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        assert not following or "apres=" in following
        url = following and f"/annonces/{following}"
    assert sorted(seen) == sorted(every)
    # The numbers lead to the same pages.
    assert (
        "apres" not in client.get("/annonces/?q=éducateur&page=2").content.decode().partition('rel="next"')[0]
    )


# --- Priority ---------------------------------------------------------------------------------------------------------


def hits(*scores_and_marks):
    from search.engines.base import Hit

    return [Hit(n, score=score, sponsored=paid) for n, (score, paid) in enumerate(scores_and_marks)]


@pytest.mark.parametrize(
    ("found", "order"),
    [
        # Before equals, and before what is a little better.
        (hits((10, False), (10, False), (10, True)), [2, 0, 1]),
        (hits((11, False), (10, True)), [1, 0]),
        # Never before what is clearly better.
        (hits((20, False), (10, False), (10, True)), [0, 2, 1]),
        (hits((12, False), (10, True)), [0, 1]),
        # Three at most, in the order in which they match.
        (hits(*[(10, False)] * 2, *[(10, True)] * 5), [2, 3, 4, 0, 1, 5, 6]),
        # A list by name has no scores.
        (hits((0, False), (0, True)), [0, 1]),
        ([], []),
    ],
)
def test_priority_is_little_and_for_few(found, order):
    assert [hit.pk for hit in lifted(AdQuery("éducateur"), found)] == order


def test_priority_is_of_the_first_page_by_relevance_alone():
    found = hits((10, False), (10, True))
    for query in (AdQuery(page=2), AdQuery(cursor=AFTER), AdQuery(sort=DATE), AdQuery(sort=PAY, area=LYON)):
        assert lifted(query, found) == found


@pytest.mark.django_db
def test_the_map_takes_no_cursor_of_the_list(client, settings):
    """On the database alone: the map has an order of its own, to which a place in the list means nothing."""
    settings.ELASTICSEARCH_URL = ""
    page = build.company(build.employer(credit=25))
    for _ in range(23):
        build.ad(page)
    indexing.rebuild("ads")
    html = client.get("/annonces/?q=éducateur").content.decode()
    following = html.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "apres=" in following
    shown = client.get(f"/annonces/carte/{following}")
    assert shown.status_code == 200 and "23" in shown.content.decode()
