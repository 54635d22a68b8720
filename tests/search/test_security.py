"""Each purpose has its own key, and no key more than its purpose needs: tried on a server with security on."""

import os
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from elasticsearch import ApiError, Elasticsearch

from search import index, indexing, wagtail_backend
from search.client import client as client_of
from search.client import patient_client
from search.engines import get_engine
from search.engines.base import AdQuery, CompanyQuery, CvQuery, SearchUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.resilient import Breaker
from tests.search import build

ADMINISTRATOR = os.environ.get("ELASTICSEARCH_SECURE_URL", "")
pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def secured(settings, monkeypatch):
    """The site with keys that the command made; nothing of an administrator is in its settings."""
    if not ADMINISTRATOR:
        pytest.skip("ELASTICSEARCH_SECURE_URL names no server with security on (dev/test.sh starts one)")
    settings.ELASTICSEARCH_PREFIX = f"test-secured-{os.getpid()}"
    monkeypatch.setenv("ELASTICSEARCH_ADMIN_URL", ADMINISTRATOR)
    out = StringIO()
    call_command("search_keys", days=1, stdout=out)
    for line in out.getvalue().splitlines():
        name, _, value = line.partition("=")
        setattr(settings, name, value)
    settings.ELASTICSEARCH_URL = f"http://{urlsplit(ADMINISTRATOR).netloc.rpartition('@')[2]}"
    settings.ELASTICSEARCH_TIMEOUT = 30  # that server has only just begun
    yield settings.ELASTICSEARCH_URL
    for kind in index.KINDS:
        index.drop(kind)


def refused(action) -> int:
    with pytest.raises(ApiError) as caught:
        action()
    return caught.value.meta.status


def test_the_whole_search_works_with_a_key_for_each_purpose_and_none_does_more(
    secured, client, settings, monkeypatch
):
    ad, candidate = build.ad(), build.candidate(text="Toucher-massage")
    for kind in index.KINDS:
        assert indexing.rebuild(kind).public == 1
    ad.title = "Psychologue F/H"
    ad.save()
    assert indexing.drain() == 0
    for kind in index.KINDS:
        index.refresh(kind)

    engine = ElasticsearchEngine()
    assert [hit.pk for hit in engine.ads(AdQuery("psychologue")).hits] == [ad.pk]
    assert engine.companies(CompanyQuery("tilleuls")).total == 1
    assert [hit.pk for hit in engine.cvs(CvQuery("massage")).hits] == [candidate.pk]
    response = client.get(reverse("search:ads"), {"q": "psychologue"})
    assert response.status_code == 200 and ad.get_url() in response.content.decode()
    monkeypatch.setattr(wagtail_backend, "breaker", Breaker(name="office-secured"))
    backend = wagtail_backend.SearchBackend(
        {"INDEX_PREFIX": f"{settings.ELASTICSEARCH_PREFIX}-office-", "TIMEOUT": 5}
    )
    office = backend.get_index_for_model(type(ad))
    office.put()
    office.refresh()
    office.delete()

    _only_reads("public", {"ads", "companies"})
    _only_reads("recruiter", {"ads", "companies", "cvs"})
    _stays_with_its_own()

    settings.ELASTICSEARCH_API_KEY_RECRUITER = settings.ELASTICSEARCH_API_KEY_PUBLIC
    with pytest.raises(SearchUnavailable):
        engine.cvs(CvQuery())
    assert (
        get_engine().cvs(CvQuery("massage")).total == 1
    )  # the database answers, a visitor sees no difference
    assert Elasticsearch(secured).options(ignore_status=401).info().meta.status == 401


def _only_reads(purpose, kinds) -> None:
    server = client_of(purpose)
    for kind in index.KINDS:
        alias, name = index.alias(kind), index.current(kind)
        if kind in kinds:
            server.search(index=alias)
        else:
            assert refused(lambda alias=alias: server.search(index=alias)) == 403
        for forbidden in (
            lambda name=name: server.search(index=name),
            lambda alias=alias: server.index(index=alias, id="1", document={"id": 1}),
            lambda alias=alias: server.delete(index=alias, id="1"),
            lambda name=name: server.indices.delete(index=name),
            lambda alias=alias: server.delete_by_query(index=alias, query={"match_all": {}}),
        ):
            assert refused(forbidden) == 403
    assert refused(lambda: server.search(index="*-office-*,.security*", allow_no_indices=False)) in (403, 404)
    assert (
        refused(lambda: server.cluster.put_settings(persistent={"cluster.max_shards_per_node": 900})) == 403
    )
    assert refused(lambda: server.security.create_api_key(name="more")) == 403


def _stays_with_its_own() -> None:
    assert refused(lambda: patient_client().indices.create(index="test-other")) == 403
    assert refused(lambda: patient_client().security.get_user()) == 403
    assert refused(lambda: patient_client().search(index=".security-7")) == 403
    assert refused(lambda: client_of("office").search(index=index.alias("cvs"))) == 403


def test_older_keys_end_when_the_site_has_changed_over(secured, settings):
    before = settings.ELASTICSEARCH_API_KEY_INDEXER
    out = StringIO()
    call_command("search_keys", days=1, stdout=out)
    call_command("search_keys", forget_older=True, stdout=out)
    assert refused(lambda: Elasticsearch(secured, api_key=before).cluster.health()) == 401
    lines = dict(line.split("=", 1) for line in out.getvalue().splitlines() if "=" in line)
    settings.ELASTICSEARCH_API_KEY_INDEXER = lines["ELASTICSEARCH_API_KEY_INDEXER"]
    patient_client().cluster.health()


def test_the_command_says_what_it_needs(monkeypatch):
    monkeypatch.delenv("ELASTICSEARCH_ADMIN_URL", raising=False)
    with pytest.raises(CommandError, match="ELASTICSEARCH_ADMIN_URL"):
        call_command("search_keys")
