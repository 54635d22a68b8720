"""What the search box proposes as one types: trades by all their names, employers, places.

The names lie in small tables that each process reads each minute, and are compared in Python: the answer is the
same whichever engine searches, and does not wait for one. Employers are asked once more whether they are public.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.db.models import Count
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from pages.models import CompanyPage, JobAd
from reference.models import Profession, StructureType
from search import places
from search.places.mentions import read
from search.remembered import Remembered
from search.vocabulary import french, spelling, synonyms
from search.vocabulary.stemmer import stem

MAX_TYPED, MAX_WORDS = 80, 8
TRADES, EMPLOYERS, PLACES = 5, 4, 3
#: Employers in a page for a browser without JavaScript, which is given its lists whole.
OFFERED_EMPLOYERS, HIRING_SECONDS = 60, 3600

#: What each box proposes.
ADS, COMPANIES, CVS = "ads", "companies", "cvs"
BOXES = (ADS, COMPANIES, CVS)
KINDS = {"trade": "métier", "structure": "établissement", "employer": "employeur", "place": "lieu"}


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: what it says, and what it writes into the two fields (None: leaves as it is)."""

    kind: str
    label: str
    words: str | None = None
    place: str | None = None

    @property
    def kind_label(self) -> str:
        """What it is, for the end of the line."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Name:
    """One name of something: its folded words, what is shown, and what is written into the box.

    `own`: its label or short form says so, not only a rule of the vocabulary.
    """

    words: tuple[str, ...]
    label: str
    writes: str
    position: int
    pk: int = 0
    own: bool = True

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(map(stem, self.words))


@dataclass(frozen=True)
class Table:
    """Names with every word in them, for typing errors."""

    names: tuple[Name, ...]
    known: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[Name]) -> Table:
        names = tuple(names)
        return cls(names, frozenset(word for name in names for word in name.words))

    def matching(self, words: list[str]) -> list[Name]:
        """Names that have every word or its beginning, the best first; one name a label.

        When there are none, the words nearest to those typed are tried.
        """
        found = self._with(words)
        if not found:
            nearer = [word if len(word) < 4 else _nearest_beginning(word, self.known) for word in words]
            found = self._with(nearer) if all(nearer) and nearer != words else []
        best: dict[str, Name] = {}
        for name in found:
            best.setdefault(name.label, name)
        return list(best.values())

    def _with(self, words: list[str]) -> list[Name]:
        ranked = []
        for name in self.names:
            rank = _rank(words, name)
            if rank is not None:
                ranked.append((rank, name.position, name))
        return [name for _, _, name in sorted(ranked, key=lambda one: one[:2])]


def _rank(typed: list[str], name: Name) -> int | None:
    """0: just these words; 1: the name begins so; 2: its words do; two more for a name that only a rule gives.

    None: not all words are there.

    A word typed is there as the beginning of one, or in another form ("assistante", "sociaux").
    """
    left = list(zip(name.words, name.stems, strict=True))
    for word in typed:
        at = next((at for at, (other, _) in enumerate(left) if other.startswith(word)), None)
        if at is None:
            at = next((at for at, (_, other) in enumerate(left) if other == stem(word)), None)
        if at is None:
            return None
        del left[at]
    if list(name.words) == typed:
        return 0
    begins = " ".join(name.words).startswith(" ".join(typed))
    return (1 if begins else 2) + (0 if name.own else 2)


def _nearest_beginning(word: str, known: Iterable[str]) -> str:
    """The known word whose beginning is nearest to `word`; "" when none is near."""
    limit, letters = spelling.tolerance(word), set(word)
    best, found = limit + 1, ""
    for other in sorted(known):
        if other[0] != word[0] or len(letters - set(other)) > limit:
            continue
        sizes = {len(word) - 1, len(word), len(word) + 1}
        far = min(spelling.distance(word, other[:size], limit) for size in sizes)
        if far < best:
            best, found = far, other
    return found


# --- Tables -----------------------------------------------------------------------------------------------------------


def _other_names() -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """Term to the terms that the rules of the vocabulary count as its equals or as ways to it."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for rule in synonyms.rules():
        for term in rule.right:
            found.setdefault(term, set()).update(rule.left)
    return found


def _names(label: str, others: Iterable[str], position: int, more: dict) -> Iterable[Name]:
    """Every name of a term: its parts ("Éducateur… / Éducatrice…"), its short forms, and what the rules add."""
    parts = [part.strip() for part in label.split(" / ")]
    seen = set()
    for part in parts:
        words = tuple(french.words(part))
        seen.add(words)
        yield Name(words, label, part, position)
    for other in others:
        words = tuple(french.words(other))
        if words and words not in seen:
            seen.add(words)
            yield Name(words, label, parts[0], position)
    for words in [*seen]:
        for term in more.get(words, ()):
            if term not in seen:
                seen.add(term)
                yield Name(term, label, parts[0], position, own=False)


def _read_trades() -> Table:
    """Every profession by all its names. One query."""
    more = _other_names()
    return Table.of(
        name
        for row in Profession.objects.order_by("position", "label")
        for name in _names(row.label, row.abbreviations.split(";"), row.position, more)
    )


def _read_structures() -> Table:
    """Every kind of establishment by label and short label. One query."""
    more = _other_names()
    rows = StructureType.objects.order_by("position", "label")
    return Table.of(name for row in rows for name in _names(row.label, [row.short_label], row.position, more))


def _read_employers() -> Table:
    """The live company pages by name. One query."""
    rows = CompanyPage.objects.live().order_by("title").values_list("pk", "title")
    return Table.of(
        Name(tuple(french.words(title)), title, title, at, pk) for at, (pk, title) in enumerate(rows) if title
    )


def _as_options(values: Iterable[str]) -> SafeString:
    return format_html_join("", '<option value="{}"></option>', ((value,) for value in values))


def _count_hiring() -> list[int]:
    page = "employer__company_page"
    rows = JobAd.objects.visible().order_by().values_list(page).annotate(ads=Count("pk"))
    return [pk for pk, _ in rows.order_by("-ads", page)[:OFFERED_EMPLOYERS]]


def _hiring() -> list[str]:
    """The names of the employers with the most public ads, which are counted once an hour for all processes."""
    most = cache.get_or_set("search:hiring", _count_hiring, HIRING_SECONDS) or []
    titles = {name.pk: name.writes for name in employers().names}
    return [titles[pk] for pk in most if pk in titles]


def _read_options() -> dict[str, SafeString]:
    hiring = _hiring()
    trade_names, structure_names = (
        sorted({name.writes for name in table.names}) for table in (trades(), structures())
    )
    return {
        ADS: _as_options([*trade_names, *hiring]),
        COMPANIES: _as_options([*structure_names, *hiring]),
        CVS: _as_options(trade_names),
    }


def _read_place_options() -> SafeString:
    return _as_options(places.offered())


trades = Remembered(_read_trades)
structures = Remembered(_read_structures)
employers = Remembered(_read_employers)
_options = Remembered(_read_options)
_place_options = Remembered(_read_place_options)


def options(box: str) -> SafeString:
    """For a browser without JavaScript, `<option>`s: every trade (or kind of establishment) and who hires most."""
    return _options().get(box, _options()[ADS])


def place_options() -> SafeString:
    """For a browser without JavaScript, `<option>`s: the largest towns, every department and region."""
    return _place_options()


# --- Answers ----------------------------------------------------------------------------------------------------------


def _public(names: list[Name]) -> list[Name]:
    """Those of these employers whose page is live at this moment. One query."""
    live = set(
        CompanyPage.objects.live().filter(pk__in=[name.pk for name in names]).values_list("pk", flat=True)
    )
    return [name for name in names if name.pk in live]


def _begun_place(text: str) -> tuple[str, list[str]]:
    """The words before the last one, and the places that the last one begins: "éducateur vil"."""
    before, _, last = text.rpartition(" ")
    before = before.strip()
    if before.lower().endswith((" à", " a", " sur", " de")):
        before = before.rpartition(" ")[0]
    return before, places.suggestions(last, PLACES, forgiving=False) if len(last) > 2 else []


def _places(text: str, *, forgiving: bool) -> list[Suggestion]:
    """Places that the text, or its last word, is the beginning of."""
    labels = places.suggestions(text, PLACES, forgiving=forgiving)
    whole = [Suggestion("place", label, "", label) for label in labels]
    if whole or " " not in text:
        return whole
    before, begun = _begun_place(text)
    return [Suggestion("place", f"{before} – {label}", before, label) for label in begun]


def suggestions(text: str, box: str = ADS) -> list[Suggestion]:
    """Trades (or kinds of establishment), employers, then places for what was typed so far. At most four queries."""
    text = " ".join(text[:MAX_TYPED].replace("\x00", " ").split())
    if len(text) < 2:
        return []
    applied = read(text).applied if " " in text else None
    place = applied.place.label if applied else None
    words = french.words(applied.words if applied else text)[:MAX_WORDS]
    found = []
    if applied:
        label = f"{applied.words} – {place}" if applied.words else applied.place.label
        found.append(Suggestion("place", label, applied.words, place))
    if words:
        table = structures() if box == COMPANIES else trades()
        kind = "structure" if box == COMPANIES else "trade"
        for name in table.matching(words)[:TRADES]:
            found.append(Suggestion(kind, name.label, name.writes, place))
    if words and box != CVS and len("".join(words)) > 2:
        named = _public(employers().matching(words)[:EMPLOYERS])
        found += [Suggestion("employer", name.label, name.writes, place) for name in named]
    return found if applied else found + _places(text, forgiving=not found)
