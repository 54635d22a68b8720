from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def days_of(text: str) -> list[int]:
    """The numbers of "20, 7"; raises ValueError."""
    return [int(part) for part in text.replace(";", ",").split(",") if part.strip()]


def validate_days(text: str) -> None:
    """Numbers of days, separated by commas."""
    try:
        days = days_of(text)
    except ValueError:
        days = [-1]
    if any(not 0 < day <= 365 for day in days):
        raise ValidationError(
            "Indiquez des nombres de jours séparés par des virgules\u202f: «\u00a020, 7\u00a0»."
        )


@register_setting(icon="calendar-alt", order=705)
class DelaySettings(BaseGenericSetting):
    """How long quotes and transfers are waited for, and when their buyers are reminded."""

    quote_days = models.PositiveSmallIntegerField(
        "validité d’un devis, en jours",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    quote_reminder_days = models.PositiveSmallIntegerField(
        "rappel d’un devis, en jours avant sa fin",
        default=7,
        validators=[MaxValueValidator(365)],
        help_text="0 : aucun rappel",
    )
    transfer_days = models.PositiveSmallIntegerField(
        "attente d’un virement, en jours",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="une commande sans aucun virement est annulée ensuite",
    )
    transfer_reminders = models.CharField(
        "relances d’un virement, en jours avant l’annulation",
        max_length=40,
        blank=True,
        default="20, 7",
        validators=[validate_days],
        help_text="« 20, 7 » ; vide : aucune relance",
    )
    invoice_reminders = models.CharField(
        "relances d’une facture, en jours après son échéance",
        max_length=40,
        blank=True,
        default="3, 15, 30",
        validators=[validate_days],
        help_text="« 3, 15, 30 » ; vide : aucune relance",
    )

    panels = [
        MultiFieldPanel([FieldPanel("quote_days"), FieldPanel("quote_reminder_days")], heading="Devis"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "transfer_days",
                    help_text="une commande sans aucun virement est annulée ensuite, comme une commande par carte que "
                    "personne n’a payée dans ce délai",
                ),
                FieldPanel("transfer_reminders"),
            ],
            heading="Virements",
        ),
        MultiFieldPanel([FieldPanel("invoice_reminders")], heading="Factures à terme"),
    ]

    class Meta:
        verbose_name = "délais et relances"
