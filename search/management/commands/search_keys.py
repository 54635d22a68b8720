"""Make the keys with which the site asks Elasticsearch: one a purpose, each with the rights of that purpose alone."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from elasticsearch import ApiError, Elasticsearch, TransportError

READING = ["read", "view_index_metadata"]
WRITING = ["create_index", "delete_index", "manage", "write", "read"]


def roles(prefix: str) -> dict[str, dict[str, Any]]:
    """What each purpose may do on the indices of `prefix`. Readers know the aliases alone, not what is behind them."""
    public = [f"{prefix}-ads", f"{prefix}-companies"]
    kinds = [*public, f"{prefix}-cvs"]
    return {
        "public": {"cluster": [], "indices": [{"names": public, "privileges": READING}]},
        "recruiter": {"cluster": [], "indices": [{"names": kinds, "privileges": READING}]},
        "indexer": {
            "cluster": ["monitor"],
            "indices": [{"names": [*kinds, *(f"{kind}-*" for kind in kinds)], "privileges": WRITING}],
        },
        "office": {"cluster": [], "indices": [{"names": [f"{prefix}-office-*"], "privileges": WRITING}]},
    }


class Command(BaseCommand):
    help = (
        "Make the site's keys to Elasticsearch and print them as lines for `.env`. Needs the address of an "
        "administrator, https://user:password@host:9200, in the variable ELASTICSEARCH_ADMIN_URL. Older keys stay "
        "valid until --forget-older, so that the site can change over without a pause."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=365, help="for how long they are valid; 365 by default"
        )
        parser.add_argument(
            "--prefix", default=settings.ELASTICSEARCH_PREFIX, help="of these indices; the site’s own"
        )
        parser.add_argument(
            "--forget-older", action="store_true", help="invalidate those made before, nothing else"
        )

    def handle(self, *args: Any, days: int, prefix: str, forget_older: bool, **options: Any) -> None:
        try:
            server = administrator()
            if forget_older:
                self._forget(server, prefix)
            else:
                self._make(server, prefix, days)
        except (ApiError, TransportError) as error:
            raise CommandError(f"Elasticsearch refused or does not answer. {error}") from error

    def _make(self, server: Elasticsearch, prefix: str, days: int) -> None:
        if days < 1:
            raise CommandError("A key is valid for one day at least.")
        for purpose, role in roles(prefix).items():
            key = server.security.create_api_key(
                name=f"{prefix}-{purpose}",
                expiration=f"{days}d",
                role_descriptors={purpose: role},
                metadata={"made_by": "ashjob", "prefix": prefix},
            )
            self.stdout.write(f"ELASTICSEARCH_API_KEY_{purpose.upper()}={key['encoded']}")

    def _forget(self, server: Elasticsearch, prefix: str) -> None:
        """Of each purpose the latest stays."""
        for purpose in roles(prefix):
            keys = server.security.get_api_key(name=f"{prefix}-{purpose}", owner=False)["api_keys"]
            valid = sorted((key for key in keys if not key["invalidated"]), key=lambda key: key["creation"])
            older = [key["id"] for key in valid[:-1]]
            if older:
                server.security.invalidate_api_key(ids=older)
            self.stdout.write(f"{prefix}-{purpose}: {len(older)} invalidated")


def administrator() -> Elasticsearch:
    """A client with the rights to make keys. It is of this command alone: the site never holds them."""
    url = urlsplit(os.environ.get("ELASTICSEARCH_ADMIN_URL", ""))
    if not (url.hostname and url.username):
        raise CommandError("Set ELASTICSEARCH_ADMIN_URL to https://user:password@host:9200 for this command.")
    login = (unquote(url.username), unquote(url.password or ""))
    address = f"{url.scheme}://{url.hostname}:{url.port or 9200}{url.path}"
    return Elasticsearch(address, basic_auth=login, request_timeout=30)
