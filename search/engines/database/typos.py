"""Typing errors: the words in use that are near to a word typed."""

from __future__ import annotations

from django.db import connections, transaction

from search.language import Understood
from search.language.spelling import accented
from search.models.entry import ShadowQuerySet
from search.models.word_index import fts5_words
from search.vocabulary import french, spelling
from search.vocabulary.stemmer import stem

#: Rows of PostgreSQL whose words are looked through for one word typed.
_ROWS = 200
#: How much of the word typed must be found again, in groups of three letters. Two wrong letters leave a third of eight;
#: most errors leave more, and are found much sooner.
_LIKENESS = ("0.6", "0.33")


def corrected(everything: ShadowQuerySet, asked: Understood) -> str:
    """The text with each word that no row holds replaced by the nearest in use; "" when there is nothing to replace.

    Two statements a word.
    """
    better: dict[str, str] = {}
    for word in asked.words:
        if not everything.holding([[(stem(word),)]]).exists():
            better[word] = accented(spelling.nearest(word, near(everything, word)))
    text, end = "", 0
    for first, last, word in french.cut(asked.text):
        text += asked.text[end:first] + (better.get(word) or asked.text[first:last])
        end = last
    return text + asked.text[end:] if any(better.values()) else ""


def near(everything: ShadowQuerySet, word: str) -> set[str]:
    """Words of titles and names that begin alike and may be meant."""
    limit = spelling.tolerance(word)

    def alike(found: set[str]) -> set[str]:
        return {other for other in found if spelling.distance(word, other, limit) <= limit}

    if not limit:
        return set()
    if connections[everything.db].vendor == "sqlite":
        return alike(_by_letter(everything, word))
    return next(filter(None, (alike(_by_trigrams(everything, word, least)) for least in _LIKENESS)), set())


def _by_letter(everything: ShadowQuerySet, word: str) -> set[str]:
    """SQLite: the list that FTS5 keeps of all words, from this first letter to the next."""
    table = fts5_words(everything.model._meta.db_table)
    with connections[everything.db].cursor() as cursor:
        cursor.execute(
            f"SELECT term FROM {table} WHERE term >= %s AND term < %s AND col = 'words' "  # noqa: S608
            "AND length(term) BETWEEN %s AND %s",
            [word[0], chr(ord(word[0]) + 1), len(word) - 2, len(word) + 2],
        )
        return {term for (term,) in cursor.fetchall()}


def _by_trigrams(everything: ShadowQuerySet, word: str, least: str) -> set[str]:
    """PostgreSQL: the words of some of the rows that hold one so like it."""
    rows = everything.filter(words__trigram_word_similar=word).order_by().values_list("words", flat=True)
    with transaction.atomic(using=everything.db), connections[everything.db].cursor() as cursor:
        # The index answers down to this threshold, which may only be set beside the query.
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [least])
        return {other for words in rows[:_ROWS] for other in words.split() if other[:1] == word[:1]}
