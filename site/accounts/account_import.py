"""Bringing the publisher's accounts in (G2): a line of a file becomes an account, whose password is kept if it can be.

The file is the operator's: its addresses are taken for confirmed where a password comes with them.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import identify_hasher
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from . import emails
from .models import User
from .signup import account_of, is_confirmed
from .validators import validate_person_name

#: The columns, and what else their heads may say.
COLUMNS = {
    "email": {"email", "e-mail", "mail", "courriel", "adresse e-mail"},
    "civility": {"civilite", "civilité", "civility", "titre"},
    "last_name": {"nom", "last_name", "lastname"},
    "first_name": {"prenom", "prénom", "first_name", "firstname"},
    "password": {"mot de passe", "mot_de_passe", "password", "hash", "empreinte"},
}
CIVILITIES = {
    "mme": "mme",
    "madame": "mme",
    "mlle": "mme",
    "f": "mme",
    "m": "m",
    "mr": "m",
    "monsieur": "m",
    "h": "m",
}
#: How other programs begin a hash that Django reads under a name of its own.
FOREIGN = {"$2a$": "bcrypt$", "$2b$": "bcrypt$", "$2y$": "bcrypt$", "$argon2": "argon2"}

#: What the column of the database holds.
HASH_LENGTH = 128


@dataclass(frozen=True)
class Line:
    """What became of one line of the file."""

    number: int
    email: str
    outcome: str
    refused: bool = False


class FileRefused(Exception):
    """The file as a whole cannot be read: the sentence says why."""


def read(file: TextIO) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with their numbers, by our names of the columns. Comma or semicolon. Raises FileRefused."""
    head = file.readline()
    delimiter = ";" if head.count(";") >= head.count(",") else ","
    names = [
        _column(name) for name in next(csv.reader([head.removeprefix("\ufeff")], delimiter=delimiter), [])
    ]
    missing = {"email", "last_name", "first_name"} - set(names)
    if missing:
        raise FileRefused(
            f"Columns are missing: {', '.join(sorted(missing))}. The first line must name them."
        )
    reader = csv.reader(file, delimiter=delimiter)
    while (row := _next(reader)) is not None:
        if any(cell.strip() for cell in row):
            values = dict.fromkeys(COLUMNS, "") | {
                name: cell.strip() for name, cell in zip(names, row, strict=False) if name
            }
            yield reader.line_num + 1, values


def bring_in(rows: Iterable[tuple[int, dict[str, str]]], dry_run: bool = False) -> Iterator[Line]:
    """One account a line, each in a transaction of its own; a wrong line stops none of the others.

    An account that is in use here is left as it is, so a second run changes nothing and mails nobody again.
    """
    seen: set[str] = set()
    for number, values in rows:
        email = values["email"].lower()
        try:
            if email in seen:
                raise ValidationError("twice in the file")
            _check(values)
            seen.add(email)
            yield Line(number, email, _bring_in(email, values, dry_run))
        except ValidationError as error:
            yield Line(number, email, f"refused: {'; '.join(error.messages)}", refused=True)


def readable(password_hash: str) -> str:
    """The hash as Django writes it, or nothing when it cannot check passwords against it."""
    for begins, name in FOREIGN.items():
        if password_hash.startswith(begins):
            password_hash = name + password_hash
    try:
        identify_hasher(password_hash).decode(password_hash)
    except Exception:  # Each of Django's hashers has its own way to refuse a text that is none of its hashes.
        return ""
    return password_hash if len(password_hash) <= HASH_LENGTH else ""


def _next(reader) -> list[str] | None:
    """The next row; a cell that no account has, too long to be read, leaves the row without what it held."""
    try:
        return next(reader, None)
    except csv.Error:
        return ["?"]


def _column(name: str) -> str:
    name = name.strip().lower()
    return next((ours for ours, names in COLUMNS.items() if name in names or name == ours), "")


def _check(values: dict[str, str]) -> None:
    try:
        validate_email(values["email"])
    except ValidationError as error:
        raise ValidationError("no e-mail address") from error
    if len(values["email"]) > 254:
        raise ValidationError("the e-mail address is longer than 254 characters")
    civility = values["civility"].lower().rstrip(".")
    if civility and civility not in CIVILITIES:
        raise ValidationError(f"civility “{values['civility']}” is not known (Madame, Monsieur, Mme, M.)")
    for name in ("last_name", "first_name"):
        if not values[name]:
            raise ValidationError(f"{name} is empty")
        if len(values[name]) > 150:
            raise ValidationError(f"{name} is longer than 150 characters")
        if not values[name].isprintable():
            raise ValidationError(f"{name} holds a control character")
        try:
            validate_person_name(values[name])
        except ValidationError as error:
            raise ValidationError(f"{name} holds an address or a link") from error


@transaction.atomic
def _bring_in(email: str, values: dict[str, str], dry_run: bool) -> str:
    user = account_of(email)
    password = readable(values["password"])
    if user and is_confirmed(user):
        return "there already, left as it is"
    if user and not password:
        return "there already, waits for its owner to choose a password"
    outcome = "password kept" if password else "first password by mail"
    if values["password"] and not password:
        outcome += " (the hash is none that can be read)"
    outcome = f"{'completed' if user else 'created'}, {outcome}"
    if dry_run:
        return outcome
    names = {name: values[name] for name in ("last_name", "first_name")}
    names["civility"] = CIVILITIES.get(values["civility"].lower().rstrip("."), "")
    if user is None:
        user = User.objects.create_user(email, **names)
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    if password:
        User.objects.filter(pk=user.pk).update(password=password, **names)
        address.verified = address.primary = True
        address.save()
    else:
        emails.imported_account(address)
    return outcome
