"""What people type under "Où": a town, a postcode, a department or a region."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from reference.models import Commune, Department, Region
from search.engines.base import Area
from search.vocabulary.french import fold

RADII = (10, 20, 30, 50, 100)
DEFAULT_RADIUS = 30
_POSTCODE = re.compile(r"^\d{5}$")
_DEPARTMENT_CODE = re.compile(r"^(?:\d{1,2}|2[ab]|97[1-6])$", re.IGNORECASE)
# "Villeurbanne (69)" is how we write a town ourselves: what was picked from the list comes back so.
_WITH_DEPARTMENT = re.compile(r"^(?P<name>.+?)\s*\((?P<code>\d{2,3}|2[ABab])\)$")


@dataclass(frozen=True)
class Place:
    """What the text was understood as."""

    label: str
    area: Area


def simplified(name: str) -> str:
    """Lower case, no accents, hyphens as spaces, "saint" spelt out: the form of `Commune.search_name`."""
    text = re.sub(r"[^\w]+", " ", fold(name)).strip()
    text = re.sub(r"\bst\b", "saint", text)
    return re.sub(r"\bste\b", "sainte", text)


def _around(commune: Commune, radius_km: int, postcode: str = "") -> Place:
    label = f"{commune.name} ({postcode or commune.department_id})"
    return Place(label, Area(label, commune.latitude, commune.longitude, radius_km))


def _department(code: str) -> Place | None:
    row = Department.objects.filter(code=code.upper().zfill(2)).first()
    if row is None:
        return None
    return Place(str(row), Area(str(row), row.latitude, row.longitude, department=row.code))


def _named(name: str, code: str = "") -> Commune | None:
    rows = Commune.objects.filter(search_name=simplified(name))
    if code:
        rows = rows.filter(department_id=code.upper())
    return rows.order_by("-population", "pk").first()


def _area_named(name: str) -> Place | None:
    wanted = simplified(name)
    for department in Department.objects.order_by("code"):
        if simplified(department.name) == wanted:
            return _department(department.code)
    for region in Region.objects.order_by("code"):
        if simplified(region.name) == wanted:
            return Place(region.name, Area(region.name, region=region.code))
    return None


def find(text: str, radius_km: int = DEFAULT_RADIUS) -> Place | None:
    """The place meant by `text`, or None when there is none such.

    A town wins over a department of the same name ("Paris"); among towns of one name the largest.
    """
    text = " ".join(text[:80].split())
    if not text:
        return None
    if _POSTCODE.match(text):
        commune = Commune.objects.filter(postcodes__contains=text).order_by("-population", "pk").first()
        return _around(commune, radius_km, text) if commune else _department(text[:2])
    if _DEPARTMENT_CODE.match(text):
        return _department(text)
    if written := _WITH_DEPARTMENT.match(text):
        commune = _named(written["name"], written["code"])
        return _around(commune, radius_km) if commune else _department(written["code"])
    commune = _named(text)
    if commune:
        return _around(commune, radius_km)
    return _area_named(text) or _beginning(text, radius_km)


def _beginning(text: str, radius_km: int) -> Place | None:
    """The largest town whose name begins so: "Villeurb"."""
    wanted = simplified(text)
    if len(wanted) < 3:
        return None
    rows = Commune.objects.filter(search_name__startswith=wanted)
    commune = rows.order_by("-population", "pk").first()
    return _around(commune, radius_km) if commune else None


def suggestions(text: str, limit: int = 8) -> list[str]:
    """Names of towns for the list under the field, the largest first: "Villeurbanne (69)"."""
    text = " ".join(text[:80].split())
    wanted = simplified(text)
    if len(wanted) < 2:
        return []
    matching = Q(postcodes__contains=f"{wanted}") if wanted.isdigit() else Q(search_name__startswith=wanted)
    if wanted.isdigit() and len(wanted) < 3:
        return []
    rows = Commune.objects.filter(matching).order_by("-population", "pk")
    return [str(commune) for commune in rows[:limit]]
