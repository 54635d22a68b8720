"""Typing errors: the words in use that are near to a word typed."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connections, transaction

from search.language import Understood
from search.models.entry import EntryQuerySet
from search.models.word_index import fts5_words
from search.vocabulary import french, spelling
from search.vocabulary.stemmer import stem

#: Rows of PostgreSQL whose words are looked through for one word typed.
_ROWS = 60
#: How much of the word typed must be found again, in groups of three letters: two wrong letters leave this of eight.
_LIKENESS = "0.33"


def corrected(everything: EntryQuerySet, asked: Understood) -> str:
    """The text with each word that no row holds replaced by the nearest in use; "" when there is nothing to replace.

    Two statements a word.
    """
    better: dict[str, str] = {}
    for word in asked.words:
        if not everything.holding([[(stem(word),)]]).exists():
            better[word] = spelling.nearest(word, near(everything, word))
    text, end = "", 0
    for first, last, word in french.cut(asked.text):
        text += asked.text[end:first] + (better.get(word) or asked.text[first:last])
        end = last
    return text + asked.text[end:] if any(better.values()) else ""


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
        .order_by("-likeness", "pk")
        .values_list("words", flat=True)[:_ROWS]
    )
    with transaction.atomic(using=everything.db), connections[everything.db].cursor() as cursor:
        # The index answers down to this threshold, which may only be set beside the query.
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [_LIKENESS])
        return {other for words in rows for other in words.split() if other[:1] == word[:1]}
