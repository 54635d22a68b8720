"""Words that nothing holds: compared once with the words in use, whatever is typed."""

import pytest

from search import indexing
from search.engines import es_answer
from search.engines.base import AdQuery, Step
from search.engines.elasticsearch import ElasticsearchEngine
from tests.search import build

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def asked(server, monkeypatch):
    """An index of one ad of "Zénobie Kermadec"; the requests to the server since."""
    build.ad(build.company(build.employer("Zénobie Kermadec")))
    indexing.rebuild("ads")
    requests, own = [], es_answer.ask
    monkeypatch.setattr(es_answer, "ask", lambda *args: requests.append(args) or own(*args))
    return requests


@pytest.mark.parametrize(
    "text",
    ["xyzzy qwrtzk plughu frobnik", "zzzqx " * 40, "xyzzyq'frobnik l'xyzzyq", "[xyzzyq] {qwrtzk} 'plughu'"],
)
def test_what_nothing_is_like_ends_after_three_requests(asked, text):
    """Strictly; which of the words stand anywhere; what else may be meant."""
    assert ElasticsearchEngine().ads(AdQuery(text)).total == 0
    assert 1 < len(asked) <= 3


@pytest.mark.parametrize("text", ["zenovie", "kermadek", "kermad"])
def test_a_name_with_an_error_or_its_beginning_is_found(asked, text):
    found = ElasticsearchEngine().ads(AdQuery(text))
    assert (found.total, found.step) == (1, Step.FUZZY)
