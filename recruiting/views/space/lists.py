"""What the list of "Mes annonces" can be asked: a search, a state, an order."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.http import QueryDict
from django.utils.text import slugify

from accounts.models import Employer, User
from pages import ads
from pages.models import JobAd
from reference.models import Commune

#: Order of the list: key in the address, words, fields. The key of the row last, so that pages never overlap.
SORTS = {
    "recentes": ("Dernières modifiées", [F("latest_revision_created_at").desc(nulls_last=True), "-pk"]),
    "fin": ("Date de fin", [F("placement_ends_at").asc(nulls_last=True), "pk"]),
    "titre": ("Intitulé", ["draft_title", "pk"]),
    "vues": ("Vues", ["-views", "-pk"]),
    "candidatures": ("Candidatures", ["-applications_count", "-pk"]),
}
DEFAULT_SORT = "recentes"


def _number(text: str) -> str:
    """The key of a row as the address gives it; what is none counts as not given."""
    return text if text.isascii() and text.isdigit() and len(text) < 10 else ""


@dataclass(frozen=True)
class Choices:
    """What the employer's ads can be narrowed to: keys and words, by name."""

    places: list[tuple[str, str]]
    establishments: list[tuple[str, str]]
    authors: list[tuple[str, str]]

    @classmethod
    def of(cls, employer: Employer) -> Choices:
        """The communes, the establishments (archived ones too) and the authors of the employer's ads. One query."""
        rows = list(
            JobAd.objects.filter(employer=employer)
            .order_by()
            .values_list(
                "commune",
                "commune__name",
                "commune__department",
                "establishment",
                "establishment__name",
                "owner",
                "owner__first_name",
                "owner__last_name",
                "owner__email",
            )
            .distinct()
        )
        return cls(
            places=_by_name({row[0]: str(Commune(name=row[1], department_id=row[2])) for row in rows}),
            establishments=_by_name({row[3]: row[4] for row in rows}),
            authors=_by_name(
                {
                    row[5]: str(User(first_name=row[6], last_name=row[7], email=row[8]))
                    for row in rows
                    if row[5]
                }
            ),
        )


def _by_name(found: dict) -> list[tuple[str, str]]:
    pairs = [(str(key), words) for key, words in found.items() if key is not None]
    return sorted(pairs, key=lambda pair: (slugify(pair[1]), pair[0]))


@dataclass(frozen=True)
class AdFilters:
    """What a recruiter asked of the list. Unknown values count as not given."""

    q: str
    state: str
    sort: str
    place: str = ""
    author: str = ""
    establishment: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> AdFilters:
        state, sort = query.get("etat", ""), query.get("tri", "")
        return cls(
            q=query.get("q", "").strip()[:120],
            state=state if state in ads.State.values else "",
            sort=sort if sort in SORTS else DEFAULT_SORT,
            place=_number(query.get("lieu", "")),
            author=_number(query.get("auteur", "")),
            establishment=_number(query.get("etablissement", "")),
        )

    @property
    def is_active(self) -> bool:
        return bool(self.q or self.state or self.place or self.author or self.establishment)

    def apply(self, queryset):
        """Filter and order ads annotated with state and figures. One query more when there is a search.

        Commune and establishment are the row's own, which the list shows: of an ad online, what is published.
        """
        if self.q:
            queryset = queryset.filter(pk__in=self._matching(queryset))
        if self.state:
            queryset = queryset.filter(state=self.state)
        if self.place:
            queryset = queryset.filter(commune=self.place)
        if self.author:
            queryset = queryset.filter(owner=self.author)
        if self.establishment:
            queryset = queryset.filter(establishment=self.establishment)
        return queryset.order_by(*SORTS[self.sort][1])

    def _matching(self, queryset) -> list[int]:
        """Ads whose title has all the words, whatever the accents and capitals: SQLite compares neither."""
        words = [slugify(word) for word in self.q.split() if slugify(word)]
        titles = queryset.order_by().values_list("pk", "draft_title", "title", "commune__name")
        return [
            pk
            for pk, *texts in titles
            if all(word in slugify(" ".join(filter(None, texts))) for word in words)
        ]

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in ads.State.choices]

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return [(key, words) for key, (words, _) in SORTS.items()]
