"""Places: what people type under "Où" (`where`), and what they say of places among their words (`mentions`)."""

from search.places.lookup import AROUND, DEFAULT_RADIUS, HERE, RADII, Place, offered, suggestions
from search.places.where import find, is_everywhere

__all__ = [
    "AROUND",
    "DEFAULT_RADIUS",
    "HERE",
    "RADII",
    "Place",
    "find",
    "is_everywhere",
    "offered",
    "suggestions",
]
