"""The corpus of the measurements makes what the site itself would make of the same ads and people."""

import sys
from pathlib import Path

import pytest

from pages.models import JobAd
from recruiting.models import Candidate
from search import documents

pytestmark = pytest.mark.django_db
#: What a row has of its own: its keys, what follows from them and the revision.
OWN = {"id", "employer", "company", "rev", "card", "sponsored_until", "user"}


@pytest.fixture
def corpus(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "dev" / "bench"))
    import _corpus

    yield _corpus
    _corpus.lists.cache_clear()
    for name in ("_corpus", "_corpus_text", "_many"):
        sys.modules.pop(name, None)


def told(document):
    return {name: value for name, value in document.items() if name not in OWN}


def test_ready_ads_say_what_the_same_ads_say_from_the_database(corpus):
    ready = list(corpus.ad_documents(4))
    corpus.load_ads(4)
    built = documents.ads(JobAd.objects.order_by("pk").values_list("pk", flat=True))
    assert [told(document) for document in ready] == [told(document) for document in built.values()]
    assert all(document["card"]["url"] for document in ready)


def test_ready_cvs_say_what_the_same_people_say_from_the_database(corpus):
    ready = list(corpus.cv_documents(3))
    corpus.load_cvs(3)
    built = documents.cvs(Candidate.objects.order_by("pk").values_list("pk", flat=True))
    assert [told(document) for document in ready] == [told(document) for document in built.values()]
