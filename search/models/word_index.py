"""What each database adds to the shadow tables to find words: PostgreSQL's text search, SQLite's FTS5.

Both are kept by the database itself, as generated columns here and by triggers there: whoever writes a shadow row need
not think of them. What is indexed are stems that Python made, so neither database analyses any language, and both find
the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F
from django.db.models.sql.compiler import SQLCompiler

from search.vocabulary.synonyms import Phrase

#: Stands between two names in a column, so that no phrase runs from one into the next. No stem looks like this: the
#: stemmer takes doubled letters out of long words.
BOUNDARY = "zzzzzzzzzz"
#: The columns of a word index, the most telling first.
COLUMNS = ("title_tokens", "name_tokens", "text_tokens")
TITLE, SHORT, ANYWHERE = 1, 2, 3  # how many of these columns to look into


def fts5_table(table: str) -> str:
    """The name of the word index of a shadow table on SQLite. Its last column holds the unstemmed words."""
    return f"{table}_fts"


def fts5_words(table: str) -> str:
    """The name of the list of all words of that index."""
    return f"{table}_words"


def sqlite(table: str) -> list[str]:
    """The statements that add the FTS5 table, its list of words and the triggers that keep it; the last one fills it.

    No parameter can stand in any of them, and nothing in them comes from a person.
    """
    columns = ", ".join([*COLUMNS, "words"])
    new, old = (", ".join(f"{row}.{name}" for name in [*COLUMNS, "words"]) for row in ("new", "old"))
    fts = fts5_table(table)
    put = f"INSERT INTO {fts}(rowid, {columns}) VALUES (new.subject_id, {new});"  # noqa: S608
    take = f"INSERT INTO {fts}({fts}, rowid, {columns}) VALUES ('delete', old.subject_id, {old});"  # noqa: S608
    changed = " OR ".join(f"old.{name} <> new.{name}" for name in [*COLUMNS, "words"])
    return [
        f"CREATE VIRTUAL TABLE {fts} USING fts5({columns}, content='{table}', "
        f"content_rowid='subject_id', tokenize='unicode61 remove_diacritics 0')",
        f"CREATE VIRTUAL TABLE {fts5_words(table)} USING fts5vocab('{fts}', 'col')",
        f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {fts}_update AFTER UPDATE ON {table} WHEN {changed} BEGIN {take} {put} END",
        f"INSERT INTO {fts}({fts}) VALUES ('rebuild')",  # noqa: S608
    ]


def install(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> None:
    """Make the word indexes of SQLite where they are missing or of an older form, and fill them from the shadow rows.

    Run after every `migrate`: a migration that makes a table of SQLite anew drops its triggers without a word. On
    PostgreSQL a migration has done all of it.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master")
        there = dict(cursor.fetchall())
        for table in tables:
            statements = sqlite(table)
            if table not in there or all(sql in there.values() for sql in statements[:-1]):
                continue
            for event in ("insert", "delete", "update"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {fts5_table(table)}_{event}")
            cursor.execute(f"DROP TABLE IF EXISTS {fts5_words(table)}")
            cursor.execute(f"DROP TABLE IF EXISTS {fts5_table(table)}")
            for statement in statements:
                cursor.execute(statement)


@lru_cache(maxsize=512)
def _tsquery(units: tuple[tuple[Phrase, ...], ...], weights: str, every: bool) -> str:
    def one(phrase: Phrase) -> str:
        return " <-> ".join(f"'{word}'{weights}" for word in phrase)

    return (" & " if every else " | ").join(
        "(" + " | ".join(f"({one(phrase)})" for phrase in alternatives) + ")" for alternatives in units
    )


@lru_cache(maxsize=512)
def _match(units: tuple[tuple[Phrase, ...], ...], columns: int, every: bool) -> str:
    expression = (" AND " if every else " OR ").join(
        "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in alternatives) + ")" for alternatives in units
    )
    return f"{{{' '.join(COLUMNS[:columns])}}} : ({expression})"


class Holds(Expression):
    """Whether a shadow row says these units, each in one of its wordings: every one of them, or (`every=False`) any.

    `columns` bounds where: `TITLE`, `SHORT` (title and names) or `ANYWHERE`. Of the stems only letters and digits reach
    the database's query language.
    """

    conditional = True
    output_field = BooleanField()

    def __init__(
        self, units: Sequence[Sequence[Phrase]], columns: int = ANYWHERE, *, every: bool = True
    ) -> None:
        super().__init__()
        self.units = tuple(tuple(_clean(phrase) for phrase in alternatives) for alternatives in units)
        self.columns, self.every = columns, every
        self.key: Any = F("pk")

    @property
    def identity(self) -> tuple[Any, ...]:
        return (type(self), self.units, self.columns, self.every)

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, expressions: Sequence[Any]) -> None:
        (self.key,) = expressions

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """SQLite: the rows that FTS5 finds, read once for the whole statement."""
        sql, params = compiler.compile(self.key)
        fts = fts5_table(self.key.target.model._meta.db_table)
        found = _match(self.units, self.columns, self.every)
        return f"{sql} IN (SELECT rowid FROM {fts} WHERE {fts} MATCH %s)", (*params, found)  # noqa: S608

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL: a test of the row itself, which the index answers where it stands in the condition.

        `head_vector` has title and names alone: small enough to stay within the row, where ranking reads it.
        """
        column = "whole_vector" if self.columns == ANYWHERE else "head_vector"
        weights = ":A" if self.columns == TITLE else ""
        found = _tsquery(self.units, weights, self.every)
        return f"{compiler.quote_name_unless_alias(self.key.alias)}.{column} @@ %s::tsquery", (found,)


def _clean(phrase: Sequence[str]) -> Phrase:
    """A phrase of which nothing can leave its quotes; one that holds no letter is found nowhere."""
    words = ("".join(filter(str.isalnum, word)) for word in phrase)
    return tuple(word for word in words if word) or (f"{BOUNDARY}0",)
