from datetime import date

from django.db import models

from accounts.models import Employer

from .offer import Offer
from .order import OrderLine


class EntitlementQuerySet(models.QuerySet):
    def running(self, day: date):
        """Entitlements that hold on this day: the last day counts whole."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Entitlement(models.Model):
    """A dated right: a company page tier, or access to the CV library. Bought again, it prolongs from its end."""

    class Kind(models.TextChoices):
        COMPANY_PAGE = "company_page", "Page entreprise"
        CV_ACCESS = "cv_access", "Accès à la CVthèque"

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="entitlements", verbose_name="employeur"
    )
    kind = models.CharField("nature", max_length=20, choices=Kind.choices)
    tier = models.CharField("niveau de page", max_length=20, choices=Offer.Tier.choices, blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", help_text="dernier jour compris")
    order_line = models.ForeignKey(
        OrderLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entitlements",
        verbose_name="ligne de commande",
    )
    # "order-line:<pk>": delivering the same line twice gives one entitlement.
    reference = models.CharField("référence", max_length=80, unique=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        verbose_name = "droit"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="billing_entitlement_dates"
            )
        ]
        indexes = [models.Index(fields=["employer", "kind", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.employer}"
