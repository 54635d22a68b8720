"""A copy of one's data: a zip of JSON and files that a task makes, in private storage, for seven days."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from . import emails, personal_data
from .models import DataExport, User
from .signals import data_exported

KEPT_FOR = timedelta(days=7)

READ_ME = """Copie de vos données sur ASH Job, faite le {day}.

Chaque fichier .json est un texte lisible par une personne comme par un programme.
Les fichiers que vous nous avez confiés sont dans le dossier « fichiers ».
Une question, une rectification ? {contact}
"""


class Archive:
    """What receivers of `data_exported` write into."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, data: Any) -> None:
        """Write `<name>.json`; dates, identifiers and lazy texts included. Nothing for an empty list."""
        if data:
            if not isinstance(data, dict):
                data = list(data)
            self.add_text(
                f"{name}.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            )

    def add_text(self, name: str, text: str) -> None:
        self._zip.writestr(name, text)

    def add_file(self, name: str, file: BinaryIO | File) -> None:
        """Write a file of the person's, under `fichiers/`."""
        self._zip.writestr(f"fichiers/{name}", file.read())

    def close(self) -> bytes:
        """The finished zip."""
        self._zip.close()
        return self._buffer.getvalue()


@transaction.atomic
def ask(user: User) -> DataExport:
    """Ask for a copy, unless one is being made: then that one. Locks the user; enqueues the task."""
    from .tasks import make_export

    User.objects.select_for_update().get(pk=user.pk)
    waiting = user.data_exports.filter(ready_at=None, expires_at__gt=timezone.now()).first()
    if waiting:
        return waiting
    export = DataExport.objects.create(user=user, expires_at=timezone.now() + KEPT_FOR)
    make_export.enqueue(export.pk)
    return export


def make(pk: int) -> None:
    """Make the file, and tell its owner by mail. Does nothing when it was made, or is wanted no more."""
    export = DataExport.objects.select_related("user").filter(pk=pk, ready_at=None).first()
    if export is None or not export.user.is_active:
        return
    archive = Archive()
    archive.add_text(
        "LISEZ-MOI.txt",
        READ_ME.format(day=timezone.localdate().strftime("%d/%m/%Y"), contact=settings.OFFICE_EMAIL),
    )
    personal_data.export(export.user, archive)
    data_exported.send(sender=User, user=export.user, archive=archive)
    data = archive.close()
    with transaction.atomic():
        # A second worker may have been as quick: the row's lock decides which file stays.
        export = DataExport.objects.select_for_update(of=("self",)).filter(pk=pk, ready_at=None).first()
        if export is None:
            return
        export.ready_at = timezone.now()
        export.expires_at = export.ready_at + KEPT_FOR
        export.file.save(f"{export.public_id}.zip", ContentFile(data), save=False)
        export.save()
        emails.export_ready(export)


def forget(exports: Iterable[DataExport]) -> int:
    """Delete copies, their files after the commit. Returns how many."""
    count = 0
    for export in exports:
        if export.file:
            transaction.on_commit(partial(export.file.storage.delete, str(export.file.name)), robust=True)
        export.delete()
        count += 1
    return count
