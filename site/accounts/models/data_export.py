import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone


def private_storage() -> Storage:
    """Where exports lie: no URL reaches it, only a view that checks whose file it is."""
    return storages["private"]


class DataExportQuerySet(models.QuerySet):
    def over(self):
        """Those whose time has passed."""
        return self.filter(expires_at__lte=timezone.now())


class DataExport(models.Model):
    """A copy of a person's data, asked for by that person: a zip in private storage, for a few days."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports", verbose_name="compte"
    )
    file = models.FileField("fichier", upload_to="exports/", storage=private_storage, blank=True)
    asked_at = models.DateTimeField("demandée le", auto_now_add=True)
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    expires_at = models.DateTimeField("disponible jusqu’au")

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = "copie de données"
        verbose_name_plural = "copies de données"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.asked_at:%d/%m/%Y}"
