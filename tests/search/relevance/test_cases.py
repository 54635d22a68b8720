"""What people of the trade type, and what they must find. Both engines must pass every case."""

import pytest

from reference.models import StructureType
from search.engines.base import AdQuery
from tests.search import build
from tests.search.relevance.corpus import ADS, CASES

pytestmark = [pytest.mark.django_db, pytest.mark.relevance]


@pytest.fixture
def numbers(fresh):
    """The ads of the corpus, in the index: primary key to number."""
    found = {}
    for number, (title, employer, missions, town, trade, structure, age, paid) in ADS.items():
        of = build.employer(employer, credit=1)
        if paid:
            build.brand(of)
        names, acronym = trade
        short, long = structure
        ad = build.ad(
            build.company(of, place=town),
            title=title,
            missions=f"<p>{missions}</p>",
            place=town,
            profession=build.profession(names, acronym, code=f"essai-{number}"),
            structure_type=build.term(
                StructureType, f"essai-{short.lower()}", long, short_label=short, field="essai"
            ),
            age=age,
        )
        found[ad.pk] = number
    fresh("ads")
    return found


def test_every_case(engine, numbers, subtests):
    for query, wanted, unwanted, first in CASES:
        with subtests.test(query):
            found = [numbers[hit.pk] for hit in engine.ads(AdQuery(query, page_size=50)).hits]
            assert set(wanted) - set(found) == set(), f"missing; found {found}"
            assert set(unwanted) & set(found) == set(), f"unwanted; found {found}"
            if first is not None:
                assert found[0] == first
