"""Indices and their aliases: create, write, rebuild, swap.

Reads go through the alias `<prefix>-<kind>`. Behind it stands a physical index `<prefix>-<kind>-<stamp>` with a
write alias of its own, `…-w`: writing through it fails when the index is gone, where a plain name would create a
wrong one. While a rebuild runs there are two physical indices, and every change is written to both.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import get_random_string
from elasticsearch import ApiError, NotFoundError, TransportError, helpers

from search import mappings
from search.client import patient_client
from search.engines.base import SearchUnavailable

logger = logging.getLogger(__name__)
KINDS = ("ads", "companies", "cvs")


@dataclass
class Change:
    """One document to write, or None when the public may not find it (any more), with its revision."""

    pk: int
    rev: int
    doc: dict[str, Any] | None


@dataclass
class Written:
    """What a bulk did: the error of each document that was refused, by primary key."""

    errors: dict[int, str] = field(default_factory=dict)


def alias(kind: str) -> str:
    """The name that reads use."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{kind}"


def write_alias(name: str) -> str:
    return f"{name}-w"


def physical(kind: str) -> list[str]:
    """Every index of `kind`, the oldest first: all of them take every change. Raises `SearchUnavailable`."""
    try:
        found = patient_client().indices.get_alias(index=f"{alias(kind)}-*", expand_wildcards="open")
    except NotFoundError:
        return []
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(str(error)) from error
    return sorted(found.body)


def create(kind: str) -> str:
    """Make an empty index of `kind`, not yet read by anybody, and return its name."""
    name = f"{alias(kind)}-{timezone.now():%Y%m%d%H%M%S%f}-{get_random_string(4, 'abcdefghijkmnpqrstuvwxyz')}"
    try:
        patient_client().indices.create(index=name, aliases={write_alias(name): {}}, **mappings.body(kind))
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(str(error)) from error
    return name


def swap(kind: str, name: str) -> list[str]:
    """Let readers use `name` from now on, in one step, and drop the other indices of `kind`; return their names.

    Raises `SearchUnavailable`.
    """
    others = [other for other in physical(kind) if other != name]
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias(kind)}}]
    actions += [{"remove_index": {"index": other}} for other in others]
    try:
        patient_client().indices.update_aliases(actions=actions)
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(str(error)) from error
    return others


def remove(name: str) -> None:
    """Delete one index; a server that is silent keeps a half-built one, which the next swap removes."""
    try:
        patient_client().indices.delete(index=name, ignore_unavailable=True)
    except (ApiError, TransportError) as error:
        logger.warning("Index %s could not be removed: %s", name, error)


def drop(kind: str) -> None:
    """Delete every index of `kind`."""
    for name in physical(kind):
        remove(name)


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
    try:
        stream = helpers.streaming_bulk(
            patient_client(),
            _actions(targets, changes),
            chunk_size=500,
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
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(str(error)) from error
    return written


def refresh(kind: str) -> None:
    """Make what was written findable now; the tests use it, readers wait for the second's refresh."""
    patient_client().indices.refresh(index=f"{alias(kind)}-*")


def count(kind: str) -> int:
    """How many documents readers of `kind` can find. Raises `SearchUnavailable`."""
    try:
        return int(patient_client().count(index=alias(kind))["count"])
    except (ApiError, TransportError) as error:
        raise SearchUnavailable(str(error)) from error
