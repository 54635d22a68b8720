from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Employer
from reference.dates import paris_day

from .offer import Offer, PrintFormat
from .order import OrderLine

CREDIT_CHOICES = [(kind.value, kind.label) for kind in (Offer.Kind.WEB, Offer.Kind.WEB_PRINT)]


class CreditLotQuerySet(models.QuerySet):
    def usable(self, now: datetime):
        """Lots with credits left and not expired, the soonest to expire first."""
        return self.filter(balance__gt=0, expires_at__gt=now).order_by("expires_at", "pk")


class CreditLot(models.Model):
    """Ad credits bought or granted together.

    `balance` is the sum of its movements, written with them under the row's lock.

    The database refuses a negative balance. Lots that `billing.credits` locks are always locked in order of
    (expires_at, pk).
    """

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="credit_lots", verbose_name="employeur"
    )
    kind = models.CharField("nature", max_length=20, choices=CREDIT_CHOICES)
    print_format = models.CharField("format print", max_length=3, choices=PrintFormat.choices, blank=True)
    ad_months = models.PositiveIntegerField("durée d’une annonce en mois", default=2)
    order_line = models.ForeignKey(
        OrderLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lots",
        verbose_name="ligne de commande",
    )
    balance = models.IntegerField("solde", default=0)
    # The first instant at which the credits are no longer valid: midnight in Paris after the last day.
    expires_at = models.DateTimeField("expire le")
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = CreditLotQuerySet.as_manager()

    class Meta:
        verbose_name = "lot de crédits"
        verbose_name_plural = "lots de crédits"
        ordering = ["expires_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="billing_lot_not_negative")
        ]
        indexes = [models.Index(fields=["employer", "kind", "expires_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.employer}"

    @property
    def last_day(self) -> date:
        """The last day on which its credits may be spent."""
        return paris_day(self.expires_at - timedelta(microseconds=1))


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are written once: no update, no delete, by any road of the ORM. The database has triggers too."""

    def update(self, **kwargs):
        raise ValidationError("Ces écritures ne se modifient pas.")

    def delete(self):
        raise ValidationError("Ces écritures ne se suppriment pas.")


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValidationError("Cette écriture ne se modifie pas.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError("Cette écriture ne se supprime pas.")


class CreditMovement(AppendOnly):
    """One line of the ledger: what came into or left a lot, why, and for what. Never changed, never deleted."""

    class Kind(models.TextChoices):
        PURCHASE = "purchase", "Achat"
        GRANT = "grant", "Attribution"
        SPENDING = "spending", "Publication"
        GIVING_BACK = "giving_back", "Restitution"
        EXPIRY = "expiry", "Expiration"
        CORRECTION = "correction", "Correction"

    lot = models.ForeignKey(CreditLot, models.PROTECT, related_name="movements", verbose_name="lot")
    kind = models.CharField("nature", max_length=20, choices=Kind.choices)
    quantity = models.IntegerField("quantité", help_text="positive : entrée ; négative : sortie")
    # What caused it ("placement:<uuid>", "order-line:<pk>"), unique with the kind: the same event twice writes one.
    reference = models.CharField("référence", max_length=80)
    label = models.CharField("libellé", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "mouvement de crédit"
        verbose_name_plural = "mouvements de crédit"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="billing_movement_once"),
            models.CheckConstraint(condition=~models.Q(quantity=0), name="billing_movement_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+d} {self.get_kind_display()}"


class CreditWarning(models.Model):
    """A mail told an employer that a lot's credits end within so many days: once for each."""

    lot = models.ForeignKey(CreditLot, models.CASCADE, related_name="warnings", verbose_name="lot")
    days = models.PositiveSmallIntegerField("jours avant la fin")
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "avertissement de fin de crédits"
        verbose_name_plural = "avertissements de fin de crédits"
        constraints = [models.UniqueConstraint(fields=["lot", "days"], name="billing_credit_warning_once")]

    def __str__(self) -> str:
        return f"{self.lot} · {self.days} jours"
