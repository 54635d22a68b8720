import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from accounts.validators import validate_finess
from reference.models import Commune, StructureType

from .employer import Employer


class EstablishmentQuerySet(models.QuerySet):
    def current(self):
        """Those that can be chosen: an archived one keeps its ads, and is offered no more."""
        return self.filter(archived_at=None)


class Establishment(models.Model):
    """A place where an employer has people work: an EHPAD, an IME, a seat. Ads and company pages refer to it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employer = models.ForeignKey(
        Employer, models.CASCADE, related_name="establishments", verbose_name="employeur"
    )
    name = models.CharField("nom", max_length=160)
    structure_type = models.ForeignKey(
        StructureType, models.PROTECT, related_name="+", verbose_name="type de structure"
    )
    address = models.CharField("adresse", max_length=255, blank=True)
    postcode = models.CharField(
        "code postal",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", "Cinq chiffres, par exemple 69100.")],
    )
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    finess = models.CharField("n° FINESS", max_length=9, blank=True, validators=[validate_finess])
    archived_at = models.DateTimeField("archivé le", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = "établissement"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def is_used(self) -> bool:
        """Whether anything refers to it, whichever application: ads of any state, company pages."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self}).exists()
            for relation in self._meta.related_objects
        )

    def remove(self) -> bool:
        """Delete it, or archive it when something refers to it. Returns whether it was deleted."""
        if self.is_used():
            self.archived_at = timezone.now()
            self.save(update_fields=["archived_at"])
            return False
        self.delete()
        return True

    def restore(self) -> None:
        """Offer it again."""
        self.archived_at = None
        self.save(update_fields=["archived_at"])
