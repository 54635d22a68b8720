"""What a second factor is worth lies encrypted: the key of an application, the seed of recovery codes.

Who reads a copy of the database alone can make no code from it. The first key encrypts, each of them reads:
`ENCRYPTION_KEY` (else `SECRET_KEY`), then the fallbacks. Passkeys need none of this: only their public half is here.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

#: Part of every key, so that the same setting may serve for something else without giving the same key.
PURPOSE = b"accounts.factor_secrets"
#: How every Fernet token begins (its version). No key in base 32 and no seed in hexadecimal does.
_TOKEN = "gAAAA"  # noqa: S105


class UnreadableSecretError(Exception):
    """None of the keys in the settings opens it."""


def encrypt(text: str) -> str:
    """The text under the first key. Twice the same text gives two answers."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text again. Raises UnreadableSecretError when the key is gone from the settings."""
    try:
        return _keys().decrypt(token.encode()).decode()
    except InvalidToken as refusal:
        raise UnreadableSecretError(
            "A second factor was encrypted with a key that the settings no longer name: "
            "give it back in ENCRYPTION_KEY_FALLBACKS."
        ) from refusal


def is_encrypted(text: str) -> bool:
    """Whether this was written by `encrypt`, whatever the key."""
    return text.startswith(_TOKEN)


def encrypt_all(model: Any = Authenticator) -> tuple[int, list[int]]:
    """Write every secret anew under the first key: those in clear text, and those under an older key.

    Returns how many rows were written, and the keys of the rows that no key opens; those stay as they are. Locks a row
    at a time, so people go on logging in. Safe to run twice. A migration passes its own `model`.
    """
    written, unreadable = 0, []
    for pk in list(model.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = model.objects.select_for_update().filter(pk=pk).first()
            try:
                data = _rewritten(row.data, _under_first_key) if row else None
            except UnreadableSecretError:
                unreadable.append(pk)
                continue
            if data is not None and data != row.data:
                row.data = data
                row.save(update_fields=["data"])
                written += 1
    return written, unreadable


def decrypt_all(model: Any) -> None:
    """Back to clear text: for a migration that is undone."""
    for row in model.objects.order_by("pk").iterator():
        row.data = _rewritten(row.data, lambda text: decrypt(text) if is_encrypted(text) else text)
        row.save(update_fields=["data"])


def _rewritten(data: dict, change) -> dict:
    """The data of an authenticator with its secrets changed, as allauth keeps them for each type."""
    data = dict(data)
    for name in ("secret", "seed"):
        if name in data:
            data[name] = change(data[name])
    if data.get("migrated_codes") is not None:
        data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
    return data


def _under_first_key(text: str) -> str:
    return encrypt(decrypt(text) if is_encrypted(text) else text)


def _keys() -> MultiFernet:
    named = [
        settings.ENCRYPTION_KEY or settings.SECRET_KEY,
        *settings.ENCRYPTION_KEY_FALLBACKS,
        settings.SECRET_KEY,
        *settings.SECRET_KEY_FALLBACKS,
    ]
    return MultiFernet([Fernet(_derived(key)) for key in dict.fromkeys(named) if key])


def _derived(key: str) -> bytes:
    material = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(material)
