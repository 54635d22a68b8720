"""Tables as files that French spreadsheets open as they are: semicolons, UTF-8 with its mark, no cell a formula."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

#: What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_response(name: str, headings: Iterable[str], lines: Iterable[Iterable[Any]]) -> HttpResponse:
    """A download called `<name>.csv`, kept by no cache."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(headings)
    writer.writerows([plain(cell) for cell in line] for line in lines)
    return response


def plain(cell: Any) -> Any:
    """A cell that a spreadsheet shows as it stands; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
