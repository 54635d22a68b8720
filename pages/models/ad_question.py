from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.api import APIField
from wagtail.models import Orderable


class ScreeningQuestion(Orderable):
    """A question that the employer asks whoever applies to its ad here. Five at most."""

    MOST = 5

    class Kind(models.TextChoices):
        TEXT = "texte", "Réponse libre"
        YES_NO = "oui-non", "Oui ou non"

    page = ParentalKey("pages.JobAd", on_delete=models.CASCADE, related_name="questions")
    text = models.CharField("question", max_length=200)
    kind = models.CharField("réponse attendue", max_length=8, choices=Kind.choices, default=Kind.TEXT)
    required = models.BooleanField("réponse obligatoire", default=True)

    api_fields = [APIField(name, writable=True) for name in ("text", "kind", "required")]

    class Meta(Orderable.Meta):
        verbose_name = "question"

    def __str__(self) -> str:
        return self.text
