"""The field of a commune, for every form that asks for one."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError

from .loading import search_name
from .models import Commune

_WITH_DEPARTMENT = re.compile(r"^(?P<name>.+?)\s*\((?P<code>\d{2,3}|2[ABab])\)$")
_WITH_POSTCODE = re.compile(r"^(?:(?P<before>\d{5})\s+)?(?P<name>\D+?)(?:\s+(?P<after>\d{5}))?$")


class CommuneField(forms.CharField):
    """A commune by its name as typed: "Lyon", "Saint-Denis (93)", "69100 Villeurbanne" or "69100"."""

    widget = forms.TextInput(attrs={"autocomplete": "address-level2"})

    def __init__(self, **kwargs):
        super().__init__(max_length=90, **kwargs)

    def prepare_value(self, value):
        return str(value) if isinstance(value, Commune) else value

    def clean(self, value):
        value = " ".join(super().clean(value).split())
        return _resolve(value) if value else None


def _resolve(text: str) -> Commune:
    rows = _candidates(text)
    if len(rows) == 1:
        return rows[0]
    if not rows:
        raise ValidationError(
            "Nous ne connaissons pas cette commune : vérifiez son nom, ou tapez son code postal."
        )
    names = ", ".join(f"« {row} »" for row in rows[:6])
    raise ValidationError(
        f"Plusieurs communes répondent à ce nom : précisez {names}{'…' if len(rows) > 6 else ''}."
    )


def _candidates(text: str) -> list[Commune]:
    """At most seven communes that the text may mean, the largest first."""
    communes = Commune.objects.order_by("-population", "insee")
    if re.fullmatch(r"\d{5}", text):
        return list(communes.filter(postcodes__contains=text)[:7])
    if written := _WITH_DEPARTMENT.match(text):
        named = communes.filter(search_name=search_name(written["name"]))
        return list(named.filter(department_id=written["code"].upper())[:7])
    if written := _WITH_POSTCODE.match(text):
        named = communes.filter(search_name=search_name(written["name"]))
        postcode = written["before"] or written["after"]
        return list((named.filter(postcodes__contains=postcode) if postcode else named)[:7])
    return []
