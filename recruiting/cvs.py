"""CV files: what is accepted, how it is kept, when it goes.

Only PDF. What is stored is never the file that was sent but the one that `pdf_worker` wrote after reading it: without
script, attachment, form or password. It lies in private storage under a random name; views decide who reads it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from .models import Candidate, Cv

MAX_PAGES = 20
MAX_TEXT = 50_000
WORKER_SECONDS = 30
#: How long a file sent with a form that had other errors is kept for the second try.
STAGED_FOR = timedelta(hours=6)
_SALT = "recruiting.cv.staged"

SENTENCES = {
    "missing": "Joignez votre CV en PDF.",
    "type": "Votre CV doit être un fichier PDF. Depuis un traitement de texte : « Enregistrer sous », puis « PDF ».",
    "empty": "Ce fichier est vide : choisissez-en un autre.",
    "size": "Ce fichier pèse plus de {limit} Mo. Réduisez-le, par exemple en allégeant les images, et réessayez.",
    "fake": "Ce fichier porte le nom d’un PDF mais n’en est pas un. Exportez votre CV en PDF et réessayez.",
    "password": "Ce PDF est protégé par un mot de passe : enlevez la protection pour que l’employeur puisse l’ouvrir.",
    "pages": f"Ce PDF compte plus de {MAX_PAGES} pages. Joignez votre seul CV.",
    "unreadable": "Ce PDF ne s’ouvre pas : il est peut-être endommagé. Exportez-le de nouveau et réessayez.",
}


class CvRefused(ValidationError):
    """A file that is no acceptable CV. The message is a French sentence for its sender; `code` says which rule."""

    def __init__(self, code: str) -> None:
        sentence = SENTENCES[code].format(limit=settings.CV_MAX_BYTES // (1024 * 1024))
        super().__init__(sentence, code=code)


def store(upload: UploadedFile | None, candidate: Candidate | None = None) -> Cv:
    """Check a file, write it anew into private storage and return its row.

    With a candidate it becomes the current CV: locks the candidate; the former one goes unless an application has it.
    Without, it belongs to the application that will refer to it. Raises CvRefused and leaves nothing behind.
    """
    data = _read(upload)
    text, clean = _rewrite(data)
    # Only now a transaction, which `keep` opens: reading a file may take seconds.
    return keep(clean, text, _display_name(upload), candidate)


def keep(pdf: bytes, text: str, file_name: str, candidate: Candidate | None = None) -> Cv:
    """Put a PDF known to be clean, made here or written anew by `store`, into private storage and return its row.

    With a candidate it becomes the current CV: locks the candidate; the former one goes unless an application has it.
    """
    with transaction.atomic():
        if candidate is not None:
            candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
            _retire_current(candidate)
        cv = Cv(
            candidate=candidate,
            file_name=file_name,
            size=len(pdf),
            text=text,
            is_current=candidate is not None,
        )
        cv.file.save(f"{uuid.uuid4()}.pdf", ContentFile(pdf), save=False)
        try:
            cv.save()
        except Exception:
            cv.file.delete(save=False)
            raise
    return cv


def current_of(candidate: Candidate | None) -> Cv | None:
    """The candidate's current CV, or None. One query."""
    return candidate.cvs.filter(is_current=True).first() if candidate else None


@transaction.atomic
def remove_current(candidate: Candidate) -> None:
    """Take the candidate's current CV away; the file goes too unless an application has it. Locks the candidate."""
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    _retire_current(candidate)


def discard(cv: Cv) -> bool:
    """Delete a CV, its file after the commit. Does nothing and returns False when an application refers to it."""
    name, storage = str(cv.file.name), cv.file.storage
    try:
        cv.delete()
    except ProtectedError:
        return False
    transaction.on_commit(lambda: storage.delete(name), robust=True)
    return True


def _retire_current(candidate: Candidate) -> None:
    for cv in candidate.cvs.filter(is_current=True):
        if not discard(cv):
            cv.is_current = False
            cv.save(update_fields=["is_current"])


def staged_key(cv: Cv) -> str:
    """What the form carries so that a file already sent need not be chosen again. Signed: it names this file only."""
    return signing.dumps(cv.pk, salt=_SALT, compress=True)


def staged(key: str) -> Cv | None:
    """The file behind a form's key, or None when the key is forged, too old, or its file has been used."""
    try:
        pk = signing.loads(key, salt=_SALT, max_age=STAGED_FOR)
    except signing.BadSignature:
        return None
    return Cv.objects.filter(pk=pk, candidate=None, applications=None).first()


def sweep(now: object = None) -> int:
    """Delete CVs that belong to nobody: sent with a form never finished, or of an account since deleted."""
    before = (now or timezone.now()) - timedelta(days=1)  # type: ignore[operator]
    count = 0
    for cv in Cv.objects.filter(candidate=None, applications=None, uploaded_at__lt=before).order_by("pk"):
        with transaction.atomic():
            count += discard(cv)
    return count


def _read(upload: UploadedFile | None) -> bytes:
    if upload is None:
        raise CvRefused("missing")
    if not (upload.name or "").lower().endswith(".pdf"):
        raise CvRefused("type")
    if not upload.size:
        raise CvRefused("empty")
    if upload.size > settings.CV_MAX_BYTES:
        raise CvRefused("size")
    upload.seek(0)
    data = upload.read()
    # Readers accept some bytes before the signature.
    if b"%PDF-" not in data[:1024]:
        raise CvRefused("fake")
    return data


def _rewrite(data: bytes) -> tuple[str, bytes]:
    """Text and clean bytes of a PDF, read in a process of its own. Raises CvRefused."""
    command = [
        sys.executable,
        "-I",
        str(Path(__file__).with_name("pdf_worker.py")),
        str(MAX_PAGES),
        str(MAX_TEXT),
    ]
    try:
        answer = subprocess.run(command, input=data, capture_output=True, timeout=WORKER_SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise CvRefused("unreadable") from error
    head, _, clean = answer.stdout.partition(b"\n")
    report = json.loads(head)
    if "error" in report:
        raise CvRefused(report["error"])
    # Written anew a file may grow a little; no one must be told of a limit that his file respects.
    return report["text"], clean


def _display_name(upload: UploadedFile | None) -> str:
    """The sender's file name without path or anything that a header or a screen could trip over."""
    name = Path((upload.name if upload else None) or "cv.pdf").name
    name = re.sub(r"[^\w .,()’'\-]+", "_", name).strip(" .") or "cv.pdf"
    return name if len(name) <= 120 else f"{name[:116]}.pdf"
