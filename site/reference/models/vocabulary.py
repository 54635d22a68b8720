from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from wagtail.models import RevisionMixin


class Term(models.Model):
    """Base of every controlled list: a stable code for URLs and exports, a French label, a place in the list."""

    code = models.SlugField("code", max_length=60, unique=True)
    label = models.CharField("libellé", max_length=200)
    short_label = models.CharField("libellé court", max_length=60, blank=True)
    position = models.PositiveIntegerField("ordre", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label

    @property
    def short(self) -> str:
        """The short label where there is one, the label otherwise."""
        return self.short_label or self.label


class EditedTerm(RevisionMixin, Term):
    """A term that the office may reword. One that has a revision is the office's: loading the lists leaves it alone."""

    class Meta(Term.Meta):
        abstract = True

    @property
    def revisions(self):
        return self._revisions


class Profession(EditedTerm):
    """A trade of the sector with its ROME 4.0 code and the parent ROME 3 code that partners still send."""

    family = models.CharField("famille", max_length=60, db_index=True)
    abbreviations = models.CharField("autres noms", max_length=300, blank=True, help_text="séparés par ;")
    rome_code = models.CharField("code ROME 4.0", max_length=5, blank=True)
    rome_parent = models.CharField("code ROME 3", max_length=5, blank=True)
    diploma = models.CharField("diplôme", max_length=120, blank=True)
    level = models.PositiveSmallIntegerField("niveau (CEC)", null=True, blank=True)

    _revisions = GenericRelation("wagtailcore.Revision")

    class Meta(Term.Meta):
        verbose_name = "métier"


class StructureType(EditedTerm):
    """A kind of establishment or service (EHPAD, IME, MECS…)."""

    field = models.CharField("secteur", max_length=80, db_index=True)
    finess_categories = models.CharField("catégories FINESS", max_length=60, blank=True)

    _revisions = GenericRelation("wagtailcore.Revision")

    class Meta(Term.Meta):
        verbose_name = "type de structure"
        verbose_name_plural = "types de structure"


class ContractType(Term):
    """A kind of contract, with the schema.org employment type of its ads."""

    schema_org = models.CharField("type schema.org", max_length=60, blank=True)
    fixed_term = models.BooleanField("à durée déterminée", default=False)

    class Meta(Term.Meta):
        verbose_name = "type de contrat"
        verbose_name_plural = "types de contrat"


class CollectiveAgreement(Term):
    """A collective agreement by IDCC, or a public statute: recruiters choose between them in one list."""

    idcc = models.CharField("IDCC", max_length=4, blank=True)

    class Meta(Term.Meta):
        verbose_name = "convention collective ou statut"
        verbose_name_plural = "conventions collectives et statuts"


class Public(EditedTerm):
    """The people accompanied: children, disability, old age, exclusion…"""

    _revisions = GenericRelation("wagtailcore.Revision")

    class Meta(Term.Meta):
        verbose_name = "public accompagné"
        verbose_name_plural = "publics accompagnés"


class Diploma(EditedTerm):
    """A diploma an ad may ask for and a candidate may hold."""

    level = models.PositiveSmallIntegerField("niveau (CEC)", null=True, blank=True)

    _revisions = GenericRelation("wagtailcore.Revision")

    class Meta(Term.Meta):
        verbose_name = "diplôme"
