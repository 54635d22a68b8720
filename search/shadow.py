"""From a document to the columns of its shadow row."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from search.documents import Document
from search.engines.base import AD_FACETS, COMPANY_FACETS, CV_FACETS
from search.models import AdEntry, CompanyEntry, CvEntry
from search.models.entry import choice
from search.models.word_index import BOUNDARY
from search.vocabulary import french

#: Kind to its shadow table. `Any`: what the three have beyond `Entry` is theirs.
MODELS: dict[str, Any] = {"ads": AdEntry, "companies": CompanyEntry, "cvs": CvEntry}
_FACETS = {"ads": AD_FACETS, "companies": COMPANY_FACETS, "cvs": CV_FACETS}
_NAMES = (
    "names",
    "employer_name",
    "structure_names",
    "public_names",
    "condition_names",
    "diploma_names",
    "place_names",
)
_OWN_COLUMNS = {"ads": ("pay_min", "pay_max"), "companies": ("sort_name",), "cvs": ()}
#: Stems of one column at the most: PostgreSQL refuses an index entry of more than a megabyte.
MAX_STEMS = 20_000

#: The columns of every kind that a write fills, beside the revision.
_COMMON = (
    "title",
    "text",
    "card",
    "words",
    "title_tokens",
    "name_tokens",
    "text_tokens",
    "facet_values",
    "latitude",
    "longitude",
    "dated_at",
    "sponsored_until",
)


def columns(kind: str) -> tuple[str, ...]:
    """Names of the columns that `row` fills."""
    return _COMMON + _OWN_COLUMNS[kind]


@lru_cache(maxsize=1)
def _code() -> bytes:
    """What turns a document into a row: another code makes other rows of the same documents."""
    folder = Path(__file__).parent
    files = [folder / "shadow.py", *sorted((folder / "vocabulary").rglob("*.py"))]
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=16).digest()


def digest(doc: Document | None) -> str:
    """A fingerprint of what a row is made of; "" without a document."""
    if doc is None:
        return ""
    content = orjson.dumps(doc, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(content, digest_size=16, key=_code()).hexdigest()


def _stems(*texts: str) -> str:
    """The stems of texts, with a boundary between two of them."""
    found: list[str] = []
    for text in texts:
        stems = french.tokens(text)
        if found and stems:
            found.append(BOUNDARY)
        found += [stem[:100] for stem in stems[:MAX_STEMS]]
        if len(found) >= MAX_STEMS:
            break
    return " ".join(found[:MAX_STEMS])


def facet_values(kind: str, doc: Document) -> str:
    """The values of all facets, in the form of the column: "|contract=cdi|public=age|"."""
    found = [choice(name, value) for name in _FACETS[kind] for value in _listed(doc.get(name))]
    return f"|{'|'.join(found)}|" if found else ""


def _listed(value: Any) -> list[str]:
    if value is None or value is False:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _names(doc: Document) -> list[str]:
    found: list[str] = []
    for key in _NAMES:
        value = doc.get(key, [])
        found += [value] if isinstance(value, str) else value
    return found


def _default(kind: str, name: str) -> Any:
    field: Any = MODELS[kind]._meta.get_field(name)
    return field.get_default()


def row(kind: str, doc: Document | None) -> dict[str, Any]:
    """Column values for a document; the defaults (an empty row) when there is none."""
    if doc is None:
        return {name: _default(kind, name) for name in columns(kind)}
    names, body = _names(doc), doc.get("body", "")
    location = doc.get("location") or {}
    values: dict[str, Any] = {
        "title": doc["title"][:255],
        "text": body,
        "words": " ".join(dict.fromkeys(french.words(" ".join([doc["title"], *names])))),
        "card": doc.get("card", {}),
        "title_tokens": _stems(doc["title"]),
        "name_tokens": _stems(*names),
        "text_tokens": _stems(body, doc.get("cv_text", "")),
        "facet_values": facet_values(kind, doc),
        "latitude": location.get("lat"),
        "longitude": location.get("lon"),
        "dated_at": doc.get("published_at") or doc.get("updated_at"),
        "sponsored_until": doc.get("sponsored_until"),
    }
    for name in _OWN_COLUMNS[kind]:
        values[name] = doc.get(name, _default(kind, name))
    return values
