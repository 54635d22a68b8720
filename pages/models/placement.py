import uuid
from datetime import date, datetime, timedelta

from django.db import models

from accounts.models import Employer
from billing.models import Offer, PrintFormat
from reference.dates import paris_day


class PlacementQuerySet(models.QuerySet):
    def open_at(self, now: datetime):
        """Placements that run at this moment."""
        return self.filter(opened_at__lte=now, ends_at__gt=now, closed_at=None)


class Placement(models.Model):
    """A paid run of an ad on the site: one credit, from its opening to midnight in Paris after its last day.

    Only `pages.placements` writes it, together with the credit movement whose reference is `reference`.
    It stays open while its ad is offline: back within the two months costs nothing.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ad = models.ForeignKey(
        "pages.JobAd", models.SET_NULL, null=True, related_name="placements", verbose_name="annonce"
    )
    ad_title = models.CharField("intitulé", max_length=255)
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="placements", verbose_name="employeur"
    )
    kind = models.CharField("nature", max_length=20, choices=Offer.Kind.choices)
    print_format = models.CharField("format print", max_length=3, choices=PrintFormat.choices, blank=True)
    opened_at = models.DateTimeField("ouverte le")
    ends_at = models.DateTimeField("finit le", help_text="minuit à Paris après le dernier jour")
    closed_at = models.DateTimeField("fermée le", null=True, blank=True, help_text="avant son terme")
    # How many days before its end the latest mail about it was sent: each of them goes once.
    last_reminder = models.PositiveSmallIntegerField("dernier rappel", null=True, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "parution"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("opened_at")), name="pages_placement_dates"
            )
        ]
        indexes = [models.Index(fields=["ad", "ends_at"]), models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.ad_title} ({self.opened_at:%d/%m/%Y})"

    @property
    def last_day(self) -> date:
        """The last day on which the ad is public."""
        return paris_day(self.ends_at - timedelta(microseconds=1))

    @property
    def reference(self) -> str:
        """What its credit movement is called in the ledger."""
        return f"placement:{self.uuid}"
