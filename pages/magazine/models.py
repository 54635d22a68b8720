import uuid
from datetime import datetime

from django.db import models

from accounts.models import Employer
from billing.models import PrintFormat


class IssueQuerySet(models.QuerySet):
    def open_at(self, now: datetime):
        """Issues that still take inserts, the next to close first."""
        return self.filter(closes_at__gt=now).order_by("closes_at", "pk")


class MagazineIssue(models.Model):
    """An issue of the magazine that takes print inserts until it closes."""

    number = models.PositiveIntegerField("numéro", unique=True)
    title = models.CharField("titre", max_length=120, help_text="par exemple « Mag de janvier 2027 »")
    closes_at = models.DateTimeField("bouclage")
    published_on = models.DateField("parution")

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "numéro du magazine"
        verbose_name_plural = "numéros du magazine"
        ordering = ["-published_on"]

    def __str__(self) -> str:
        return f"n° {self.number} · {self.title}"


class PrintInsert(models.Model):
    """The insert a web + print placement gives in an issue. Without an open issue it waits for the next one."""

    class State(models.TextChoices):
        TEXT_MISSING = "text_missing", "Texte manquant"
        READY = "ready", "À mettre en page"
        LAID_OUT = "laid_out", "Mis en page"
        PRINTED = "printed", "Paru"
        CANCELLED = "cancelled", "Annulé"

    #: Allowed moves: see `pages.magazine.inserts.move`.
    MOVES = {
        State.TEXT_MISSING: {State.READY, State.CANCELLED},
        State.READY: {State.TEXT_MISSING, State.LAID_OUT, State.CANCELLED},
        State.LAID_OUT: {State.READY, State.PRINTED, State.CANCELLED},
        State.PRINTED: set(),
        State.CANCELLED: set(),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.OneToOneField(
        "pages.Placement", models.PROTECT, related_name="insert", verbose_name="parution"
    )
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="inserts", verbose_name="employeur")
    issue = models.ForeignKey(
        MagazineIssue, models.PROTECT, null=True, blank=True, related_name="inserts", verbose_name="numéro"
    )
    format = models.CharField("format", max_length=3, choices=PrintFormat.choices)
    headline = models.CharField("titre", max_length=255)
    text = models.TextField("texte", max_length=600, blank=True)
    contact_line = models.CharField("contact", max_length=200, blank=True)
    with_logo = models.BooleanField("avec le logo", default=False)
    state = models.CharField("état", max_length=15, choices=State.choices, default=State.TEXT_MISSING)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "encart"
        ordering = ["issue", "-format", "pk"]

    def __str__(self) -> str:
        return self.headline


class InsertMove(models.Model):
    """Who moved an insert from one state to another, and when."""

    insert = models.ForeignKey(PrintInsert, models.CASCADE, related_name="moves", verbose_name="encart")
    from_state = models.CharField("de", max_length=15, choices=PrintInsert.State.choices, blank=True)
    to_state = models.CharField("à", max_length=15, choices=PrintInsert.State.choices)
    by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "mouvement d’encart"
        verbose_name_plural = "mouvements d’encart"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.insert}: {self.to_state}"
