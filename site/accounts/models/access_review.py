from django.db import models

from .employer import Employer


class AccessReview(models.Model):
    """The quarterly mail « qui a accès » went out for this employer: its row is what keeps it from going twice."""

    employer = models.ForeignKey(
        Employer, models.CASCADE, related_name="access_reviews", verbose_name="employeur"
    )
    quarter = models.CharField("trimestre", max_length=7)  # "2027-T1"
    sent_at = models.DateTimeField("envoyée le", auto_now_add=True)

    class Meta:
        verbose_name = "revue des accès"
        constraints = [
            models.UniqueConstraint(fields=["employer", "quarter"], name="accounts_access_review_once")
        ]

    def __str__(self) -> str:
        return f"{self.quarter} · {self.employer}"
