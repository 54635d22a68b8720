"""What people type under "Où": a town, a postcode, a department, a region, or the point where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from reference.loading import search_name
from reference.models import Commune, Department, Region
from search.engines.base import Area
from search.places.names import ALIASES
from search.remembered import Remembered
from search.vocabulary import spelling

RADII = (10, 20, 30, 50, 100)
DEFAULT_RADIUS = 30
MAX_TYPED = 80
AROUND, HERE = "autour de moi", "votre position"
#: Communes that a name with a typing error may mean: large enough to be looked for, few enough to compare.
_MIN_POPULATION, _MOST_COMPARED = 2000, 600
#: From here on a town is meant as well as the department of its name: Vienne, Mayenne; not Corrèze, not Bretagne.
KNOWN_POPULATION = 10_000
_DISTRICT = " arrondissement"
_POSTCODE = re.compile(r"^[0-9]{5}$")
DEPARTMENT_CODE = re.compile(r"^(?:0[1-9]|[1-8][0-9]|9[0-5]|2[ab]|97[1-8]|98[46-9])$", re.IGNORECASE)
# "Villeurbanne (69)" is how we write a town ourselves: what was picked from the list comes back so.
_WITH_CODE = re.compile(r"^(?P<name>.+?)\s*\((?P<code>[0-9]{2,3}|2[ABab]|[0-9]{5})\)?$")
# What the button "Autour de moi" writes: degrees, rounded to the kilometre.
_AROUND_POINT = re.compile(
    r"^autour de moi\s*\(\s*(?P<lat>-?[0-9]{1,2}(?:[.,][0-9]{1,6})?)\s*[;,]\s+"
    r"(?P<lon>-?[0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*\)$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^(?:(?:à|a|vers|près de|pres de|autour de)\s+){1,4}(?=\S{3})", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """What the text was understood as; `others` are the labels of further places of that name."""

    label: str
    area: Area
    others: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Town:
    """The columns of a commune that finding it needs."""

    insee: str
    name: str
    search_name: str
    department: str
    population: int
    latitude: float
    longitude: float
    postcodes: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.department})"

    def around(self, radius_km: int, postcode: str = "", others: Iterable[str] = ()) -> Place:
        """The circle around this town."""
        label = f"{self.name} ({postcode or self.department})"
        return Place(label, Area(label, self.latitude, self.longitude, radius_km), tuple(others))


@dataclass(frozen=True)
class Areas:
    """Every department and region, by code and by name in the form of `Commune.search_name`."""

    departments: dict[str, Place]
    regions: dict[str, Place]
    names: dict[str, Place]
    region_of: dict[str, str]


def _read_areas() -> Areas:
    departments, regions, names, region_of = {}, {}, {}, {}
    for region in Region.objects.order_by("code"):
        regions[region.code] = names[search_name(region.name)] = Place(
            region.name, Area(region.name, region=region.code)
        )
    rows = {search_name(row.name): row for row in Department.objects.order_by("code")}
    towns_named_so = set(
        Commune.objects.filter(search_name__in=list(rows)).values_list("search_name", "department_id")
    )
    for name, row in rows.items():
        # "Mayenne (53)" is the town.
        label = f"{row.name} (département)" if (name, row.code) in towns_named_so else str(row)
        area = Area(label, row.latitude, row.longitude, department=row.code)
        departments[row.code] = names[name] = Place(label, area)
        region_of[row.code] = row.region_id
    for name, (kind, code) in ALIASES.items():
        place = {"region": regions, "department": departments}.get(kind, {}).get(code)
        if place:
            names[name] = place
    return Areas(departments, regions, names, region_of)


#: Departments and regions (three queries).
areas = Remembered(_read_areas)


def towns(rows: QuerySet[Commune], limit: int = 100) -> list[Town]:
    """The communes of a queryset, the largest first; no model is built. One query."""
    columns = (
        "insee",
        "name",
        "search_name",
        "department_id",
        "population",
        "latitude",
        "longitude",
        "postcodes",
    )
    return [Town(*row) for row in rows.order_by("-population", "pk").values_list(*columns)[:limit]]


def with_postcode(code: str) -> Q:
    """Communes of a postcode, in the department that its first digits name (17 postcodes lie across a border)."""
    own = ["2A", "2B"] if code.startswith("20") else [code[:3] if code.startswith(("97", "98")) else code[:2]]
    return Q(department__in=own, postcodes__contains=code)


def _by_postcode(code: str, radius_km: int) -> Place | None:
    found = towns(Commune.objects.filter(with_postcode(code))) or towns(
        Commune.objects.filter(postcodes__contains=code)
    )
    # "75013" is the 13th arrondissement before it is Paris.
    found.sort(key=lambda town: (town.postcodes.count(" ") > 8, -town.population))
    if found:
        return found[0].around(radius_km, code)
    return areas().departments.get(code[:3] if code.startswith(("97", "98")) else code[:2])


def _with_code(name: str, code: str, radius_km: int) -> Place | None:
    """ "Lyon (69)", "Lyon (69003)"; the department when it has no such town."""
    if len(code) == 5:
        rows = Commune.objects.filter(search_name=search_name(name), postcodes__contains=code)
        found = towns(rows)
        return found[0].around(radius_km, code) if found else _by_postcode(code, radius_km)
    code = code.upper()
    found = towns(Commune.objects.filter(search_name=search_name(name), department_id=code))
    return found[0].around(radius_km) if found else areas().departments.get(code)


def point(text: str, radius_km: int) -> Place | None:
    """The circle around "Autour de moi (45.76, 4.84)", to the kilometre; None for anything else."""
    written = _AROUND_POINT.match(text)
    if written is None:
        return None
    latitude, longitude = (round(float(written[name].replace(",", ".")), 2) for name in ("lat", "lon"))
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(HERE, Area(HERE, latitude, longitude, radius_km))


def exact(text: str, radius_km: int) -> Place | None:
    """The place of this name, postcode or number, or None. At most three queries.

    A larger town wins over a department of the same name ("Paris"); among towns of one name the largest.
    """
    if _POSTCODE.match(text):
        return _by_postcode(text, radius_km)
    if DEPARTMENT_CODE.match(text) or re.fullmatch("[1-9]", text):
        return areas().departments.get(text.upper().zfill(2))
    if written := _WITH_CODE.match(text):
        return _with_code(written["name"], written["code"], radius_km)
    if text.lower().endswith(" (département)"):
        return areas().names.get(search_name(text.rsplit(" (", 1)[0]))
    name = search_name(text)
    if not name:
        return None
    alias = ALIASES.get(name, ("", ""))
    wanted = Q(insee=alias[1]) if alias[0] == "insee" else Q(search_name=name)
    found, area = towns(Commune.objects.filter(wanted)), areas().names.get(name)
    if area and (not found or found[0].population < KNOWN_POPULATION):
        return area
    if found:
        others = [town.label for town in found[1:4]] + ([area.label] if area else [])
        return found[0].around(radius_km, others=others)
    shorter = _BEFORE.sub("", text, count=1)
    return exact(shorter, radius_km) if shorter != text else None


def guessed(text: str, radius_km: int) -> Place | None:
    """The town of which the text is the beginning, or the name with a typing error. At most two queries."""
    name = search_name(_BEFORE.sub("", text, count=1))
    return _beginning(name, radius_km) or _nearest(name, radius_km) if name else None


def beginning_with(name: str) -> QuerySet[Commune]:
    """Communes whose name begins so. The bounds let any database use the index of the column."""
    return Commune.objects.filter(
        search_name__startswith=name, search_name__gte=name, search_name__lte=f"{name}zzzz"
    )


def _beginning(name: str, radius_km: int) -> Place | None:
    """The largest town whose name begins so: "Villeurb"."""
    found = towns(beginning_with(name), 1) if len(name) > 2 else []
    return found[0].around(radius_km) if found else None


def misspelt(name: str, *, begun: bool = False) -> list[Town]:
    """Towns whose name is `name` but for a letter or two, the nearest first. One query.

    `begun`: `name` may be the beginning of theirs.
    """
    if len(name) < 5:
        return []
    rows = Commune.objects.filter(population__gte=_MIN_POPULATION).exclude(search_name__endswith=_DISTRICT)
    first = name[0]
    limit, letters = spelling.tolerance(name), set(name)
    near = []
    for town in towns(rows.filter(search_name__gte=first, search_name__lte=f"{first}zzzz"), _MOST_COMPARED):
        other = town.search_name
        sizes = range(len(name) - 1, len(name) + 2) if begun else (len(other),)
        # Comparing letters first spares most of the tables.
        if len(letters - set(other)) > limit or (not begun and abs(len(other) - len(name)) > limit):
            continue
        far = min(spelling.distance(name, other[:size], limit) for size in sizes)
        if far <= limit:
            near.append((far, -town.population, town))
    return [town for _, _, town in sorted(near, key=lambda one: one[:2])]


def _nearest(name: str, radius_km: int) -> Place | None:
    found = misspelt(name)
    return found[0].around(radius_km) if found else None


def suggestions(text: str, limit: int = 8, *, forgiving: bool = True) -> list[str]:
    """Labels of places whose name begins with what was typed, the largest first: "Villeurbanne (69)".

    Departments and regions stand after the three largest towns. A typing error is forgiven when nothing
    begins so, unless not `forgiving`. At most two queries.
    """
    text = re.sub(
        r"\s*\([^)]*\)?$", "", " ".join(text[:MAX_TYPED].split())
    )  # our own labels, perhaps half erased
    name = search_name(text)
    if len(name) < 2:
        return []
    if name.isdigit():
        return _numbered(name, limit)
    wide = [place.label for key, place in areas().names.items() if key.startswith(name)]
    rows = beginning_with(name)
    if " " not in name:
        rows = rows.exclude(search_name__endswith=_DISTRICT)
    found = [town.label for town in towns(rows, limit)]
    if forgiving and not found and not wide:
        found = [town.label for town in misspelt(name, begun=True)][:limit]
    # The largest towns, the departments and regions, then the villages.
    return list(dict.fromkeys([*found[:3], *list(dict.fromkeys(wide))[:3], *found[3:]]))[:limit]


def offered(largest: int = 60) -> list[str]:
    """Labels for who cannot be asked while typing: the largest towns, then every department and region. One query."""
    rows = Commune.objects.exclude(search_name__endswith=_DISTRICT)
    wide = [place.label for name, place in areas().names.items() if name not in ALIASES]
    return list(dict.fromkeys([*(town.label for town in towns(rows, largest)), *wide]))


def _numbered(digits: str, limit: int) -> list[str]:
    """A department's number, or the beginning of a postcode: "Villeurbanne (69100)"."""
    wide = [place.label for code, place in areas().departments.items() if code.startswith(digits)]
    if len(digits) < 3 or len(digits) > 5:
        return wide[:limit]
    found = []
    for town in towns(Commune.objects.filter(with_postcode(digits)), limit * 4):
        code = next((code for code in town.postcodes.split() if code.startswith(digits)), "")
        if code:
            found.append(
                f"{town.name} ({code if len(digits) == 5 or ' ' not in town.postcodes else town.department})"
            )
    return list(dict.fromkeys([*wide, *found]))[:limit]
