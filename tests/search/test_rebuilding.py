"""A rebuild while the world goes on: every row is compared, by this test itself, after real transactions of threads."""

import random
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from elasticsearch import Elasticsearch, helpers

from outbox.models import Entry as Waiting
from pages.models import JobAd, Placement
from recruiting.models import Candidate, Cv
from search import comparison, index, indexing, rebuilding, tasks
from search.client import patient_client
from search.engines.base import SearchUnavailable
from search.models import CvEntry, IndexRun
from search.models.run import SILENCE
from tests.search import build

pytestmark = [pytest.mark.elasticsearch]


def candidates(count: int) -> list[int]:
    """So many profiles of the library, by the row: nothing of them is in the outbox."""
    profession, place, now = build.profession(), build.commune("Lyon"), timezone.now()
    people = type(build.user()).objects.bulk_create(
        type(build.user())(email=f"c{n}@exemple.org", first_name="Camille", last_name=f"Nom{n}")
        for n in range(count)
    )
    made = Candidate.objects.bulk_create(
        Candidate(
            user=person, profession=profession, commune=place, headline=f"Profil {n}",
            library_consent_at=now, library_consent_wording="1",
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    Cv.objects.bulk_create(
        Cv(candidate=one, file="cvs/essai.pdf", file_name="cv.pdf", size=1, text="MECS") for one in made
    )
    return [one.pk for one in made]


def in_database() -> dict[int, tuple[str, int]]:
    """Headline and revision of every profile that the library shows."""
    revisions = dict(CvEntry.objects.values_list("pk", "rev"))
    return {one.pk: (one.headline, revisions[one.pk]) for one in Candidate.objects.in_library()}


def in_index() -> dict[int, tuple[str, int]]:
    """The same of every document that a search can find."""
    index.refresh("cvs")
    hits = helpers.scan(
        patient_client(), index=index.alias("cvs"), query={"query": {"exists": {"field": "updated_at"}}}
    )
    return {int(hit["_id"]): (hit["_source"]["title"], hit["_source"]["rev"]) for hit in hits}


class Undo(Exception):
    pass


def one_change(rng: random.Random, pks: list[int], number: int, done: Counter) -> None:
    """What a person does in one transaction: edit, withdraw, come back, delete; some of it is rolled back."""
    what = rng.choices(("edit", "withdraw", "return", "delete", "undone"), (10, 3, 2, 1, 4))[0]
    try:
        with transaction.atomic():
            one = Candidate.objects.select_for_update().filter(pk=rng.choice(pks)).first()
            if one is None:
                return
            if what == "delete":
                one.delete()
            else:
                one.headline = f"Change {number}"
                one.library_consent_at = None if what == "withdraw" else timezone.now()
                one.save()
            if what == "undone":
                raise Undo
    except Undo:
        pass
    done[what] += 1


@contextmanager
def busy_site(pks: list[int]):
    """Two people who change profiles and a worker that drains, until the block ends; gives what was done."""
    done, stop, broken = Counter(), threading.Event(), []

    def person(seed: int) -> None:
        rng, number = random.Random(seed), seed
        while not stop.is_set():
            one_change(rng, pks, number, done)
            number += 10

    def worker(_: int) -> None:
        while not stop.is_set():
            indexing.drain()
            stop.wait(0.01)

    def run(job, seed: int) -> None:
        try:
            job(seed)
        except Exception as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=job) for job in ((person, 1), (person, 2), (worker, 0))]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert broken == []


@pytest.mark.postgres
@pytest.mark.invariant
@pytest.mark.django_db(transaction=True)
def test_no_change_is_lost_by_a_rebuild_under_concurrent_edits_rollbacks_and_deletes(server, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 40)
    pks = candidates(300)
    indexing.rebuild("cvs")
    before = index.current("cvs")
    with busy_site(pks) as done:
        report = indexing.rebuild("cvs")
        during = sum(done.values())
    while indexing.drain():
        pass
    assert during > 20 and done["undone"] and done["edit"], done
    assert index.physical("cvs") == [report.index] != [before]
    assert in_index() == in_database()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_dual_writes_the_same_rebuild_would_lose_changes_and_the_comparison_sees_it(
    server, monkeypatch
):
    """The control of the test above, and what the comparison before the swap is for."""
    monkeypatch.setattr(indexing, "BATCH", 20)
    pks = candidates(60)
    indexing.rebuild("cvs")
    old = index.current("cvs")
    monkeypatch.setattr(index, "physical", lambda kind: [old])

    def changes_behind(done: int, total: int) -> None:
        if done == 60:  # the first profile was read long ago
            one = Candidate.objects.get(pk=pks[0])
            one.headline = "Change"
            one.save()
            Candidate.objects.get(pk=pks[1]).delete()
            indexing.drain()

    with monkeypatch.context() as blind:
        blind.setattr(comparison, "differences", lambda kind, name: {})
        indexing.rebuild("cvs", changes_behind)
    assert in_index() != in_database()

    old = index.current("cvs")
    Candidate.objects.filter(pk=pks[2]).update(headline="Silent")
    pks[:] = pks[2:] + pks[:2]
    seen = []
    real = comparison.differences
    monkeypatch.setattr(comparison, "differences", lambda *args: seen.append(real(*args)) or seen[-1])
    monkeypatch.setattr(indexing, "forget", lambda *args: None)

    def again(done: int, total: int) -> None:
        if done >= 59 and not seen:
            Candidate.objects.get(pk=pks[0]).save()
            Candidate.objects.get(pk=pks[1]).delete()
            indexing.drain()

    report = indexing.rebuild("cvs", again)
    assert report.corrected == 2
    assert seen[0] == {comparison.STALE: [pks[0]], comparison.GHOSTS: [pks[1]]}
    assert in_index() == in_database()


@pytest.mark.django_db
def test_a_rebuild_that_was_stopped_goes_on_where_it_was(server, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 10)
    pks = candidates(35)
    real, read = indexing.read, []
    monkeypatch.setattr(
        indexing, "read", lambda kind, keys, **options: read.append(keys) or real(kind, keys, **options)
    )

    def stopped(done: int, total: int) -> None:
        assert total == 35
        if done >= 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild("cvs", stopped)
    (half,) = index.physical("cvs")
    with pytest.raises(SearchUnavailable):
        index.count("cvs")  # nobody reads the half of it
    read.clear()
    changed = Candidate.objects.get(pk=pks[0])
    changed.headline = "Change"
    changed.save()
    indexing.drain()  # written to the half index as well
    read.clear()
    report = indexing.rebuild("cvs")
    assert report.index == half and report.read == 35
    assert min(key for keys in read for key in keys) > pks[9]
    assert in_index() == in_database()
    assert [run.outcome for run in IndexRun.objects.all()] == [IndexRun.Outcome.DONE]


@pytest.mark.django_db
def test_one_process_rebuilds_a_kind_and_a_dead_one_is_replaced(server, monkeypatch):
    candidates(3)
    alive = rebuilding._take("cvs")
    with pytest.raises(rebuilding.RebuildGoesOn):
        indexing.rebuild("cvs")
    assert tasks.rebuild.call("cvs") == ""
    IndexRun.objects.filter(pk=alive.pk).update(beat_at=timezone.now() - 2 * SILENCE)
    report = indexing.rebuild("cvs")
    assert report.index == alive.index and report.public == 3
    with pytest.raises(rebuilding.RebuildGoesOn):
        rebuilding._beat(alive)  # the first one, which was only slow, finds that it was replaced

    left = rebuilding._take("cvs")
    IndexRun.objects.filter(pk=left.pk).update(
        beat_at=timezone.now() - 2 * SILENCE, fingerprint="of older rules"
    )
    report = indexing.rebuild("cvs")
    assert report.index != left.index and index.physical("cvs") == [report.index]
    left.refresh_from_db()
    assert left.outcome == IndexRun.Outcome.ABANDONED


@pytest.mark.django_db
def test_an_index_that_differs_is_never_swapped_in(server, monkeypatch):
    pks = candidates(5)
    indexing.rebuild("cvs")
    before = index.current("cvs")
    real = index.write

    def forgetful(targets, changes, **options):
        return real(targets, [change for change in changes if change.pk != pks[0]], **options)

    monkeypatch.setattr(index, "write", forgetful)
    with pytest.raises(rebuilding.RebuildRefused, match="1 missing"):
        indexing.rebuild("cvs")
    assert index.physical("cvs") == [before] == [index.current("cvs")]
    assert IndexRun.objects.latest("pk").outcome == IndexRun.Outcome.REFUSED
    assert in_index() == in_database()


@pytest.mark.django_db
def test_the_nightly_comparison_names_what_differs_and_repairs_it(server, caplog):
    missing, stale, ahead, unnoticed, gone = candidates(5)
    for kind in index.KINDS:
        indexing.rebuild(kind)
    es, name = patient_client(), index.current("cvs")
    documents = {pk: es.get(index=name, id=str(pk))["_source"] for pk in (stale, ahead, gone)}

    def put(pk: int, rev: int, source: dict) -> None:
        source = source | {"id": pk, "rev": rev}
        es.index(
            index=name, id=str(pk), document=source, version=rev, version_type="external_gte", refresh=True
        )

    es.delete(index=name, id=str(missing), refresh=True)
    Candidate.objects.filter(pk=stale).update(headline="Change")
    indexing.read("cvs", [stale])  # a worker that was killed between the database and the server
    put(ahead, 40, documents[ahead] | {"title": "Of a later life"})  # the database was restored from a copy
    put(987_654, 7, documents[gone])
    Candidate.objects.filter(pk=unnoticed).update(headline="Nobody told")
    found = tasks.compare.call()
    assert found == {
        "ads": {},
        "companies": {},
        "cvs": {"unnoticed": 1, "missing": 1, "stale": 1, "ghosts": 1, "ahead": 1, "repaired": 5},
    }
    assert in_index() == in_database()
    assert in_index()[unnoticed][0] == "Nobody told"
    assert "differs from the database" in caplog.text
    assert tasks.compare.call() == {"ads": {}, "companies": {}, "cvs": {}}


@pytest.mark.django_db
def test_a_comparison_without_an_answer_says_so(server, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    tasks.compare.call()
    assert {run.outcome for run in IndexRun.objects.all()} == {IndexRun.Outcome.FAILED}
    settings.ELASTICSEARCH_URL = server


@pytest.mark.django_db
def test_a_hundred_ads_unpublished_by_one_action_leave_in_one_bulk(server, commit, monkeypatch):
    ad = build.ad()
    page, paid = ad.get_parent().specific, ad.placements.get()
    for _ in range(99):  # drafts cost least; a placement each makes them public
        build.ad(page, live=False)
    others = JobAd.objects.child_of(page).exclude(pk=ad.pk)
    dates = {"kind": paid.kind, "opened_at": paid.opened_at, "ends_at": paid.ends_at}
    Placement.objects.bulk_create(
        Placement(ad=one, ad_title=one.title, employer=page.employer, **dates) for one in others
    )
    others.update(live=True)
    ads = list(JobAd.objects.visible())
    assert len(ads) == 100
    for kind in index.KINDS:
        indexing.rebuild(kind)
    indexing.drain()
    tasks.drain.call()
    DBTaskResult.objects.all().delete()
    with commit(), transaction.atomic():
        for ad in ads:
            ad.unpublish()
    assert DBTaskResult.objects.filter(task_path="search.tasks.drain").count() == 1
    sizes, real = [], Elasticsearch.bulk
    monkeypatch.setattr(
        Elasticsearch,
        "bulk",
        lambda *args, **kwargs: sizes.append(len(kwargs["operations"])) or real(*args, **kwargs),
    )
    assert tasks.drain.call() == 0
    assert sizes == [200]  # an action and a document of each
    index.refresh("ads")
    assert index.count("ads") == 0


@pytest.mark.django_db
def test_old_runs_are_forgotten_and_a_dead_rebuild_goes_on_at_night(server):
    candidates(3)
    IndexRun.objects.create(kind="ads", work="comparison", ended_at=timezone.now() - timedelta(days=100))
    left = rebuilding._take("cvs")
    IndexRun.objects.filter(pk=left.pk).update(beat_at=timezone.now() - 2 * SILENCE)
    tasks.compare.call()
    assert index.current("cvs") == left.index
    assert not IndexRun.objects.filter(ended_at__lt=timezone.now() - timedelta(days=50)).exists()
    assert not Waiting.objects.waiting().exists()
