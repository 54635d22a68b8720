"""Daily totals of what happens with an ad, by source. No visitor is kept: no identifier, no address, no cookie.

`readers` says who counts and where from, `counters` adds up and writes after the answer has gone out.
"""

from .readers import SOURCE_PARAMETER, count_appearances, count_apply_click, count_view, source_of

__all__ = ["SOURCE_PARAMETER", "count_appearances", "count_apply_click", "count_view", "source_of"]
