"""The French words for the codes that facets count."""

from __future__ import annotations

from pages.models import JobAd
from recruiting.models import Candidate
from reference.models import (
    CollectiveAgreement,
    ContractType,
    Department,
    Diploma,
    Profession,
    Public,
    Region,
    StructureType,
)
from search import remembered
from search.engines.base import PRINTED
from search.remembered import Remembered

TITLES = {
    "family": "Domaine",
    "profession": "Métier",
    "contract": "Contrat",
    "working_time": "Temps de travail",
    "public": "Public accompagné",
    "structure": "Établissement",
    "field": "Secteur",
    "region": "Région",
    "department": "Département",
    "agreement": "Convention ou statut",
    "experience": "Expérience",
    "diploma": "Diplôme",
    "remote": "Télétravail",
    "print": "Magazine",
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _read() -> dict[str, dict[str, str]]:
    professions = list(Profession.objects.order_by("position", "label"))
    structures = list(StructureType.objects.order_by("position", "label"))
    return {
        "family": {row.family: _capital(row.family) for row in professions},
        "profession": {row.code: row.label.split(" / ")[0] for row in professions},
        "contract": {row.code: row.short for row in ContractType.objects.order_by("pk")},
        "working_time": dict(JobAd.WorkingTime.choices),
        "public": {row.code: row.label for row in Public.objects.order_by("pk")},
        "structure": {row.code: row.short for row in structures},
        "field": {row.field: _capital(row.field) for row in structures},
        "region": {row.code: row.name for row in Region.objects.order_by("pk")},
        "department": {row.code: str(row) for row in Department.objects.order_by("pk")},
        "agreement": {row.code: row.short for row in CollectiveAgreement.objects.order_by("pk")},
        "experience": dict(Candidate.Experience.choices),
        "remote": {code: text for code, text in JobAd.Remote.choices if code != JobAd.Remote.NONE},
        "print": {PRINTED: "Aussi parue dans le magazine"},
        "diploma": {row.code: row.short for row in Diploma.objects.order_by("pk")},
    }


#: Facet to code to label.
labels = Remembered(_read)


def forget() -> None:
    """A label changed: this process reads anew, the others within a minute."""
    remembered.forget()


def label(facet: str, code: str) -> str:
    """The label of one code; the code itself when the lists do not know it (any more)."""
    return labels().get(facet, {}).get(code, code)
