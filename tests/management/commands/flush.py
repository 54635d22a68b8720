"""What Django orders after a test with real transactions: the database as it was at the start, rather than empty."""

from typing import Any

from django.core.management.commands import flush

from tests import base_data


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        if not base_data.restore():
            super().handle(**options)
