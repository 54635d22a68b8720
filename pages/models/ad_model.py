import uuid

from django.conf import settings
from django.db import models

from accounts.models import Employer
from billing.models import Offer, PrintFormat


class AdModel(models.Model):
    """ "Modèle": the text of an ad that an employer keeps to begin others with. Never public, costs nothing.

    `content` is what `pages.ad_copies.content_of` took from an ad; only that module reads and writes it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="ad_models", verbose_name="employeur")
    name = models.CharField("nom du modèle", max_length=160)
    content = models.JSONField(default=dict)
    offer_kind = models.CharField(max_length=20, choices=Offer.Kind.choices, default=Offer.Kind.WEB)
    print_format = models.CharField(max_length=3, choices=PrintFormat.choices, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="enregistré par"
    )
    created_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "modèle d’annonce"
        verbose_name_plural = "modèles d’annonce"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
