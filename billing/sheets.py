"""Tables as files that spreadsheets open: CSV streamed row by row, XLSX with typed cells, no cell a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)
#: A spreadsheet is made whole before it is sent; a CSV file is not, and has no bound.
MOST_ROWS = 50_000
#: What a spreadsheet takes for a formula at the head of a cell, also after white space and in full width.
_FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A heading and where its value comes from: an attribute's path ("order.number") or a function of the row."""

    label: str
    value: str | Callable[[Any], Any]

    def of(self, row: Any) -> Any:
        """The row's value; None where the path ends before its end."""
        if callable(self.value):
            return self.value(row)
        for name in self.value.split("."):
            row = getattr(row, name) if row is not None else None
        # "get_state_display" and its like.
        return row() if callable(row) else row


def as_file(
    format: str, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """The table as a file to save: dates and amounts are typed, texts are never run."""
    return xlsx(name, headings, rows) if format == XLSX else as_csv(name, headings, rows)


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """As French spreadsheets open it: semicolons, decimal commas, UTF-8 with its mark. Streamed."""
    return download(_csv_lines(headings, rows), f"{name}.csv", "text/csv; charset=utf-8")


def download(parts: Iterable[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """A file sent while it is made, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)


def xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """A workbook of one sheet, its first row fixed. Rows are written through, not kept."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title=name[:31])
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 20
    sheet.append([_heading(sheet, text) for text in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = SpooledTemporaryFile(max_size=2 * 1024 * 1024)  # noqa: SIM115 - closed by the response
    workbook.save(file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield b"\xef\xbb\xbf" + writer.writerow([plain(text) for text in headings])
    for row in rows:
        yield writer.writerow([_csv_value(value) for value in row])


class _Echo:
    """Gives back what is written into it."""

    def write(self, text: str) -> bytes:
        return text.encode()


def _csv_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, bool):
        return _yes_or_no(value)
    if value is None or isinstance(value, int):
        return value
    return plain(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if isinstance(value, bool):
        value = _yes_or_no(value)
    if isinstance(value, datetime):
        # Spreadsheets know no time zones: the time in Paris.
        cell = WriteOnlyCell(sheet, timezone.localtime(value).replace(tzinfo=None, microsecond=0))
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "#,##0.00"
    elif value is None or isinstance(value, int):
        cell = WriteOnlyCell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
        # A text stays one, whatever it begins with.
        cell.data_type = "s"
    return cell


def _heading(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _yes_or_no(value: bool) -> str:
    return "oui" if value else "non"
