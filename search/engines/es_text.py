"""What a text asks of Elasticsearch, unit by unit.

The stems come from `search.language`, so the server need not know the synonyms: a rule in force is in force at once,
and what is excluded, quoted or dropped means the same to every engine. A unit found is worth what the best field that
holds it is worth, whatever the frequency of the word: a rare wording of a trade is no better than a common one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import Query, Step
from search.engines.es_near import Near, nearly
from search.language import Understood
from search.language.words import is_trade
from search.vocabulary.stemmer import stem
from search.vocabulary.synonyms import Phrase, Unit

Clause = dict[str, Any]
Fields = Mapping[str, float]

AD_TEXT: Fields = {
    "title": 6,
    "names": 3,
    "public_names": 2.5,
    "structure_names": 2,
    "employer_name": 1.5,
    "place_names": 1.5,
    "condition_names": 1.5,
    "diploma_names": 1.5,
    "body": 1,
}
COMPANY_TEXT: Fields = {"title": 6, "structure_names": 2, "place_names": 2, "body": 1}
CV_TEXT: Fields = {"title": 5, "names": 3, "diploma_names": 3, "place_names": 2, "body": 1, "cv_text": 1}

FIELDS: dict[str, Fields] = {"ads": AD_TEXT, "companies": COMPANY_TEXT, "cvs": CV_TEXT}

#: Fields in which every wording is looked for; those that say acronyms and single words as well; wordings for the rest.
_LABELLED = frozenset({"title", "names", "public_names"})
_ACRONYMS = frozenset({"structure_names", "body", "cv_text"})
_RUNNING = frozenset({"body", "cv_text"})
#: How many of the others: in running text fewer when so many things are asked for that each need not be found.
_WORDINGS, _MANY, _WORDINGS_OF_MANY = 4, 3, 2
#: The fields of an ad that name its trade; those without an unstemmed sub-field for typing errors.
_TRADE_FIELDS = ("title", "names")
_UNSTEMMED_LACKING = frozenset({"body", "cv_text", "public_names", "condition_names", "diploma_names"})
_STEMS = "whitespace"  # the analyzer that leaves stems as they are
#: What a title adds that says just the words of the text, and a field that says a unit as it was typed.
_WORDING, _AS_TYPED = 4.0, 2.0
#: Share of what the other fields that hold a unit are worth, beside the best.
_ALSO = 0.5
#: What each unit found adds when not all must be: more units go before a better field.
_COVERAGE = 6.0


@dataclass(frozen=True)
class Attempt:
    """One step of a search: how many of `some` are asked, which words may be written otherwise and how, and where."""

    understood: Understood
    at_least: int
    near: Near = field(default_factory=dict)
    #: Whether a trade may also be named in the running text of an ad.
    everywhere: bool = False

    @classmethod
    def strict(cls, query: Query) -> Attempt:
        return cls(query.understood, query.understood.steps[0])


def steps(asked: Understood, near: Near | None = None) -> Iterator[tuple[Step, Attempt]]:
    """The tries in order, from strict to loose."""
    near = near or {}
    yield Step.STRICT, Attempt(asked, asked.steps[0])
    if near:
        yield Step.FUZZY, Attempt(asked, asked.steps[0], near)
    for at_least in asked.steps[1:]:
        yield Step.FEWER, Attempt(asked, at_least, near)
    yield Step.FEWER, Attempt(asked, asked.steps[-1], near, everywhere=True)


def _says(name: str, phrase: Phrase) -> Clause:
    """A filter: the field says this."""
    if len(phrase) == 1:
        return {"term": {name: phrase[0]}}
    return {"match_phrase": {name: {"query": " ".join(phrase), "analyzer": _STEMS}}}


def _holds(name: str, phrases: Iterable[Phrase]) -> Clause:
    """A filter: the field says one of these."""
    phrases = list(phrases)
    singles = [phrase[0] for phrase in phrases if len(phrase) == 1]
    clauses: list[Clause] = [{"terms": {name: singles}}] if singles else []
    clauses += [_says(name, phrase) for phrase in phrases if len(phrase) > 1]
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses}}


def _enough(phrases: Iterable[Phrase]) -> list[Phrase]:
    """The same without those that hold a word which is looked for by itself: they find nothing more, and cost most."""
    phrases = list(phrases)
    singles = {phrase[0] for phrase in phrases if len(phrase) == 1}
    return [phrase for phrase in phrases if len(phrase) == 1 or singles.isdisjoint(phrase)]


def _worth(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": boost}}


def _nearly(word: str, fields: Fields, near: Near) -> list[Clause]:
    """The word with a letter or two wrong, or its beginning; never in running text, never marked."""
    return [
        _worth(clause, boost)
        for name, boost in fields.items()
        if name not in _UNSTEMMED_LACKING
        for clause in nearly(name, word, near)
    ]


def unstemmed(fields: Fields) -> list[str]:
    """The fields whose words are compared with one that nothing holds."""
    return [name for name in fields if name not in _UNSTEMMED_LACKING]


def _fields_of(unit: Unit, fields: Fields, everywhere: bool) -> Fields:
    """A trade is what the ad is for: its own text also names those whom one works with."""
    if everywhere or "names" not in fields or "cv_text" in fields or not (unit.known and is_trade(unit)):
        return fields
    return {name: fields[name] for name in _TRADE_FIELDS}


def _asked_of(name: str, unit: Unit, asked: Understood) -> Iterable[Phrase]:
    """The wordings that are worth looking for in a field: running text costs most, and labels say the usual one."""
    if name in _LABELLED:
        return unit.alternatives
    typed = tuple(stem(word) for word in unit.typed)
    short = [phrase for phrase in unit.alternatives if len(phrase) == 1] if name in _ACRONYMS else []
    not_all = len(asked.some) >= _MANY and asked.steps[0] < len(asked.some)
    most = _WORDINGS_OF_MANY if name in _RUNNING and not_all else _WORDINGS
    return dict.fromkeys((typed, *short, *unit.alternatives[:most])) if unit.known else unit.alternatives


def _found_in(unit: Unit, fields: Fields, asked: Understood) -> list[Clause]:
    """A filter with the worth of the fields that it looks into: those of one worth are looked into together."""
    by_worth: dict[float, list[Clause]] = {}
    for name, boost in fields.items():
        by_worth.setdefault(boost, []).append(_holds(name, _enough(_asked_of(name, unit, asked))))
    return [
        _worth(clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses}}, boost)
        for boost, clauses in by_worth.items()
    ]


def _unit(unit: Unit, fields: Fields, attempt: Attempt) -> Clause:
    """The best field that holds the unit."""
    own = _fields_of(unit, fields, attempt.everywhere)
    queries = _found_in(unit, own, attempt.understood)
    if len(unit.typed) == 1 and unit.typed[0] in attempt.near:
        queries += _nearly(unit.typed[0], own, attempt.near)
    return {"dis_max": {"queries": queries, "tie_breaker": _ALSO}}


def _as_typed(unit: Unit, fields: Fields) -> list[Clause]:
    """Where the words stand as typed, a trade goes before those that are only akin to it."""
    phrase = tuple(stem(word) for word in unit.typed)
    if len(unit.alternatives) < 2 or not phrase:
        return []
    return [_worth(_holds(name, [phrase]), _AS_TYPED) for name in ("title", "names") if name in fields]


def clause(attempt: Attempt, fields: Fields) -> Clause:
    """The query of the words alone, scored."""
    asked = attempt.understood
    if asked.is_empty:
        return {"match_all": {}}
    must = [_unit(unit, fields, attempt) for unit in asked.must]
    some = [_unit(unit, fields, attempt) for unit in asked.some]
    if attempt.at_least < len(some):
        some = [{"bool": {"must": [one], "should": [_worth({"match_all": {}}, _COVERAGE)]}} for one in some]
    lifts = [_unit(unit, fields, attempt) for unit in asked.lifts]
    for unit in asked.must + asked.some:
        lifts += _as_typed(unit, fields)
    if len(asked.wording) > 1:
        lifts.append(_worth(_holds("title", [asked.wording]), _WORDING))
    if attempt.at_least:
        must.append({"bool": {"should": some, "minimum_should_match": attempt.at_least}})
    else:
        lifts += some
    return {
        "bool": {
            "must": must or [{"match_all": {}}],
            "should": lifts,
            "must_not": [_any_field(unit, fields, asked) for unit in asked.excluded],
        }
    }


def _any_field(unit: Unit, fields: Fields, asked: Understood) -> Clause:
    return {"bool": {"should": [_holds(name, _enough(_asked_of(name, unit, asked))) for name in fields]}}


def presence(asked: Understood, fields: Fields) -> dict[str, Clause]:
    """A filter for each unit by its number: which of them stand anywhere at all."""
    return {
        str(number): _any_field(unit, fields, asked) for number, unit in enumerate(asked.must + asked.some)
    }


def highlight(asked: Understood) -> Clause:
    """What was looked for, marked by plain phrases: never the query itself, which costs many times as much."""

    def one(name: str, fragments: int) -> Clause:
        phrases = [phrase for unit in asked.units for phrase in _asked_of(name, unit, asked)]
        # Word by word: of a set of words the highlighter finds the places by analysing the text again.
        clauses = [_says(name, phrase) for phrase in phrases]
        return {"highlight_query": {"bool": {"should": clauses}}, "number_of_fragments": fragments}

    return {
        "type": "unified",
        "fragment_size": 160,
        "pre_tags": ["<mark>"],
        "post_tags": ["</mark>"],
        "encoder": "html",
        "fields": {"title": one("title", 0), "body": one("body", 1)},
    }
