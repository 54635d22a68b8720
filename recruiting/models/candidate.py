import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from billing.storage import private_storage
from reference.models import Commune, ContractType, Diploma, Profession, Public

#: A profile not refreshed for this long leaves the CV library by itself (G31: "un mois et demi").
FRESH_FOR = timedelta(days=45)


class CandidateQuerySet(models.QuerySet):
    def in_library(self, now: datetime | None = None):
        """Profiles that the CV library shows: opted in, with a CV and a profession, refreshed within 45 days."""
        return self.filter(
            library_consent_at__isnull=False,
            refreshed_at__gt=(now or timezone.now()) - FRESH_FOR,
            cvs__is_current=True,
            profession__isnull=False,
            user__is_active=True,
        ).distinct()


class Candidate(models.Model):
    """A candidate's profile. In the CV library only with its consent, and while it is fresh."""

    class Experience(models.TextChoices):
        BEGINNER = "debutant", "Débutant"
        ONE = "1-an", "Un à trois ans"
        THREE = "3-ans", "Trois à cinq ans"
        FIVE = "5-ans", "Cinq ans et plus"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="candidate", verbose_name="compte"
    )
    profession = models.ForeignKey(
        Profession, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="métier recherché"
    )
    commune = models.ForeignKey(
        Commune, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    radius_km = models.PositiveIntegerField("rayon de recherche en km", default=30)
    experience = models.CharField(
        "expérience", max_length=10, choices=Experience.choices, default=Experience.BEGINNER
    )
    diplomas = models.ManyToManyField(Diploma, blank=True, related_name="+", verbose_name="diplômes")
    publics = models.ManyToManyField(Public, blank=True, related_name="+", verbose_name="publics")
    contract_types = models.ManyToManyField(
        ContractType, blank=True, related_name="+", verbose_name="contrats"
    )
    available_on = models.DateField("disponible le", null=True, blank=True)
    headline = models.CharField("titre du profil", max_length=120, blank=True)
    presentation = models.TextField("présentation", max_length=2000, blank=True)
    # Consent to the CV library: when, and to which wording. Withdrawn by setting both back.
    library_consent_at = models.DateTimeField("accord donné le", null=True, blank=True)
    library_consent_wording = models.CharField("version de l’accord", max_length=20, blank=True)
    refreshed_at = models.DateTimeField("mis à jour le", default=timezone.now)
    # When the last reminder to refresh was sent; one older than `refreshed_at` says nothing.
    reminded_at = models.DateTimeField("rappel envoyé le", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "candidat"
        ordering = ["-refreshed_at", "-pk"]
        indexes = [models.Index(fields=["refreshed_at"])]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def leaves_library_at(self) -> datetime:
        """When the profile leaves the library unless it is refreshed."""
        return self.refreshed_at + FRESH_FOR


class Cv(models.Model):
    """A CV file in private storage. Older ones stay while an application refers to them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, blank=True, related_name="cvs", verbose_name="candidat"
    )
    file = models.FileField("fichier", upload_to="cvs/", storage=private_storage)
    file_name = models.CharField("nom du fichier", max_length=200)
    size = models.PositiveIntegerField("taille en octets")
    # Text of the PDF, for the CV library's search; never shown to anyone without access.
    text = models.TextField("texte", blank=True)
    is_current = models.BooleanField("CV actuel", default=True)
    uploaded_at = models.DateTimeField("déposé le", auto_now_add=True)

    class Meta:
        verbose_name = "CV"
        verbose_name_plural = "CV"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=models.Q(is_current=True), name="recruiting_one_current_cv"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class CvAccess(models.Model):
    """Who opened which candidate's CV from the library, and when: for the audit and the candidate's right of access."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="accesses", verbose_name="candidat")
    employer = models.ForeignKey(
        "accounts.Employer", models.PROTECT, related_name="cv_accesses", verbose_name="employeur"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="compte"
    )
    at = models.DateTimeField("le", auto_now_add=True)
    downloaded = models.BooleanField("fichier téléchargé", default=False)

    class Meta:
        verbose_name = "consultation de CV"
        verbose_name_plural = "consultations de CV"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.employer} → {self.candidate}"
