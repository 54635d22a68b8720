"""From a document to the columns of its shadow row."""

from __future__ import annotations

from typing import Any

from search.documents import Document
from search.engines.base import AD_FACETS, COMPANY_FACETS, CV_FACETS
from search.models import AdEntry, CompanyEntry, CvEntry
from search.vocabulary import french

#: Kind to its shadow table. `Any`: what the three have beyond `Entry` is theirs.
MODELS: dict[str, Any] = {"ads": AdEntry, "companies": CompanyEntry, "cvs": CvEntry}
_FACETS = {"ads": AD_FACETS, "companies": COMPANY_FACETS, "cvs": CV_FACETS}
_NAMES = ("names", "employer_name", "structure_names", "public_names", "diploma_names", "place_names")
_OWN_COLUMNS = {"ads": ("pay_max",), "companies": ("sort_name", "letter"), "cvs": ()}

#: The columns of every kind that a write fills, beside the revision.
_COMMON = (
    "title",
    "text",
    "words",
    "title_tokens",
    "name_tokens",
    "tokens",
    "facets",
    "latitude",
    "longitude",
    "dated_at",
    "sponsored_until",
)


def columns(kind: str) -> tuple[str, ...]:
    """Names of the columns that `row` fills."""
    return _COMMON + _OWN_COLUMNS[kind]


def _padded(*texts: str) -> str:
    return " " + " | ".join(" ".join(french.tokens(text)) for text in texts if text) + " "


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
        "title_tokens": _padded(doc["title"]),
        "name_tokens": _padded(*names),
        "tokens": _padded(doc["title"], *names, body, doc.get("cv_text", "")),
        "facets": {name: doc[name] for name in (*_FACETS[kind], "pay_min") if name in doc},
        "latitude": location.get("lat"),
        "longitude": location.get("lon"),
        "dated_at": doc.get("published_at") or doc.get("updated_at"),
        "sponsored_until": doc.get("sponsored_until"),
    }
    for name in _OWN_COLUMNS[kind]:
        values[name] = doc.get(name, _default(kind, name))
    return values
