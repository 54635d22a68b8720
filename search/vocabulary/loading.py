"""Brings the rules that the project ships to the office, which then owns them."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from pages.setup import DESK, MODERATION, SALES
from search.models import SynonymRule, VocabularyVersion
from search.vocabulary import applied, files


def origin(row: files.Row) -> str:
    return hashlib.sha256(" => ".join(row).encode()).hexdigest()


@transaction.atomic
def load_vocabulary() -> int:
    """Make a rule of every line of the files that never was one, and return how many are new.

    A rule that the office changed or switched off stays so. When the office has nothing of its own that waits
    to be applied, the new rules are in force at once. Safe to run at each deployment.
    """
    waiting = VocabularyVersion.objects.exists() and bool(applied.pending())
    known = set(SynonymRule.objects.exclude(origin=None).values_list("origin", flat=True))
    new = [
        SynonymRule(terms=terms, finds=finds, origin=key)
        for terms, finds in files.rows()
        if (key := origin((terms, finds))) not in known
    ]
    SynonymRule.objects.bulk_create(new)
    if not waiting:
        applied.apply()
    return len(new)


#: Synonyms are switched off, terms reworded: neither is deleted, for files and ads refer to them.
_RIGHTS = {
    "search": ["add_synonymrule", "change_synonymrule", "view_synonymrule"],
    "reference": [
        f"{verb}_{model}"
        for verb in ("add", "change", "view")
        for model in ("profession", "structuretype", "public", "diploma")
    ],
}


def ensure_rights() -> None:
    """Let the office's groups that read ads edit the vocabulary. Safe to run again."""
    groups = Group.objects.filter(name__in=[SALES, DESK, MODERATION])
    for app_label, codenames in _RIGHTS.items():
        rights = Permission.objects.filter(content_type__app_label=app_label, codename__in=codenames)
        for group in groups:
            group.permissions.add(*rights)
