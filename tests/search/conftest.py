import os
import uuid

import pytest

from search import index, indexing, remembered
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")


@pytest.fixture(autouse=True)
def no_server(settings):
    """The database alone, unless a test asks for the server."""
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture(autouse=True)
def other_names():
    """The employers of one test are not proposed in another."""
    remembered.forget()


@pytest.fixture
def server(settings):
    """The real Elasticsearch, with indices of this test's own."""
    settings.ELASTICSEARCH_URL = ELASTICSEARCH_URL
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid.uuid4().hex[:10]}"
    yield ELASTICSEARCH_URL
    settings.ELASTICSEARCH_URL = ELASTICSEARCH_URL
    for kind in index.KINDS:
        index.drop(kind)


#: The first runs on the database of the pass, which is SQLite in the quick one.
ENGINES = [
    "database",
    pytest.param("postgresql", marks=pytest.mark.postgres),
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
]


@pytest.fixture(params=ENGINES)
def engine(request):
    """Each of the three engines in turn. After changes call `fresh(engine)`."""
    if request.param in ("database", "postgresql"):
        return DatabaseEngine()
    request.getfixturevalue("server")
    return ElasticsearchEngine()


@pytest.fixture
def fresh(engine):
    """Build everything the tests' objects need to be found, or only one kind."""

    def build(*kinds):
        for kind in kinds or index.KINDS:
            indexing.rebuild(kind)

    return build
