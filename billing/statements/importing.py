"""Keep what a statement says: a file once, an entry once whatever the number of files that tell of it."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import User
from billing.models import BankEntry, BankStatement

from . import camt, table
from .reading import MOST_BYTES, Entry, Read, StatementError, tidy

Format = BankStatement.Format


@dataclass(frozen=True)
class Imported:
    """What an import has done: entries kept, known already, and left aside (debits, other currencies)."""

    statement: BankStatement
    new: int
    known: int
    left_aside: int


def import_file(name: str, data: bytes, by: User) -> Imported:
    """Keep the credit entries of a CAMT.053 or CSV file. Raises StatementError: nothing of the file is kept then.

    Two at once are settled by two unique constraints, the file's digest and the entry's fingerprint: the second of the
    same file is refused, what a second file tells again is passed over.
    """
    if not data:
        raise StatementError("Ce fichier est vide.")
    if len(data) > MOST_BYTES:
        raise StatementError(
            f"Ce fichier dépasse {MOST_BYTES // 1024 // 1024}\u202fMo\u202f: importez un relevé par mois."
        )
    digest = hashlib.sha256(data).hexdigest()
    _refuse_known(digest)
    form, found = _read(data)
    if not found.entries:
        raise StatementError(
            "Ce relevé ne contient aucune somme reçue en euros\u202f: il n’y a rien à rapprocher."
        )
    try:
        return _keep(name, digest, form, found, by)
    except IntegrityError:
        # Somebody else's import of the same file was committed meanwhile.
        _refuse_known(digest)
        raise


@transaction.atomic
def _keep(name: str, digest: str, form: str, found: Read, by: User) -> Imported:
    statement = BankStatement.objects.create(
        digest=digest, name=tidy(name, 120) or "relevé", format=form, imported_by=by
    )
    rows = [
        BankEntry(
            statement=statement,
            fingerprint=mark,
            booked_on=entry.booked_on,
            amount=entry.amount,
            payer=entry.payer,
            wording=entry.wording,
            bank_reference=entry.bank_reference,
        )
        # In one order for everybody: two files that share entries wait for each other, never in a ring.
        for mark, entry in sorted(
            zip(fingerprints(found.entries), found.entries, strict=True), key=lambda pair: pair[0]
        )
    ]
    BankEntry.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    new = statement.entries.count()
    return Imported(statement, new, len(rows) - new, found.left_aside)


def fingerprints(entries: list[Entry]) -> list[str]:
    """What tells each entry from all others. Alike ones of one file are honest twins: they differ by their rank."""
    seen: Counter[str] = Counter()
    marks = []
    for entry in entries:
        parts = [entry.booked_on.isoformat(), str(entry.amount)]
        # The bank's own reference says it best; without one, all that is written.
        parts += [entry.bank_reference] if entry.bank_reference else [entry.payer, entry.wording]
        base = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        marks.append(f"{base}-{seen[base]}")
        seen[base] += 1
    return marks


def _refuse_known(digest: str) -> None:
    known = BankStatement.objects.filter(digest=digest).select_related("imported_by").first()
    if known:
        who = f" par {known.imported_by}" if known.imported_by else ""
        raise StatementError(
            f"Ce relevé est déjà importé, le {known.imported_at:%d/%m/%Y}{who}\u202f: rien n’a changé.",
            code="known",
        )


def _read(data: bytes) -> tuple[str, Read]:
    start = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(b"<"):
        return Format.CAMT, camt.read(data)
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise StatementError(
            "Ce fichier est un PDF ou un classeur\u202f: demandez à votre banque le relevé en CAMT.053 (XML) ou en CSV."
        )
    return Format.CSV, table.read(data)
