"""Places: what people type under "Où" (`lookup`), and what they say of places among their words (`mentions`)."""

from search.places.lookup import AROUND, DEFAULT_RADIUS, HERE, RADII, Place, find, offered, suggestions

__all__ = ["AROUND", "DEFAULT_RADIUS", "HERE", "RADII", "Place", "find", "offered", "suggestions"]
