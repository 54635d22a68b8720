import secrets
import uuid

from django.conf import settings
from django.db import models

from accounts.models import Employer
from pages.models import JobAd

from .candidate import Candidate, Cv


def new_token() -> str:
    return secrets.token_urlsafe(32)


class ApplicationQuerySet(models.QuerySet):
    def unanswered(self):
        """Applications that no one at the employer has answered yet."""
        return self.filter(answered_at=None, state__in=[Application.State.RECEIVED, Application.State.READ])


class Application(models.Model):
    """A candidate's application to an ad, or a spontaneous one to an employer (`ad` is None).

    It belongs to the employer and survives the ad: the title is copied. State moves only by `recruiting.applications`.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Reçue"
        READ = "read", "Lue"
        SHORTLISTED = "shortlisted", "Présélectionnée"
        INTERVIEW = "interview", "Entretien"
        HIRED = "hired", "Recrutée"
        REFUSED = "refused", "Refusée"
        WITHDRAWN = "withdrawn", "Retirée par le candidat"

    #: Moves an employer may make. A repeated move is a no-op; any other raises `recruiting.applications.ForbiddenMove`.
    MOVES = {
        State.RECEIVED: {
            State.READ,
            State.SHORTLISTED,
            State.INTERVIEW,
            State.HIRED,
            State.REFUSED,
            State.WITHDRAWN,
        },
        State.READ: {State.SHORTLISTED, State.INTERVIEW, State.HIRED, State.REFUSED, State.WITHDRAWN},
        State.SHORTLISTED: {State.READ, State.INTERVIEW, State.HIRED, State.REFUSED, State.WITHDRAWN},
        State.INTERVIEW: {State.SHORTLISTED, State.HIRED, State.REFUSED, State.WITHDRAWN},
        State.HIRED: {State.INTERVIEW, State.REFUSED},
        State.REFUSED: {State.READ, State.SHORTLISTED, State.INTERVIEW},
        State.WITHDRAWN: set(),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What the candidate's links carry: whoever holds it may read and answer this one conversation.
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    # The form's own key: sending the same form twice makes one application.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="applications", verbose_name="employeur"
    )
    ad = models.ForeignKey(
        JobAd, models.SET_NULL, null=True, blank=True, related_name="applications", verbose_name="annonce"
    )
    ad_title = models.CharField("intitulé", max_length=255, blank=True)
    is_spontaneous = models.BooleanField("spontanée", default=False)
    candidate = models.ForeignKey(
        Candidate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="candidat",
    )
    first_name = models.CharField("prénom", max_length=150)
    last_name = models.CharField("nom", max_length=150)
    email = models.EmailField("adresse e-mail")
    phone = models.CharField("téléphone", max_length=30, blank=True)
    letter = models.TextField("lettre", max_length=6000, blank=True)
    # The ad's questions as they were asked, each with its answer: [{"question": …, "answer": …}].
    answers = models.JSONField("réponses", default=list, blank=True)
    cv = models.ForeignKey(Cv, models.PROTECT, related_name="applications", verbose_name="CV")
    state = models.CharField("statut", max_length=15, choices=State.choices, default=State.RECEIVED)
    sent_at = models.DateTimeField("reçue le", auto_now_add=True)
    answered_at = models.DateTimeField("première réponse le", null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["employer", "state", "sent_at"])]

    def __str__(self) -> str:
        return f"{self.full_name} · {self.ad_title or 'candidature spontanée'}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class ApplicationMove(models.Model):
    """Who moved an application from one state to another, and when."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="moves", verbose_name="candidature"
    )
    from_state = models.CharField("de", max_length=15, choices=Application.State.choices, blank=True)
    to_state = models.CharField("à", max_length=15, choices=Application.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "mouvement de candidature"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.to_state}"


class Message(models.Model):
    """One message of the conversation about an application."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="messages", verbose_name="candidature"
    )
    from_candidate = models.BooleanField("du candidat", default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    body = models.TextField("message", max_length=5000)
    # The form's own key: a double click sends one message.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True)
    read_at = models.DateTimeField("lu le", null=True, blank=True)

    class Meta:
        verbose_name = "message"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.sent_at:%d/%m/%Y}"
