"""What the office is told of the search: nothing while all is well, a sentence when something is not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox.models import Entry as Waiting
from search import engines, health
from search.engines.base import SearchUnavailable
from search.engines.resilient import Breaker
from search.models import IndexRun
from search.models.run import SILENCE
from tests.search import build

pytestmark = pytest.mark.django_db
LIST = "entretiens_modeladmin_index"


@pytest.fixture
def office(client, settings):
    boss = User.objects.create_superuser(email="chef@exemple.org", first_name="Aline", last_name="Roux")
    client.force_login(boss, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def run(**fields) -> IndexRun:
    now = timezone.now()
    fields = {"work": "comparison", "kind": "ads", "outcome": "done", "ended_at": now, **fields}
    return IndexRun.objects.create(**fields)


def first_screen(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_nothing_is_said_while_all_is_well(office, django_assert_num_queries):
    run(found={"missing": 2, "repaired": 2})
    run(work="rebuild", kind="cvs")
    assert "search-notice" not in first_screen(office)
    with django_assert_num_queries(4):
        assert health.look().is_sound


def test_each_trouble_is_a_sentence(office, settings, monkeypatch):
    breaker = Breaker()
    monkeypatch.setattr(engines, "_breaker", breaker)
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    breaker.failed(SearchUnavailable("refused"))
    late = Waiting.objects.create(topic="search.ad", key="1")
    Waiting.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(minutes=7))
    run(kind="companies", found={"ghosts": 3, "repaired": 1})
    run(kind="cvs", work="rebuild", outcome="refused", message="1 missing")
    page = first_screen(office).replace("\N{NO-BREAK SPACE}", " ")
    assert "Elasticsearch ne répond pas depuis le" in page
    assert "1 modification attend d’entrer dans la recherche" in page
    assert "Entreprises : la comparaison du" in page and "3 de trop, 1 réparé" in page
    assert "CVthèque : le dernier entretien n’est pas allé au bout" in page


def test_a_later_run_ends_the_notice(office):
    run(outcome="failed", started_at=timezone.now() - timedelta(days=1))
    assert "search-notice" in first_screen(office)
    run()
    assert "search-notice" not in first_screen(office)


def test_the_list_says_what_was_found_in_a_constant_number_of_queries(office, django_assert_max_num_queries):
    run(found={"stale": 1, "repaired": 1})
    run(work="rebuild", outcome="", ended_at=None, beat_at=timezone.now() - 2 * SILENCE)
    page = office.get(reverse(LIST)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 en retard, 1 réparé" in page and "Interrompue : reprend cette nuit" in page
    for _ in range(60):
        run()
    with django_assert_max_num_queries(20):
        assert "Comparaison" in office.get(reverse(LIST)).content.decode()


def test_no_recruiter_sees_it(client, settings):
    member = build.employer().memberships.get().user
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(reverse(LIST)).status_code in (302, 403, 404)
    cache.clear()
    run(outcome="failed")
    assert "search-notice" not in client.get(reverse("wagtailadmin_home"), follow=True).content.decode()
