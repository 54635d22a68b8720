from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from search.models.word_index import ANYWHERE, Holds
from search.vocabulary.synonyms import Phrase


def choice(name: str, value: str) -> str:
    """A value of a facet as its column holds it between two bars."""
    return f"{name}={value.replace('|', ' ')}"


def chosen(name: str, values: Sequence[str]) -> models.Q:
    """The condition that a row has one of these values of a facet."""
    either = models.Q()
    for value in values:
        either |= models.Q(facet_values__contains=f"|{choice(name, value)}|")
    return either


class ShadowQuerySet(models.QuerySet):
    def holding(self, units: Sequence[Sequence[Phrase]], columns: int = ANYWHERE, *, every: bool = True):
        """Entries that say these units: all of them, or any. Without units: all entries."""
        return self.filter(Holds(units, columns, every=every)) if units else self

    def choosing(self, name: str, values: Sequence[str]):
        """Entries that have one of these values of a facet."""
        return self.filter(chosen(name, values))

    def near(self, latitude: float, longitude: float, degrees_lat: float, degrees_lon: float):
        """Entries in a box around a point: the rough cut before distances are computed."""
        return self.filter(
            latitude__range=(latitude - degrees_lat, latitude + degrees_lat),
            longitude__range=(longitude - degrees_lon, longitude + degrees_lon),
        )


class Entry(models.Model):
    """The shadow of a searchable object: its revision in the index, and its words for the search by the database.

    Written by `search.indexing` alone. The row outlives its object as an empty one with its revision, so that a belated
    write can never bring a removed document back. Whether the object is public is asked of the object, not of this row.
    """

    rev = models.PositiveBigIntegerField("révision", default=0)
    # Of the document that this row was made of, and of the code that made it: "" when there is no document.
    digest = models.CharField(max_length=32, blank=True, default="", editable=False)
    title = models.CharField("titre", max_length=255, blank=True)
    text = models.TextField("texte", blank=True)
    # What a card shows, as in the document of the index.
    card = models.JSONField("vignette", default=dict, blank=True)
    # Folded, unstemmed words of the short fields: what a typo is compared with.
    words = models.TextField("mots", blank=True)
    # Stems between spaces. The databases keep an index of them: see `word_index`.
    title_tokens = models.TextField("racines du titre", blank=True)
    name_tokens = models.TextField("racines des noms", blank=True)
    text_tokens = models.TextField("racines des textes", blank=True, default="")
    # "|contract=cdi|public=enfance|public=age|": one column to read and to count, whatever facets there are.
    facet_values = models.TextField("facettes", blank=True, default="")
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    dated_at = models.DateTimeField("daté du", null=True)
    sponsored_until = models.DateTimeField("sponsorisé jusqu’au", null=True)

    objects = ShadowQuerySet.as_manager()

    class Meta:
        abstract = True


class AdEntry(Entry):
    """The shadow of a job ad."""

    subject = models.OneToOneField(
        "pages.JobAd",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="search_entry",
        verbose_name="annonce",
    )
    # Gross, a year, full time.
    pay_min = models.PositiveIntegerField("salaire annuel minimum", null=True)
    pay_max = models.PositiveIntegerField("salaire annuel maximum", null=True)

    class Meta:
        verbose_name = "annonce dans la recherche"
        indexes = [models.Index(fields=["dated_at"]), models.Index(fields=["latitude", "longitude"])]

    def __str__(self) -> str:
        return self.title


class CompanyEntry(Entry):
    """The shadow of a company page."""

    subject = models.OneToOneField(
        "pages.CompanyPage",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="search_entry",
        verbose_name="page entreprise",
    )
    sort_name = models.CharField("nom pour le tri", max_length=255, blank=True)

    class Meta:
        verbose_name = "entreprise dans la recherche"

    def __str__(self) -> str:
        return self.title


class CvEntry(Entry):
    """The shadow of a candidate's profile in the CV library. Holds no name and no contact."""

    subject = models.OneToOneField(
        "recruiting.Candidate",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="search_entry",
        verbose_name="candidat",
    )

    class Meta:
        verbose_name = "profil dans la recherche"

    def __str__(self) -> str:
        return self.title
