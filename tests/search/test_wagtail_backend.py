"""The administration's search on the real server: accents, rollbacks, an outage."""

import copy

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from modelsearch.backends import get_search_backend
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Page

from search import wagtail_backend
from search.client import client as client_of
from search.engines.resilient import Breaker
from tests.search import build

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def on_server(server, settings, monkeypatch):
    """The administration's search on Elasticsearch, in indices of this test's own; gives what refreshes them."""
    backends = copy.deepcopy(settings.WAGTAIL_ON_ELASTICSEARCH)
    prefix = backends["default"]["INDEX_PREFIX"] = f"{settings.ELASTICSEARCH_PREFIX}-office-"
    settings.WAGTAILSEARCH_BACKENDS = backends
    monkeypatch.setattr(wagtail_backend, "breaker", Breaker(name="office-test"))
    yield lambda: client_of("office").indices.refresh(index=f"{prefix}*")
    settings.ELASTICSEARCH_URL = server
    for name in client_of("office").indices.get(index=f"{prefix}*"):
        client_of("office").indices.delete(index=name)


def run_queue() -> None:
    """What a worker would do with the index tasks that are in the queue."""
    for waiting in DBTaskResult.objects.filter(task_path__contains="insert_or_update", status="READY"):
        try:
            insert_or_update_object_task.call(*waiting.args_kwargs["args"])
        finally:
            waiting.delete()


def titles(text: str, complete: bool = False) -> list[str]:
    backend = get_search_backend()
    found = (backend.autocomplete if complete else backend.search)(text, Page)
    return [page.title for page in found]


@pytest.fixture
def ad(on_server):
    made = build.ad(title="Éducatrice spécialisée F/H")
    call_command("update_index", verbosity=0)
    DBTaskResult.objects.all().delete()
    on_server()
    return made


def test_accents_find_with_and_without(ad):
    for text in ("éducatrice", "educatrice", "ÉDUCATRICE SPECIALISEE"):
        assert ad.title in titles(text), text
    for text in ("éduc", "educ"):
        assert ad.title in titles(text, complete=True), text


def test_what_is_rolled_back_never_reaches_the_index(ad, on_server, commit):
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():
        ad.title = "Phantom"
        ad.save()
        raise Undo
    key = ad.pk
    with pytest.raises(Undo), transaction.atomic():
        Page.objects.get(pk=key).delete()
        raise Undo
    run_queue()
    on_server()
    assert titles("phantom") == []
    assert titles("éducatrice") == ["Éducatrice spécialisée F/H"]

    with commit():
        Page.objects.get(pk=key).delete()
    on_server()
    assert titles("éducatrice") == [] == list(get_search_backend("database").search("éducatrice", Page))


def test_a_committed_change_is_found(ad, on_server, commit):
    with commit():
        ad.title = "Psychologue"
        ad.save()
    run_queue()
    on_server()
    assert titles("psychologue") == ["Psychologue"]


def test_the_administration_answers_while_the_server_does_not(ad, settings, client, django_user_model):
    boss = django_user_model.objects.create_superuser(email="chef@exemple.org", first_name="A", last_name="B")
    client.force_login(boss, backend=settings.AUTHENTICATION_BACKENDS[0])
    address = reverse("wagtailadmin_pages:search")
    for url in (settings.ELASTICSEARCH_URL, "http://127.0.0.1:9"):
        settings.ELASTICSEARCH_URL = url
        answer = client.get(address, {"q": "éducatrice"})
        assert answer.status_code == 200
        assert ad.title in answer.content.decode(), url
    assert wagtail_backend.breaker.is_open
    ad.title = "Psychologue"
    ad.save()  # neither a save nor its task fails
    run_queue()
    assert titles("psychologue") == ["Psychologue"]


def test_before_its_indices_are_made_the_database_answers_and_nothing_is_guessed(on_server):
    made = build.ad(title="Éducatrice spécialisée F/H")
    run_queue()
    assert titles("éducatrice") == [made.title]
    assert not client_of("office").indices.exists(index=get_search_backend().get_index_for_model(Page).name)
