import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

#: A rebuild that has not told of a batch for this long was killed: another may go on with it.
SILENCE = timedelta(minutes=2)


class IndexRunQuerySet(models.QuerySet):
    def going_on(self) -> "IndexRunQuerySet":
        """Runs that have not ended, killed ones among them."""
        return self.filter(ended_at=None)

    def latest_of_each_kind(self, work: str) -> list[Any]:
        """The latest ended run of this work for each kind of document. One query."""
        latest = (
            self.filter(work=work, kind=models.OuterRef("kind"))
            .exclude(ended_at=None)
            .order_by("-started_at", "-pk")
        )
        return list(self.filter(pk=models.Subquery(latest.values("pk")[:1])).order_by("kind"))


class IndexRun(models.Model):
    """A rebuild of an index, or a comparison of one with the database: how far it is, and what it found.

    Written by `search.rebuilding` and `search.comparison` alone. A rebuild that was killed goes on from `cursor`.
    """

    class Work(models.TextChoices):
        REBUILD = "rebuild", "Reconstruction"
        COMPARISON = "comparison", "Comparaison"

    class Kind(models.TextChoices):
        ADS = "ads", "Annonces"
        COMPANIES = "companies", "Entreprises"
        CVS = "cvs", "CVthèque"

    class Outcome(models.TextChoices):
        GOING_ON = "", "En cours"
        DONE = "done", "Terminée"
        REFUSED = "refused", "Refusée : l’index ne disait pas la même chose que la base"
        FAILED = "failed", "Interrompue par une erreur"
        ABANDONED = "abandoned", "Abandonnée : le vocabulaire a changé entre-temps"

    #: The outcomes that somebody should look at.
    BAD = (Outcome.REFUSED, Outcome.FAILED)

    work = models.CharField("travail", max_length=12, choices=Work.choices)
    kind = models.CharField("contenu", max_length=12, choices=Kind.choices)
    index = models.CharField("index", max_length=120, blank=True)
    # Of the settings and mappings that the index was made with.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    # Who works on it: a process that was taken for dead finds another token here and stops.
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    cursor = models.PositiveBigIntegerField("dernier identifiant écrit", default=0, editable=False)
    read = models.PositiveIntegerField("objets lus", default=0)
    public = models.PositiveIntegerField("documents publics", default=0)
    # What a comparison found, by name: missing, stale, ghosts, ahead, unnoticed; and how many are repaired.
    found = models.JSONField("écarts", default=dict, blank=True)
    outcome = models.CharField("issue", max_length=12, choices=Outcome.choices, blank=True, default="")
    message = models.TextField("détail", blank=True)
    started_at = models.DateTimeField("commencé le", default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = IndexRunQuerySet.as_manager()

    class Meta:
        verbose_name = "entretien de la recherche"
        verbose_name_plural = "entretiens de la recherche"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(ended_at=None, work="rebuild"),
                name="search_one_rebuild_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.Work(self.work).label} · {self.Kind(self.kind).label}"

    @property
    def is_silent(self) -> bool:
        """Whether the process that worked on it is taken for dead."""
        return self.ended_at is None and self.beat_at < timezone.now() - SILENCE

    @property
    def differences(self) -> int:
        """How many objects the index and the database disagreed on."""
        return sum(count for name, count in self.found.items() if name != "repaired")

    def end(self, outcome: str, message: str = "") -> None:
        """Note how it ended; keeps what it counted."""
        self.outcome, self.message, self.ended_at = outcome, message[:2000], timezone.now()
        self.save()
