from django.db import models


class EntryQuerySet(models.QuerySet):
    def having(self, alternatives):
        """Entries whose words hold at least one of these phrases (tuples of stems)."""
        either = models.Q()
        for phrase in alternatives:
            either |= models.Q(tokens__contains=f" {' '.join(phrase)} ")
        return self.filter(either)

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
    title = models.CharField("titre", max_length=255, blank=True)
    text = models.TextField("texte", blank=True)
    # Folded, unstemmed words of the short fields: what a typo is compared with.
    words = models.TextField("mots", blank=True)
    # Stems between spaces; " | " separates fields, so that no phrase runs from one into the next.
    title_tokens = models.TextField("racines du titre", blank=True)
    name_tokens = models.TextField("racines des noms", blank=True)
    tokens = models.TextField("toutes les racines", blank=True)
    facets = models.JSONField("facettes", default=dict, blank=True)
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    dated_at = models.DateTimeField("daté du", null=True)
    sponsored_until = models.DateTimeField("sponsorisé jusqu’au", null=True)

    objects = EntryQuerySet.as_manager()

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
    pay_max = models.PositiveIntegerField("salaire annuel maximum", null=True)
    remote = models.BooleanField("télétravail", default=False)

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
    letter = models.CharField("initiale", max_length=1, blank=True)

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
