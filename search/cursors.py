"""Cursors as they stand in an address: signed, bound to their search, good for a day.

Nobody can make one up, nor carry one into another search: a foreign or broken one is as none, and the list begins at
the page of that number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.core import signing

from search.engines.base import Cursor, Query

#: The parameters that hold one: the page behind it, and the page before it.
AFTER, BEFORE = "apres", "avant"
MAX_LENGTH, MAX_AGE = 600, 86_400
_SALT = "search.cursor"
#: What does not tell one search from another: the page of it, and what moves with the clock.
_PASSING = {"page", "page_size", "facets", "highlight", "now", "cursor"}
_Asked = TypeVar("_Asked", bound=Query)


@cache
def _lasting(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in _PASSING)


def _fingerprint(query: Query) -> str:
    kind: Any = type(query)
    asked = [(name, getattr(query, name)) for name in _lasting(kind)]
    asked = [(name, sorted(value.items()) if name == "filters" else value) for name, value in asked]
    return hashlib.sha256(repr((type(query).__name__, asked)).encode()).hexdigest()[:12]


def written(cursor: Cursor, query: Query) -> str:
    """The cursor of a page of `query` as text for an address."""
    content = [cursor.values, cursor.pks, cursor.at.isoformat(), cursor.engine, _fingerprint(query)]
    return signing.dumps(content, salt=f"{_SALT}.{cursor.backwards}")


def _read(text: str, query: Query, backwards: bool) -> Cursor | None:
    if not text or len(text) > MAX_LENGTH:
        return None
    try:
        content = signing.loads(text, salt=f"{_SALT}.{backwards}", max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    values, pks, at, engine, fingerprint = content
    if fingerprint != _fingerprint(query):
        return None
    return Cursor(tuple(values), tuple(pks), datetime.fromisoformat(at), engine, backwards)


def placed(query: _Asked, params: Mapping[str, str]) -> _Asked:
    """The query at the cursor that an address holds; as it was when there is none that is good."""
    for name, backwards in ((AFTER, False), (BEFORE, True)):
        if cursor := _read(params.get(name, ""), query, backwards):
            return replace(query, cursor=cursor)
    return query


def steps(query: Query, number: int, after: Cursor | None, before: Cursor | None) -> tuple[dict, dict]:
    """Parameters beside the number for the next page and for the previous one; the first page needs none."""
    following = {AFTER: written(after, query)} if after else {}
    preceding = {BEFORE: written(before, query)} if before and number > 2 else {}
    return following, preceding
