"""Reads the reference data that the project ships (site/reference/data/) into the tables. Safe to run again.

Sources: INSEE, La Poste, Etalab (Licence Ouverte 2.0), GeoNames (CC BY 4.0), ROME 4.0, FINESS (TRE_R66), IDCC lists.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from .models import (
    CollectiveAgreement,
    Commune,
    ContractType,
    Department,
    Diploma,
    Profession,
    Public,
    Region,
    StructureType,
)
from .models.vocabulary import EditedTerm

DATA = Path(__file__).parent / "data"

PUBLICS = [
    ("petite-enfance", "Petite enfance"),
    ("enfance-adolescence", "Enfance et adolescence"),
    ("protection-enfance", "Protection de l’enfance"),
    ("jeunes-adultes", "Jeunes adultes"),
    ("familles", "Familles"),
    ("handicap-enfants", "Enfants en situation de handicap"),
    ("handicap-adultes", "Adultes en situation de handicap"),
    ("autisme-tnd", "Autisme et troubles du neurodéveloppement"),
    ("personnes-agees", "Personnes âgées"),
    ("exclusion", "Exclusion et sans-abrisme"),
    ("asile-migrations", "Asile et migrations"),
    ("addictions", "Addictions"),
    ("sante-mentale", "Santé mentale"),
    ("protection-juridique", "Majeurs protégés"),
    ("insertion", "Insertion professionnelle"),
    ("tout-public", "Tout public"),
]

DIPLOMAS = [
    ("dees", "Diplôme d’État d’éducateur spécialisé", "DEES", 6),
    ("deme", "Diplôme d’État de moniteur éducateur", "DEME", 4),
    ("deets", "Diplôme d’État d’éducateur technique spécialisé", "DEETS", 6),
    ("deeje", "Diplôme d’État d’éducateur de jeunes enfants", "DEEJE", 6),
    ("deass", "Diplôme d’État d’assistant de service social", "DEASS", 6),
    ("decesf", "Diplôme d’État de conseiller en économie sociale familiale", "DECESF", 6),
    ("detisf", "Diplôme d’État de technicien de l’intervention sociale et familiale", "DETISF", 4),
    ("deaes", "Diplôme d’État d’accompagnant éducatif et social", "DEAES", 3),
    ("demf", "Diplôme d’État de médiateur familial", "DEMF", 6),
    ("deaf", "Diplôme d’État d’assistant familial", "DEAF", 3),
    ("caferuis", "CAFERUIS", "CAFERUIS", 6),
    ("cafdes", "CAFDES", "CAFDES", 7),
    ("deis", "Diplôme d’État d’ingénierie sociale", "DEIS", 7),
    ("deas", "Diplôme d’État d’aide-soignant", "DEAS", 4),
    ("deap", "Diplôme d’État d’auxiliaire de puériculture", "DEAP", 4),
    ("de-infirmier", "Diplôme d’État d’infirmier", "DEI", 6),
    ("de-cadre-sante", "Diplôme de cadre de santé", "Cadre de santé", 6),
    ("de-ergo", "Diplôme d’État d’ergothérapeute", "DE ergothérapeute", 6),
    ("de-psychomot", "Diplôme d’État de psychomotricien", "DE psychomotricien", 6),
    ("de-kine", "Diplôme d’État de masseur-kinésithérapeute", "DE kinésithérapeute", 7),
    ("cco", "Certificat de capacité d’orthophoniste", "Orthophoniste", 7),
    ("titre-psychologue", "Titre de psychologue (master 2)", "Psychologue", 7),
    ("cnc-mjpm", "Certificat national de compétence de mandataire judiciaire", "CNC MJPM", 6),
    ("tp-cip", "Titre professionnel de conseiller en insertion professionnelle", "TP CIP", 5),
    ("bts-sp3s", "BTS services et prestations des secteurs sanitaire et social", "BTS SP3S", 5),
    ("bafa", "BAFA", "BAFA", None),
]


def search_name(name: str) -> str:
    """A place name as people type it: no case, accents, hyphens or apostrophes; "saint" and "sainte" spelt out."""
    plain = slugify(name.replace("'", " ").replace("’", " ").replace("œ", "oe")).replace("-", " ")
    return re.sub(r"\bste\b", "sainte", re.sub(r"\bst\b", "saint", plain))


@transaction.atomic
def load_reference(min_population: int = 0) -> dict[str, int]:
    """Insert or update every list. Returns the number of rows of each. Never deletes: other rows may refer to them.

    A term that the office has edited stays as it is.

    `min_population` leaves out smaller communes (for tests).
    """
    return {
        "regions": _upsert(Region, _regions(), "code"),
        "departments": _upsert(Department, _departments(), "code"),
        "communes": _upsert(Commune, (c for c in _communes() if c.population >= min_population), "insee"),
        "professions": _upsert(Profession, _professions(), "code"),
        "structure types": _upsert(StructureType, _structure_types(), "code"),
        "contract types": _upsert(ContractType, _contract_types(), "code"),
        "agreements": _upsert(CollectiveAgreement, _agreements(), "code"),
        "publics": _upsert(
            Public,
            (Public(code=code, label=label, position=n) for n, (code, label) in enumerate(PUBLICS)),
            "code",
        ),
        "diplomas": _upsert(
            Diploma,
            (
                Diploma(code=code, label=label, short_label=short, level=level, position=n)
                for n, (code, label, short, level) in enumerate(DIPLOMAS)
            ),
            "code",
        ),
    }


def _upsert(model, rows, unique: str) -> int:
    rows = list(rows)
    unwritten = {unique}
    if issubclass(model, EditedTerm):
        edited = set(model.objects.exclude(latest_revision=None).values_list(unique, flat=True))
        rows = [row for row in rows if getattr(row, unique) not in edited]
        unwritten.add("latest_revision")
    fields = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in unwritten]
    model.objects.bulk_create(
        rows, batch_size=900, update_conflicts=True, unique_fields=[unique], update_fields=fields
    )
    return len(rows)


def _read(name: str) -> Iterator[dict[str, str]]:
    path = DATA / name
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    return csv.DictReader(io.StringIO(raw.decode()))


def _curly(text: str) -> str:
    return text.replace("'", "’")


def _regions() -> Iterator[Region]:
    return (Region(code=row["code"], name=_curly(row["name"])) for row in _read("regions.csv"))


def _departments() -> Iterator[Department]:
    known = {row["code"] for row in _read("regions.csv")}
    for row in _read("departments.csv"):
        if row["region_code"] in known:
            yield Department(
                code=row["code"],
                name=_curly(row["name"]),
                region_id=row["region_code"],
                latitude=float(row["chef_lieu_lat"]) if row["chef_lieu_lat"] else None,
                longitude=float(row["chef_lieu_lon"]) if row["chef_lieu_lon"] else None,
            )


def _communes() -> Iterator[Commune]:
    for row in _read("communes_fr.csv.gz"):
        yield Commune(
            insee=row["insee"],
            name=_curly(row["nom"]),
            search_name=search_name(row["nom"]),
            department_id=row["departement"],
            postcodes=row["codes_postaux"].replace("|", " ").replace(";", " "),
            population=int(row["population"] or 0),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )


def _professions() -> Iterator[Profession]:
    for n, row in enumerate(_read("professions.csv")):
        masculine = row["label_f_h"].split(" / ")[0]
        yield Profession(
            code=slugify(masculine.replace("'", " "))[:60],
            label=_curly(row["label_f_h"]),
            short_label=_curly(masculine)[:60],
            family=_curly(row["family"]),
            abbreviations=_curly(row["abbreviations"]),
            rome_code=row["rome_code"],
            rome_parent=row["rome_parent"],
            diploma=_curly(row["diploma"]),
            level=int(row["level_eqf"]) if row["level_eqf"].isdigit() else None,
            position=n,
        )


def _structure_types() -> Iterator[StructureType]:
    for n, row in enumerate(_read("structure_types.csv")):
        yield StructureType(
            code=row["code"],
            label=_curly(row["label"]),
            short_label=_curly(row["short_label"]),
            field=_curly(row["field"]),
            finess_categories=row["finess_category"],
            position=n,
        )


def _contract_types() -> Iterator[ContractType]:
    for n, row in enumerate(_read("contract_types.csv")):
        yield ContractType(
            code=row["code"],
            label=_curly(row["label"]),
            short_label=_curly(row["short_label"]),
            schema_org=row["schema_org_employment_type"],
            fixed_term=row["fixed_term"] == "oui",
            position=n,
        )


def _agreements() -> Iterator[CollectiveAgreement]:
    for n, row in enumerate(_read("collective_agreements.csv")):
        yield CollectiveAgreement(
            code=row["code"],
            label=_curly(row["name"])[:200],
            short_label=_curly(row["short_name"]),
            idcc=row["idcc"],
            position=n,
        )
