"""What a find is worth, in whole numbers: they compare and add alike in every database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Case, Expression, Value, When

from search.language import Understood
from search.models.word_index import SHORT, TITLE, Holds
from search.vocabulary.synonyms import Unit

#: A unit in the title, in the names, elsewhere; and the whole wording in the title.
IN_TITLE, IN_NAMES, IN_TEXT, AS_WORDED = 6, 3, 1, 4
_WHOLE = 100
#: Days after the second at which freshness is looked up; between two of them it stays.
_STEPS = (0, 1, 2, 4, 6, 8, 11, 14, 18, 22, 28, 35, 45, 60, 90, 120, 180)


def _number(value: int) -> Value:
    return Value(value, BigIntegerField())


def decay(late: timedelta, scale: timedelta) -> float:
    """1 for what is fresh, a half after `scale`, falling as a bell does."""
    return 0.5 ** ((late / scale) ** 2)


def freshness(now: datetime, scale: timedelta) -> Case:
    """Up to 100, in steps: a comparison of dates costs a database less than a power."""
    steps = [
        When(
            dated_at__gt=now - timedelta(days=days + 3),
            then=_number(round(_WHOLE * decay(timedelta(days=days), scale))),
        )
        for days in _STEPS
        if decay(timedelta(days=days), scale) > 0.01
    ]
    return Case(*steps, default=_number(0))


def held(units: Sequence[Unit]) -> Expression:
    """How many of these units a row holds."""
    number: Expression = _number(0)
    for unit in units:
        number = number + Case(When(Holds([unit.alternatives]), then=_number(1)), default=_number(0))
    return number


def _worth(unit: Unit, certain: bool) -> Case:
    """What one unit adds; `certain`: every row in question holds it somewhere."""
    found = [
        When(Holds([unit.alternatives], TITLE), then=_number(IN_TITLE)),
        When(Holds([unit.alternatives], SHORT), then=_number(IN_NAMES)),
    ]
    if certain:
        return Case(*found, default=_number(IN_TEXT))
    anywhere = When(Holds([unit.alternatives]), then=_number(IN_TEXT))
    return Case(*found, anywhere, default=_number(0))


def score(asked: Understood, step: int, now: datetime, scale: timedelta | None) -> Expression:
    """Words times (1 + freshness), of rows that were found at this step."""
    words: Expression = _number(1)
    for unit in asked.units:
        certain = unit in asked.must or (unit in asked.some and asked.steps[step] == len(asked.some))
        words = words + _worth(unit, certain)
    if asked.wording:
        exact = Holds([[asked.wording]], TITLE)
        words = words + Case(When(exact, then=_number(AS_WORDED)), default=_number(0))
    return words * (_number(_WHOLE) + freshness(now, scale)) if scale else words
