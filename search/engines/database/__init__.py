"""The search without a server: shadow rows in the database, the same vocabulary, everything in a few statements."""

from search.engines.database.engine import DatabaseEngine

__all__ = ["DatabaseEngine"]
