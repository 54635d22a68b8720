from django.db import models
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="clipboard-list", order=310)
class AdRules(BaseSiteSetting):
    """What the office asks of every ad beside the law. The office edits it under "Réglages"."""

    class PayRange(models.TextChoices):
        ENCOURAGED = "encouraged", "Conseillée : l’éditeur la demande, l’annonce paraît sans"
        REQUIRED = "required", "Obligatoire : sans elle, l’annonce ne se publie pas"

    pay_range = models.CharField(
        "fourchette de salaire",
        max_length=10,
        choices=PayRange.choices,
        default=PayRange.ENCOURAGED,
        help_text="La directive européenne 2023/970 la rendra obligatoire une fois transposée.",
    )

    class Meta:
        verbose_name = "règles des annonces"
