from django.conf import settings
from django.db import models

from .employer import Employer, Membership


class TeamEvent(models.Model):
    """One line of « Historique de l’équipe ». Only the services of the team write it; nothing changes it."""

    class Kind(models.TextChoices):
        INVITED = "invitation", "a invité"
        SENT_AGAIN = "renvoi", "a renvoyé l’invitation de"
        REVOKED = "revocation", "a révoqué l’invitation de"
        JOINED = "arrivee", "a rejoint l’équipe"
        ROLE = "role", "a changé le rôle de"
        REMOVED = "retrait", "a retiré"
        HANDED_OVER = "transmission", "a transmis l’administration à"
        LEFT = "depart", "a quitté l’équipe"
        # By the office, of a team that had no administrator left.
        APPOINTED = "nomination", "a nommé administrateur"

    employer = models.ForeignKey(
        Employer, models.CASCADE, related_name="team_events", verbose_name="employeur"
    )
    kind = models.CharField("quoi", max_length=20, choices=Kind.choices)
    # A deleted account leaves no name behind.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="qui"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="membre"
    )
    # An invited address may have no account.
    email = models.EmailField("adresse invitée", blank=True)
    old_role = models.CharField("ancien rôle", max_length=20, choices=Membership.Role.choices, blank=True)
    new_role = models.CharField("nouveau rôle", max_length=20, choices=Membership.Role.choices, blank=True)
    # Why the office stepped in; a member gives none.
    reason = models.CharField("motif", max_length=200, blank=True)
    created_at = models.DateTimeField("quand", auto_now_add=True)

    class Meta:
        verbose_name = "changement de l’équipe"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["employer", "-created_at"], name="accounts_team_event")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.employer}"
