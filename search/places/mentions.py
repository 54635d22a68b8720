"""A place among the words of the first box: "éducateur lyon", "infirmier 93", "as saint étienne".

A name is taken for the place when nothing else can be meant; when something can, it is only offered. The page says
what was understood and leads back to the words as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from reference.models import Commune
from search.engines.base import MAX_TEXT
from search.models import CompanyEntry
from search.places import lookup, names
from search.places.denied import denied_spans
from search.places.lookup import DEFAULT_RADIUS, DEPARTMENT_CODE, KNOWN_POPULATION, Place, Town
from search.places.words import ARTICLES, AT, LEADING, tokens, trimmed
from search.vocabulary import french

MAX_NAME, MAX_OFFERS = 8, 4
_LARGE, _VILLAGE = 50_000, 500
#: So many times larger than the next of its name: nobody means the other one.
_FAR_LARGER = 4

_CONTRACTED = {"au": "le", "du": "le", "aux": "les", "des": "les"}
_NEAR = frozenset({"a", "vers", "pres", "autour", "proche"})
#: Numbers of collective agreements ("CCN 66") before they are departments.
_AGREEMENTS = frozenset({"51", "65", "66"})
_TRAILING = frozenset({"et", "ses", "les", "alentours", "environs", "alentour"})
#: A number after one of these, or before one of those, counts something.
_COUNTED_BEFORE = frozenset(
    {"ccn", "ccnt", "convention", "collective", "categorie", "bac"}
    | {"idcc", "niveau", "article", "loi", "permis", "age", "cat"}
)
_COUNTED_AFTER = frozenset(
    {"h", "heures", "heure", "ans", "an", "mois", "jours", "jour", "semaines", "euros", "eur"}
    | {"k", "ke", "pour", "cent", "km", "kms", "kilometre", "kilometres", "lits", "places", "enfants"}
)
_DISTRICT = re.compile(r"^([1-9]|1[0-9]|20)(?:e|er|eme|ere|nd|nde)?$")
_WITH_DISTRICTS = {"paris": 20, "lyon": 9, "marseille": 16}


@dataclass(frozen=True)
class Mention:
    """A place in a text: the words left without it, the words that it was, and the place."""

    words: str
    said: str
    place: Place


@dataclass(frozen=True)
class Reading:
    """What a text says of places: the one that is meant, and those that may be."""

    applied: Mention | None = None
    offers: tuple[Mention, ...] = ()


@dataclass
class _Find:
    """Tokens from `first` up to `end` (exclusive) as a name."""

    first: int
    end: int
    name: str
    sure: bool = False
    places: list[Place] = field(default_factory=list)


class _Reader:
    """One text. Two queries at most: communes of these names, and company pages of the name around one."""

    def __init__(self, text: str, radius_km: int) -> None:
        self.text, self.radius_km = text, radius_km
        self.tokens = tokens(text)
        self.words = [token.word for token in self.tokens]
        self.areas = lookup.areas()
        self.trade = names.trade_words()

    def read(self) -> Reading:
        """What the text says of places."""
        spans = dict(self._names())
        towns = self._towns(spans)
        found = [find for find in self._finds(spans, towns) if find.places]
        denied = denied_spans(self._unbarred(), [(find.first, find.end) for find in found])
        found = [find for find in found if (find.first, find.end) not in denied]
        found.sort(key=lambda find: (find.first - find.end, not find.sure, find.first))
        chosen: list[_Find] = []
        for find in found:
            if all(find.end <= other.first or find.first >= other.end for other in chosen):
                chosen.append(find)
        sure = [find for find in chosen if find.sure]
        if len(sure) == 1 and not self._is_employer(sure[0]):
            return Reading(applied=self._mention(sure[0], sure[0].places[0], sure))
        offers = [
            self._mention(find, place, sure if find in sure else [find])
            for find in chosen
            for place in find.places
        ]
        return Reading(offers=tuple(offers[:MAX_OFFERS]))

    # --- Names ---------------------------------------------------------------------------------------------------

    def _names(self) -> Iterator[tuple[tuple[int, int], str]]:
        """Spans that may be a name, and the name in the form of `Commune.search_name`."""
        for first in range(len(self.tokens)):
            for end in range(first + 1, min(first + MAX_NAME, len(self.tokens)) + 1):
                if self.tokens[end - 1].barred:
                    break
                words = self.words[first:end]
                if words[0] in _CONTRACTED and len(words) > 1:
                    words = [_CONTRACTED[words[0]], *words[1:]]
                if self._may_name(words, end):
                    yield (first, end), " ".join(words)

    def _may_name(self, words: list[str], end: int) -> bool:
        if " ".join(words) in self.areas.names:
            return True
        if words[-1] in french.STOP_WORDS or words[-1].isdigit() or words[0].isdigit():
            return False
        if all(word in self.trade for word in words):
            return self._code_follows(end)
        if len(words) == 1:
            return len(words[0]) > 2 or self._code_follows(end)
        return words[0] not in french.STOP_WORDS or words[0] in ARTICLES

    def _code_follows(self, end: int) -> bool:
        following = self.words[end] if end < len(self.words) else ""
        return bool(DEPARTMENT_CODE.match(following) or re.fullmatch("[0-9]{5}", following))

    def _towns(self, spans: dict[tuple[int, int], str]) -> list[Town]:
        wanted = set(spans.values())
        for city in _WITH_DISTRICTS.keys() & wanted:
            wanted.update(
                f"{city} {n}{'er' if n == 1 else 'e'} arrondissement" for n in self._districts(city)
            )
        condition = Q(search_name__in=wanted)
        aliases = [names.ALIASES[name] for name in wanted & names.ALIASES.keys()]
        codes = [code for kind, code in aliases if kind == "insee"]
        if codes:
            condition |= Q(insee__in=codes)
        for at, word in enumerate(self.words):
            if re.fullmatch("[0-9]{5}", word) and not self._counts(at):
                condition |= lookup.with_postcode(word)
                wanted.add(word)
        return lookup.towns(Commune.objects.filter(condition)) if wanted else []

    def _districts(self, city: str) -> set[int]:
        numbers = {int(match[1]) for match in map(_DISTRICT.match, self.words) if match}
        return {n for n in numbers if n <= _WITH_DISTRICTS[city]}

    # --- What a name means ---------------------------------------------------------------------------------------

    def _finds(self, spans: dict[tuple[int, int], str], towns: list[Town]) -> Iterator[_Find]:
        by_name: dict[str, list[Town]] = {}
        for town in towns:
            by_name.setdefault(town.search_name, []).append(town)
        by_insee = {town.insee: town for town in towns}
        for (first, end), name in spans.items():
            rows = by_name.get(name, [])
            kind, code = names.ALIASES.get(name, ("", ""))
            if kind == "insee" and code in by_insee:
                rows = [by_insee[code]]
            find = _Find(first, end, name)
            narrowed = self._narrowed(find, rows)
            if narrowed:
                find.places, find.sure = self._by_size(narrowed), self._alone(narrowed)
            else:
                if rows:
                    self._as_town(find, rows, by_name)
                if name in self.areas.names:
                    self._as_area(find, rows)
            yield find
        yield from self._numbers(towns)

    def _as_town(self, find: _Find, rows: list[Town], by_name: dict[str, list[Town]]) -> None:
        at, name = find.end, find.name
        if name in _WITH_DISTRICTS and at < len(self.words) and (number := _DISTRICT.match(self.words[at])):
            district = f"{name} {number[1]}{'er' if number[1] == '1' else 'e'} arrondissement"
            if by_name.get(district):
                rows, find.end = by_name[district], at + 1
                if find.end < len(self.words) and self.words[find.end].startswith("arr"):
                    find.end += 1
        if all(word in self.trade for word in name.split()):
            return
        if names.is_word(name):
            find.places = self._by_size(rows) if self._right_after_at(find) else []
            return
        near = self._before(find) in _NEAR
        if names.is_both(name) and not (near or self._at_an_edge(find) or self._before(find) in AT):
            return
        large = rows[0].population >= (_LARGE if self._names_a_house(find) else _VILLAGE)
        find.places = self._by_size(rows)
        find.sure = self._alone(rows) and (large or near)

    def _as_area(self, find: _Find, rows: list[Town]) -> None:
        place, name = self.areas.names[find.name], find.name
        if find.places and rows and rows[0].population >= KNOWN_POPULATION:
            if name != "paris":
                find.places, find.sure = [*find.places[:1], place], False
            return
        if name in names.AREA_WORDS:
            following = self.words[find.end] if find.end < len(self.words) else ""
            introduced = self._before(find) in LEADING or (
                find.first > 0 and self.words[find.first - 1] in LEADING
            )
            at_an_edge = not following or (find.first == 0 and following not in french.STOP_WORDS)
            if not introduced and not at_an_edge:
                return
            find.sure = len(self.words) > 1
        else:
            find.sure = True
        find.places = [place]

    def _narrowed(self, find: _Find, rows: list[Town]) -> list[Town]:
        """The towns that agree with a code or an area said right beside the name, which then belongs to it."""
        at = find.end
        if at < len(self.words) and not self.tokens[at].barred:
            word = self.words[at]
            chosen = [row for row in rows if row.department == word.upper() or word in row.postcodes.split()]
            if chosen:
                find.end = at + 1
                return chosen
        for end in range(min(at + 4, len(self.words)), at, -1):
            said = self.areas.names.get(" ".join(self.words[at:end]))
            if said:
                chosen = [row for row in rows if self._lies_in(row, said)]
                if chosen:
                    find.end = end
                    return chosen
        for start in range(max(0, find.first - 4), find.first):
            said = self.areas.names.get(" ".join(self.words[start : find.first]))
            if said:
                chosen = [row for row in rows if self._lies_in(row, said)]
                if chosen:
                    find.first = start
                    return chosen
        before = self.words[find.first - 1] if find.first else ""
        chosen = [row for row in rows if len(before) == 5 and before in row.postcodes.split()]
        if chosen:
            find.first -= 1
        return chosen

    def _lies_in(self, town: Town, place: Place) -> bool:
        area = place.area
        return area.department == town.department or (
            bool(area.region) and self.areas.region_of.get(town.department) == area.region
        )

    def _numbers(self, towns: list[Town]) -> Iterator[_Find]:
        """Departments by number and postcodes."""
        for at, word in enumerate(self.words):
            if self.tokens[at].barred or self._counts(at):
                continue
            if re.fullmatch("[0-9]{5}", word):
                place = next((town for town in towns if word in town.postcodes.split()), None)
                if place:
                    yield _Find(at, at + 1, word, True, [place.around(self.radius_km, word)])
            elif DEPARTMENT_CODE.match(word) and word.upper() in self.areas.departments:
                sure = len(self.words) > 1 or word not in _AGREEMENTS
                yield _Find(at, at + 1, word, sure, [self.areas.departments[word.upper()]])

    def _counts(self, at: int) -> bool:
        """Whether the number counts something: "35 heures", "CCN 66", "80 %"."""
        before = self.words[at - 1] if at else ""
        after = self.words[at + 1] if at + 1 < len(self.words) else ""
        sign = self.text[self.tokens[at].end :].lstrip()[:1]
        joined = self.text[self.tokens[at].end : self.tokens[at].end + 1]
        return (
            before in _COUNTED_BEFORE
            or after in _COUNTED_AFTER
            or sign in ("%", "€")
            or joined in ("/", ",", ".", "·")
            or (before.endswith("h") and before[:-1].isdigit())
        )

    def _by_size(self, rows: list[Town]) -> list[Place]:
        """The places of these towns; only the largest where it is meant without doubt."""
        if self._alone(rows):
            return [rows[0].around(self.radius_km, others=[row.label for row in rows[1:4]])]
        known = [row for row in rows if row.population * 20 >= rows[0].population]
        return [row.around(self.radius_km) for row in known[:MAX_OFFERS]]

    @staticmethod
    def _alone(rows: list[Town]) -> bool:
        return len(rows) == 1 or rows[0].population >= _FAR_LARGER * rows[1].population

    # --- What stands around --------------------------------------------------------------------------------------

    def _before(self, find: _Find) -> str:
        """The word before the name; "pres" for "près de"."""
        at = find.first - 1
        while at > 0 and self.words[at] in {"de", "du", "d", "des", "le", "la", "les", "l"}:
            at -= 1
        return self.words[at] if at >= 0 else ""

    def _unbarred(self) -> list[str]:
        return ["" if token.barred else token.word for token in self.tokens]

    def _right_after_at(self, find: _Find) -> bool:
        """ "à Die", "près de Die"; in "qui a du sens" the "a" is a verb."""
        before = self.words[max(0, find.first - 2) : find.first]
        return bool(before) and (
            before[-1] in {"a", "vers"} or (before[0] in _NEAR and before[-1] in {"de", "d"})
        )

    def _at_an_edge(self, find: _Find) -> bool:
        return find.first == 0 or find.end == len(self.words) or self.tokens[find.end].barred

    def _names_a_house(self, find: _Find) -> bool:
        """ "Fondation Saint-Jean", "résidence Les Lilas"."""
        first = self.words[find.first]
        before = self.words[find.first - 1] if find.first else ""
        return first in {"saint", "sainte", "le", "la", "les", "l"} and before in names.HOUSES

    def _is_employer(self, find: _Find) -> bool:
        """Whether the name and a word beside it stand so in the name of an employer: "Hospices civils de Lyon"."""
        name = french.tokens(self.text[self.tokens[find.first].start : self.tokens[find.end - 1].end])
        left = self._word_beside(range(find.first - 1, -1, -1))
        right = self._word_beside(range(find.end, len(self.words)))
        phrases = [
            " ".join(stems)
            for beside, stems in (
                (left, [*french.tokens(left), *name]),
                (right, [*name, *french.tokens(right)]),
            )
            if beside and beside not in self.trade and name
        ]
        condition = Q(*(("title_tokens__contains", phrase) for phrase in phrases), _connector=Q.OR)
        titles = (
            CompanyEntry.objects.filter(condition).order_by("pk") if phrases else CompanyEntry.objects.none()
        )
        found = titles.values_list("title_tokens", flat=True)[:100]
        return any(f" {phrase} " in f" {title} " for title in found for phrase in phrases)

    def _word_beside(self, indices: range) -> str:
        passed = french.STOP_WORDS | LEADING | _TRAILING
        return next((self.words[at] for at in indices if self.words[at] not in passed), "")

    def _mention(self, find: _Find, place: Place, taken: list[_Find]) -> Mention:
        said = self.text[self.tokens[find.first].start : self.tokens[find.end - 1].end]
        return Mention(self._without(taken), said, place)

    def _without(self, taken: list[_Find]) -> str:
        """The text without these names and the little words that go with them; "" when it says nothing any more."""
        kept, at = [], 0
        for find in sorted(taken, key=lambda find: find.first):
            first, end = find.first, find.end
            while first and self.words[first - 1] in LEADING and not self.tokens[first - 1].barred:
                first -= 1
            while end < len(self.words) and self.words[end] in _TRAILING:
                end += 1
            kept.append(self.text[at : max(at, self.tokens[first].start)])
            at = self.tokens[end - 1].end
        kept.append(self.text[at:])
        text = " ".join(" ".join(map(trimmed, kept)).split())
        return text if french.tokens(text) or '"' in text else ""


def read(text: str, radius_km: int = DEFAULT_RADIUS) -> Reading:
    """The places that `text` speaks of. At most two queries; none when it has words of the trade alone."""
    text = text[:MAX_TEXT]
    if not text.strip():
        return Reading()
    return _Reader(text, radius_km).read()
