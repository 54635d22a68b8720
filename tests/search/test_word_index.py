"""The index of words that each database keeps of the shadow rows, whoever writes them."""

import pytest
from django.db import connection

from search import indexing
from search.engines.base import AdQuery, Step
from search.engines.database import DatabaseEngine
from search.models import AdEntry
from search.models.word_index import BOUNDARY, TITLE, Holds, fts5_table, install
from search.shadow import MAX_STEMS, row
from search.vocabulary.stemmer import stem
from tests.search import build

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["database", pytest.param("postgresql", marks=pytest.mark.postgres)], autouse=True)
def either_database(request):
    """Once on the database of the quick pass, once on PostgreSQL."""


def entry(pk, title, **fields):
    return AdEntry(pk=pk, title=title, title_tokens=" ".join(stem(word) for word in title.split()), **fields)


def saying(*words, **options):
    return sorted(AdEntry.objects.holding([[tuple(words)]], **options).values_list("pk", flat=True))


def test_every_way_of_writing_a_row_is_seen():
    AdEntry.objects.bulk_create([entry(1, "peintre"), entry(2, "plombier")])
    assert (saying("peintr"), saying(stem("plombier"))) == ([1], [2])
    AdEntry.objects.bulk_create(
        [entry(1, "plombier")],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["title_tokens"],
    )
    assert (saying("peintr"), saying(stem("plombier"))) == ([], [1, 2])
    AdEntry.objects.filter(pk=2).update(title_tokens="couvreur")
    assert (saying("couvreur"), saying(stem("plombier"))) == ([2], [1])
    AdEntry.objects.filter(pk=2).delete()
    AdEntry.objects.create(pk=3, name_tokens="couvreur", text_tokens="couvreur")
    assert (saying("couvreur"), saying("couvreur", columns=TITLE)) == ([3], [])


def test_a_phrase_stays_within_a_name_and_a_column():
    AdEntry.objects.create(
        pk=1, title_tokens="chef", name_tokens=f"servic {BOUNDARY} social", text_tokens="b"
    )
    assert saying("chef") == saying("servic") == saying("social") == [1]
    assert saying("chef", "servic") == saying("servic", "social") == saying("social", "b") == []
    assert stem(BOUNDARY) != BOUNDARY  # so nobody can ask for it


@pytest.mark.parametrize(
    "word", ['"', "'", "a'b", 'a" OR "b', "*", "a:*", "!a", "|", "", "\\", "a)", "NEAR", "🙂", "a\x00"]
)
def test_no_stem_leaves_its_quotes(word):
    AdEntry.objects.create(pk=1, title_tokens="autre")
    assert list(AdEntry.objects.filter(Holds([[(word,)], [(word, word)]]))) == []


def test_a_text_of_any_length_is_taken():
    text = " ".join(f"mot{number}" for number in range(MAX_STEMS * 2)) + " " + "x" * 5000
    values = row("cvs", {"title": "Titre", "body": text, "cv_text": text})
    stems = values["text_tokens"].split()
    assert len(stems) == MAX_STEMS and max(map(len, stems)) <= 100
    AdEntry.objects.create(pk=1, text_tokens=values["text_tokens"])
    assert saying(stems[-1]) == [1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's columns are part of the table")
def test_a_table_made_anew_gets_its_triggers_back():
    AdEntry.objects.create(pk=1, title_tokens="peintre")
    table = AdEntry._meta.db_table
    with connection.cursor() as cursor:
        for event in ("insert", "delete", "update"):
            cursor.execute(f"DROP TRIGGER {fts5_table(table)}_{event}")
    AdEntry.objects.create(pk=2, title_tokens="peintre")
    assert saying("peintre") == [1]
    install(connection, [table])
    assert saying("peintre") == [1, 2]
    AdEntry.objects.filter(pk=1).delete()
    assert saying("peintre") == [2]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {fts5_table(table)}({fts5_table(table)}, rank) VALUES ('integrity-check', 1)"
        )


def test_a_page_costs_the_same_however_much_is_found(
    django_assert_num_queries, django_assert_max_num_queries, on_postgres
):
    planned = 3 if on_postgres else 0  # a savepoint, what its planner is told, the release
    page = build.company(build.employer(credit=6))
    engine = DatabaseEngine()
    query = AdQuery("éducateur spécialisé", filters={"contract": ("cdi",)})
    for number in range(6):
        build.ad(page)
        if number in (0, 5):
            indexing.rebuild("ads")
            with django_assert_num_queries(2 + planned):
                assert engine.ads(query).total == number + 1
    with django_assert_num_queries(2 + planned):
        assert engine.ads(AdQuery()).total == 6
    with django_assert_max_num_queries(10 + planned):
        results = engine.ads(AdQuery("éducatuer spécialisé"))
    assert (results.total, results.step, results.corrected) == (6, Step.CORRECTED, "éducateur spécialisé")
    with django_assert_num_queries(1 + planned):
        assert engine.ad_totals([AdQuery("éducateur")]) == [6]
