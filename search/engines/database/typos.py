"""Typing errors: the words in use that are near to a word typed."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connections
from django.db.models import F

from search.models.entry import EntryQuerySet
from search.models.word_index import fts5_words
from search.vocabulary import french, spelling

#: Rows of PostgreSQL whose words are looked through for one word typed.
_ROWS = 60


def corrected(everything: EntryQuerySet, text: str) -> str:
    """The text with each unknown word replaced by the nearest one in use; "" if one has none. A statement a word."""
    words = french.words(text)
    known: set[str] = set()
    for word in dict.fromkeys(words):
        known.update(near(everything, word))
    return spelling.corrected(words, known)


def near(everything: EntryQuerySet, word: str) -> set[str]:
    """Words of titles and names that begin alike and may be meant."""
    if connections[everything.db].vendor == "sqlite":
        found = _by_letter(everything, word)
    else:
        found = _by_trigrams(everything, word)
    limit = spelling.tolerance(word)
    return {other for other in found if spelling.distance(word, other, limit) <= limit}


def _by_letter(everything: EntryQuerySet, word: str) -> set[str]:
    """SQLite: the list that FTS5 keeps of all words, from this first letter to the next."""
    table = fts5_words(everything.model._meta.db_table)
    with connections[everything.db].cursor() as cursor:
        cursor.execute(
            f"SELECT term FROM {table} WHERE term >= %s AND term < %s AND col = 'words' "  # noqa: S608
            "AND length(term) BETWEEN %s AND %s",
            [word[0], chr(ord(word[0]) + 1), len(word) - 2, len(word) + 2],
        )
        return {term for (term,) in cursor.fetchall()}


def _by_trigrams(everything: EntryQuerySet, word: str) -> set[str]:
    """PostgreSQL: the words of the rows that hold the most similar one."""
    rows = (
        everything.filter(words__trigram_word_similar=word)
        .annotate(likeness=TrigramWordSimilarity(word, "words"))
        .order_by("-likeness", F("pk"))
        .values_list("words", flat=True)[:_ROWS]
    )
    return {other for words in rows for other in words.split() if other[:1] == word[:1]}
