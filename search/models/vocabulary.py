from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from wagtail.models import RevisionMixin

from search.vocabulary import checking


class SynonymRule(RevisionMixin, models.Model):
    """What a person types, and what it finds beside or instead of itself. The office's draft of the vocabulary.

    A change counts once the rules are applied (`search.vocabulary.applied`): until then searches use the last
    `VocabularyVersion`.
    """

    terms = models.TextField(
        "mots cherchés",
        max_length=checking.MAX_SIDE,
        help_text="séparés par des virgules : « éduc spé, éducateur spécialisé »",
    )
    finds = models.TextField(
        "ce qu’ils trouvent",
        max_length=checking.MAX_SIDE,
        blank=True,
        help_text="vide : chacun des mots cherchés trouve tous les autres",
    )
    note = models.CharField("note", max_length=200, blank=True, help_text="pourquoi cette règle")
    is_active = models.BooleanField("en usage", default=True)
    # Which line of the files it came from: a line is loaded once, whatever the office made of it.
    origin = models.CharField(max_length=64, unique=True, null=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="synonym_rule")

    class Meta:
        verbose_name = "synonyme"
        ordering = ["terms", "pk"]

    def __str__(self) -> str:
        return Truncator(self.terms).chars(80)

    @property
    def finds_in_short(self) -> str:
        return Truncator(self.finds).chars(80)

    @property
    def revisions(self):
        return self._revisions

    def clean(self) -> None:
        """Raises a `ValidationError` by field with what is wrong with the rule, and with it among the others."""
        super().clean()
        errors = checking.errors(self.terms, self.finds)
        if errors:
            raise ValidationError(errors)
        if not self.is_active:
            return
        others = SynonymRule.objects.filter(is_active=True).exclude(pk=self.pk).values_list("terms", "finds")
        if error := checking.repeated(self.terms, self.finds, others):
            raise ValidationError({"terms": error})


class VocabularyVersion(models.Model):
    """The rules in force from a moment on, as they were then: pairs of terms and finds. Never changed."""

    rows = models.JSONField("règles")
    applied_at = models.DateTimeField("appliquée le", auto_now_add=True)

    class Meta:
        verbose_name = "version du vocabulaire"
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"Version {self.pk}"
