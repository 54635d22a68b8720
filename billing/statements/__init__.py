"""The bank's statements: read (`camt`, `table`), kept once (`importing`), matched (`matching`, `confirming`)."""

from .reading import MOST_BYTES, StatementError

__all__ = ["MOST_BYTES", "StatementError"]
