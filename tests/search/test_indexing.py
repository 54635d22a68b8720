"""From a change to both engines: written with the change, read after it, never undone by something older."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.rich_text import get_text_for_indexing

from outbox.models import Entry as Waiting
from search import comparison, documents, index, indexing, tasks
from search.engines.base import AdQuery, CompanyQuery, CvQuery
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import AdEntry, CvEntry
from tests.search import build

pytestmark = pytest.mark.django_db


def pks(results):
    return [hit.pk for hit in results.hits]


def drain():
    left = tasks.drain.call()
    return left


def visible_to(engine):
    if engine.name == "elasticsearch":
        index.refresh("ads")
    return pks(engine.ads(AdQuery()))


def test_a_published_ad_is_found_after_the_commit(engine, fresh, commit):
    fresh()
    with commit():
        ad = build.ad()
    assert DBTaskResult.objects.filter(task_path="search.tasks.drain").exists()
    assert drain() == 0
    assert visible_to(engine) == [ad.pk]


def test_a_draft_writes_nothing_to_the_outbox():
    page = build.company()
    Waiting.objects.all().delete()
    build.ad(page, live=False)
    assert not Waiting.objects.exists()


def test_autosave_writes_nothing_to_the_outbox():
    ad = build.ad()
    Waiting.objects.all().delete()
    ad.save_revision()
    ad.save(update_fields=["has_unpublished_changes", "draft_title"], clean=False)
    assert not Waiting.objects.exists()


def test_a_change_that_is_rolled_back_leaves_nothing(commit):
    page = build.company()
    Waiting.objects.all().delete()
    with pytest.raises(RuntimeError), transaction.atomic():
        build.ad(page)
        raise RuntimeError
    assert not Waiting.objects.exists()


def test_changed_words_and_an_unpublished_ad(engine, fresh):
    ad = build.ad()
    fresh()
    ad.title = "Psychologue F/H"
    ad.save()
    drain()
    assert visible_to(engine) == [ad.pk]
    assert pks(engine.ads(AdQuery("psychologue"))) == [ad.pk]
    ad.unpublish()
    drain()
    assert visible_to(engine) == []


def test_an_unpublished_company_takes_its_ads_along(engine, fresh):
    ad = build.ad()
    fresh()
    ad.get_parent().specific.unpublish()
    drain()
    assert visible_to(engine) == []


def test_a_company_page_tells_of_all_its_ads_by_one_statement():
    page = build.company(build.employer(credit=6))
    ads = [build.ad(page) for _ in range(6)]
    with CaptureQueriesContext(connection) as asked:
        page.unpublish()
    written = [query for query in asked if query["sql"].startswith(f'INSERT INTO "{Waiting._meta.db_table}"')]
    assert len(written) <= 4, "the page and its ads, by the save and by the signal of Wagtail"
    assert {str(ad.pk) for ad in ads} <= set(Waiting.objects.waiting().values_list("key", flat=True))


def test_a_filled_ad_and_a_deleted_ad_are_gone(engine, fresh):
    page = build.company()
    filled, deleted, stays = build.ad(page), build.ad(page), build.ad(page)
    fresh()
    filled.filled_at = (
        filled.first_published_at or filled.latest_revision_created_at or stays.placements.get().opened_at
    )
    filled.save(update_fields=["filled_at"])
    key = deleted.pk
    deleted.delete()
    assert AdEntry.objects.get(pk=key).text_tokens == ""
    drain()
    assert visible_to(engine) == [stays.pk]


def test_a_bought_page_lifts_the_ads_it_has(engine, fresh):
    page = build.company()
    ad = build.ad(page, age=2)
    other = build.ad(build.company(build.employer("Sauvegarde du Nord")), age=1)
    fresh()
    assert pks(engine.ads(AdQuery("éducateur"))) == [other.pk, ad.pk]
    build.brand(page.employer)
    drain()
    if engine.name == "elasticsearch":
        index.refresh("ads")
    assert pks(engine.ads(AdQuery("éducateur"))) == [ad.pk, other.pk]


def test_a_candidate_who_withdraws_leaves_no_word(engine, fresh):
    candidate = build.candidate(text="Toucher-massage")
    fresh()
    assert pks(engine.cvs(CvQuery("massage"))) == [candidate.pk]
    candidate.library_consent_at = None
    candidate.save()
    drain()
    if engine.name == "elasticsearch":
        index.refresh("cvs")
    assert engine.cvs(CvQuery()).total == 0
    assert CvEntry.objects.get(pk=candidate.pk).text_tokens == ""


def test_a_deleted_candidate_leaves_no_word_even_before_the_drain(fresh, engine):
    candidate = build.candidate(text="Toucher-massage")
    fresh("cvs")
    key = candidate.pk
    candidate.delete()
    assert CvEntry.objects.get(pk=key).text_tokens == ""


@pytest.mark.elasticsearch
def test_an_older_reading_never_overwrites_a_newer_one(server):
    ad = build.ad()
    indexing.rebuild("ads")
    old = indexing.read("ads", [ad.pk])
    ad.unpublish()
    new = indexing.read("ads", [ad.pk])
    targets = index.physical("ads")
    assert new[0].doc is None and new[0].rev > old[0].rev
    assert index.write(targets, new, refresh=True).errors == {}
    assert index.write(targets, old, refresh=True).errors == {}
    assert ElasticsearchEngine().ads(AdQuery()).total == 0


@pytest.mark.elasticsearch
def test_changes_made_during_a_rebuild_are_in_the_new_index(server, monkeypatch):
    page = build.company()
    first = build.ad(page)
    for kind in index.KINDS:
        indexing.rebuild(kind)
    before = index.physical("ads")
    drain()
    real, late = comparison.differences, []

    def differences(*args):
        if not late:  # the rebuild has just read everything: now the world moves on
            late.append(build.ad(page))
            first.unpublish()
            drain()
        return real(*args)

    monkeypatch.setattr(comparison, "differences", differences)
    report = indexing.rebuild("ads")
    after = index.physical("ads")
    assert len(after) == 1 and after != before
    assert report.corrected == 0  # each change was written to both indices
    index.refresh("ads")
    assert pks(ElasticsearchEngine().ads(AdQuery())) == [late[0].pk]


@pytest.mark.elasticsearch
def test_what_the_server_did_not_take_waits_with_its_error(server, settings):
    indexing.rebuild("ads")
    ad = build.ad()
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert drain() > 0
    entry = Waiting.objects.waiting().filter(topic="search.ad").first()
    assert entry.attempts >= 1 and "Connection" in entry.last_error
    assert AdEntry.objects.get(pk=ad.pk).title == ad.title  # the database engine knows it all the same
    settings.ELASTICSEARCH_URL = server
    for kind in ("companies", "cvs"):
        indexing.rebuild(kind)
    assert drain() == 0
    index.refresh("ads")
    assert pks(ElasticsearchEngine().ads(AdQuery())) == [ad.pk]


@pytest.mark.elasticsearch
def test_a_missing_index_is_ordered(server):
    build.ad()
    drain()
    drain()
    ordered = [
        result.args_kwargs["args"] for result in DBTaskResult.objects.filter(task_path="search.tasks.rebuild")
    ]
    assert sorted(ordered) == [["ads"], ["companies"]]  # once each, and what changed waits for them
    assert Waiting.objects.waiting().exists()
    for kind in ("ads", "companies", "cvs"):
        tasks.rebuild.call(kind)
    assert drain() == 0


@pytest.mark.elasticsearch
def test_a_failed_rebuild_leaves_the_old_index_in_place(server, monkeypatch):
    ad = build.ad()
    indexing.rebuild("ads")
    before = index.physical("ads")

    def fails(kind, keys, **options):
        raise RuntimeError

    monkeypatch.setattr(indexing, "read", fails)
    with pytest.raises(RuntimeError):
        indexing.rebuild("ads")
    assert index.physical("ads") == before
    assert pks(ElasticsearchEngine().ads(AdQuery())) == [ad.pk]


def test_the_commands_rebuild_and_tell(engine, capsys):
    ad = build.ad()
    call_command("rebuild_index")
    assert "ads: 1 documents" in capsys.readouterr().out
    assert visible_to(engine) == [ad.pk]
    assert pks(engine.companies(CompanyQuery())) == [ad.get_parent().pk]
    call_command("search_status")
    assert "ads: 1 public, 1 in the database's search" in capsys.readouterr().out
    AdEntry.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("search_status")


def retries():
    """When drains that were put off are to run."""
    ready = DBTaskResult.objects.filter(task_path="search.tasks.drain", status="READY")
    return sorted(ready.exclude(run_after__lte=timezone.now()).values_list("run_after", flat=True))


def test_what_was_not_taken_is_tried_again_soon_by_one_task(settings):
    build.ad()
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    before = timezone.now()
    assert drain() > 0
    assert drain() > 0
    (again,) = retries()
    assert before < again < before + timedelta(seconds=10)


def test_a_drain_that_breaks_is_tried_again(monkeypatch):
    build.ad()

    def busy():
        raise OperationalError("database is locked")

    monkeypatch.setattr(indexing, "drain", busy)
    with pytest.raises(OperationalError):
        tasks.drain.call()
    assert len(retries()) == 1
    monkeypatch.undo()
    assert drain() == 0
    assert cache.get(tasks._FAILURES) is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>a &amp; b &lt;c&gt;</p><p>d<br/>e</p>",
        "1 < 2 et 3 > 2",
        "<h2>T</h2><hr/><ul><li>x</li><li><b>y</b></li></ul>",
        '<p><a linktype="page" id="3">lien</a><embed alt="photo"/></p>',
        "",
    ],
)
def test_words_of_rich_text_are_those_that_wagtail_finds(html):
    assert documents.plain(html) == get_text_for_indexing(html).strip()
