"""Pages of a list of finds: by number as far as `MAX_PAGE`, by cursor to any depth."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from search import cursors
from search.engines.base import MAX_PAGE, Query, Results


class FindsPaginator(Paginator):
    """Counts all pages, and offers by number those that a number reaches."""

    def __init__(self, total: int, page_size: int) -> None:
        super().__init__(range(total), page_size)

    @property
    def last_number(self) -> int:
        return min(int(self.num_pages), MAX_PAGE)

    def get_elided_page_range(
        self, number: Any = 1, *, on_each_side: int = 1, on_ends: int = 1
    ) -> Iterator[Any]:
        """Numbers round this one; a page that only a cursor reaches stands behind them alone."""
        numbered = Paginator(range(self.last_number * self.per_page), self.per_page)
        near = min(number, self.last_number)
        yield from numbered.get_elided_page_range(near, on_each_side=on_each_side, on_ends=on_ends)
        if number > self.last_number:
            yield self.ELLIPSIS
            yield number


class FindsPage(Page):
    """What the component of pages shows. `next_step` and `previous_step` are parameters beside the number."""

    paginator: FindsPaginator

    def __init__(self, query: Query, results: Results) -> None:
        paginator = FindsPaginator(results.total, results.page_size or 1)
        # Without a cursor nothing lies behind the last page; with one the total may have changed since.
        number = results.page if query.cursor else min(results.page, paginator.last_number)
        super().__init__(range(0), number, paginator)
        self._results, self._query = results, query

    def has_next(self) -> bool:
        return self._results.after is not None or self.number < self.paginator.last_number

    def has_previous(self) -> bool:
        return self.number > 1

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1

    @cached_property
    def _steps(self) -> tuple[dict, dict]:
        return cursors.steps(self._query, self.number, self._results.after, self._results.before)

    @property
    def next_step(self) -> dict:
        return self._steps[0]

    @property
    def previous_step(self) -> dict:
        return self._steps[1]
