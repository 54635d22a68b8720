"""What a paid page is worth in a list by relevance: little, and to few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from billing.tiers import PRIORITY_LIFT, PRIORITY_MOST
from search.engines.base import DATE, DISTANCE, PAY, Hit, Query

#: Half of the freshness is gone after so long, and two days before it begins to go.
HALF_LIFE, FRESH_FOR = timedelta(days=14), timedelta(days=2)


def freshness(published: datetime, now: datetime) -> float:
    """1 for what is fresh, less for what is older, as a bell falls: what stands for a score where no words do."""
    late = max(0.0, (now - published - FRESH_FOR) / HALF_LIFE)
    return 0.5 ** (late * late)


def lifted(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The finds of a page with a few sponsored ones before their near-equals.

    On the first page of an order by relevance alone; `PRIORITY_MOST` finds at most, each past those of the same page
    that match no more than `PRIORITY_LIFT` better. None enters the page by it or leaves it, so pages and cursors stay
    what they are.
    """
    found = list(hits)
    if query.page > 1 or query.cursor or query.sort in (DATE, DISTANCE, PAY):
        return found
    # A list by name has no scores, and nobody goes first in it.
    for hit in [hit for hit in hits if hit.sponsored and hit.score][:PRIORITY_MOST]:
        here = there = found.index(hit)
        reach = hit.score * (1 + PRIORITY_LIFT)
        while there and not found[there - 1].sponsored and found[there - 1].score <= reach:
            there -= 1
        found.insert(there, found.pop(here))
    return found
