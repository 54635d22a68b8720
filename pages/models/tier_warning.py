from django.db import models

from billing.models import Entitlement


class TierWarning(models.Model):
    """That an employer was told, once, so many days ahead, that the offer of its page ends."""

    entitlement = models.ForeignKey(
        Entitlement, models.CASCADE, related_name="warnings", verbose_name="droit"
    )
    days_before = models.PositiveSmallIntegerField("jours avant la fin")
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True)

    class Meta:
        verbose_name = "rappel de fin d’offre"
        verbose_name_plural = "rappels de fin d’offre"
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "days_before"], name="pages_tier_warning_once")
        ]

    def __str__(self) -> str:
        return f"{self.entitlement}, {self.days_before} j"
