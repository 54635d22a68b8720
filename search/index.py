"""Indices and their aliases: create, write, rebuild, swap.

Reads go through the alias `<prefix>-<kind>`. Behind it stands a physical index `<prefix>-<kind>-<stamp>` with a
write alias of its own, `…-w`: writing through it fails when the index is gone, where a plain name would create a
wrong one. While a rebuild runs there are two physical indices, and every change is written to both.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import get_random_string
from elasticsearch import ApiError, NotFoundError, TransportError, helpers

from search import mappings
from search.client import patient_client
from search.engines.base import SearchUnavailable

logger = logging.getLogger(__name__)
KINDS = ("ads", "companies", "cvs")
#: Documents of a bulk: beyond some hundreds a larger one is not faster.
CHUNK = 500
#: Documents read at a time when an index is compared.
PAGE = 5000


@dataclass
class Change:
    """One document to write, or None when the public may not find it (any more), with its revision."""

    pk: int
    rev: int
    doc: dict[str, Any] | None


@dataclass(frozen=True)
class Found:
    """What an index holds of one object: its revision, and whether a search can find it (a stub has no dates)."""

    rev: int
    public: bool


@dataclass
class Written:
    """What a bulk did: the error of each document that was refused, by primary key."""

    errors: dict[int, str] = field(default_factory=dict)


def alias(kind: str) -> str:
    """The name that reads use."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{kind}"


def write_alias(name: str) -> str:
    return f"{name}-w"


@contextmanager
def _answering() -> Iterator[None]:
    """Every failure of the server is a `SearchUnavailable`."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(f"{type(error).__name__}: {error}") from error


def physical(kind: str) -> list[str]:
    """Every index of `kind`, the oldest first: all of them take every change. Raises `SearchUnavailable`."""
    with _answering():
        try:
            found = patient_client().indices.get_alias(index=f"{alias(kind)}-*", expand_wildcards="open")
        except NotFoundError:
            return []
    return sorted(found.body)


def current(kind: str) -> str:
    """The index that readers use; "" without one. Raises `SearchUnavailable`."""
    with _answering():
        try:
            return min(patient_client().indices.get_alias(name=alias(kind)).body, default="")
        except NotFoundError:
            return ""


def fingerprint(kind: str) -> str:
    """Of the settings and mappings that an index made now would have: it changes with the vocabulary."""
    body = orjson.dumps(mappings.body(kind), option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def create(kind: str) -> str:
    """Make an empty index of `kind`, not yet read by anybody, and return its name.

    It refreshes itself only from `complete` on: nobody reads it while it is filled.
    """
    name = f"{alias(kind)}-{timezone.now():%Y%m%d%H%M%S%f}-{get_random_string(4, 'abcdefghijkmnpqrstuvwxyz')}"
    body = mappings.body(kind)
    body["settings"]["index"] |= {"refresh_interval": "-1", "number_of_replicas": 0}
    with _answering():
        patient_client().indices.create(index=name, aliases={write_alias(name): {}}, **body)
    return name


def complete(name: str) -> None:
    """End the filling of a new index: refresh it now and every second, and copy it to other nodes."""
    settled = {"refresh_interval": "1s", "number_of_replicas": settings.ELASTICSEARCH_REPLICAS}
    with _answering():
        server = patient_client()
        server.indices.put_settings(index=name, settings=settled)
        server.indices.refresh(index=name)


def switch(kind: str, name: str) -> list[str]:
    """Let readers use `name` from now on, in one step; the indices they used stay. Returns the others of `kind`.

    Raises `SearchUnavailable`.
    """
    others = [other for other in physical(kind) if other != name]
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias(kind)}}]
    actions += [{"remove": {"index": other, "alias": alias(kind), "must_exist": False}} for other in others]
    with _answering():
        patient_client().indices.update_aliases(actions=actions)
    return others


def remove(name: str) -> None:
    """Delete one index; a server that is silent keeps it, and the next rebuild removes it."""
    try:
        patient_client().indices.delete(index=name, ignore_unavailable=True)
    except (ApiError, TransportError) as error:
        logger.warning("Index %s could not be removed: %s", name, error)


def drop(kind: str) -> None:
    """Delete every index of `kind`."""
    for name in physical(kind):
        remove(name)


def revisions(kind: str, name: str) -> Iterator[tuple[int, Found]]:
    """Every object that an index holds, by primary key, a page at a time. Raises `SearchUnavailable`.

    As of its latest refresh: what is written meanwhile may be missed, and `exact` tells.
    """
    dated = mappings.DATED[kind]
    after: list[Any] | None = None
    while True:
        with _answering():
            raw = patient_client().search(
                index=name,
                size=PAGE,
                sort=[{"id": "asc"}],
                search_after=after,
                source=False,
                docvalue_fields=[{"field": field} for field in ("id", "rev", dated)],
                track_total_hits=False,
            )
        hits = raw["hits"]["hits"]
        for hit in hits:
            fields = hit["fields"]
            yield int(fields["id"][0]), Found(int(fields["rev"][0]), dated in fields)
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]


def exact(kind: str, name: str, pks: Iterable[int]) -> dict[int, Found]:
    """What an index holds of these objects at this moment, refreshed or not. Raises `SearchUnavailable`."""
    keys, dated = [str(pk) for pk in pks], mappings.DATED[kind]
    found: dict[int, Found] = {}
    for start in range(0, len(keys), CHUNK):
        with _answering():
            raw = patient_client().mget(
                index=name, ids=keys[start : start + CHUNK], source_includes=["rev", dated]
            )
        for doc in raw["docs"]:
            if doc.get("found"):
                found[int(doc["_id"])] = Found(int(doc["_source"]["rev"]), dated in doc["_source"])
    return found


def _actions(targets: Iterable[str], changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    for change in changes:
        for target in targets:
            # What is no longer public leaves a stub with its revision: a delete would be forgotten after a minute,
            # and a belated older write accepted again. Every search asks for dates that a stub has not; a rebuild
            # leaves it out.
            doc = change.doc if change.doc is not None else {"id": change.pk}
            yield {
                "_index": write_alias(target),
                "_id": str(change.pk),
                "version": change.rev,
                "version_type": "external_gte",
                # Under "_source": the helper would take keys such as `version` out of a bare document.
                "_source": {**doc, "rev": change.rev},
            }


def write(targets: list[str], changes: list[Change], *, refresh: bool = False) -> Written:
    """Write `changes` to every index of `targets`, each at its revision: an older one never overwrites a newer.

    Raises `SearchUnavailable` when the server does not take the request; single refusals come back in `Written.errors`.
    """
    written = Written()
    with _answering():
        stream = helpers.streaming_bulk(
            patient_client(),
            _actions(targets, changes),
            chunk_size=CHUNK,
            refresh=refresh,
            require_alias=True,
            raise_on_error=False,
            raise_on_exception=True,
        )
        for ok, item in stream:
            if ok:
                continue
            outcome = next(iter(item.values()))
            # 409: a newer revision is there already. 404: that index was swapped out meanwhile.
            if outcome.get("status") in (404, 409):
                continue
            written.errors[int(outcome["_id"])] = str(outcome.get("error", outcome))[:500]
    return written


def refresh(kind: str) -> None:
    """Make what was written findable now; readers wait for the second's refresh. Raises `SearchUnavailable`."""
    with _answering():
        patient_client().indices.refresh(index=f"{alias(kind)}-*")


def count(kind: str) -> int:
    """How many documents readers of `kind` can find: stubs are none. Raises `SearchUnavailable`."""
    with _answering():
        found = patient_client().count(index=alias(kind), query={"exists": {"field": mappings.DATED[kind]}})
    return int(found["count"])
