"""Where an insert stands on the page: a grid of three columns and eight rows in the type area. Millimetres."""

from dataclasses import dataclass

from billing.models import PrintFormat

#: The page, and its type area: what lies inside the margins, under the head of the section.
PAGE = (210.0, 297.0)
LEFT, TOP, WIDTH, HEIGHT = 12.0, 21.0, 186.0, 262.0
COLUMNS, ROWS = 3, 8
GUTTER = 4.0

#: Cells that each format takes: columns, rows.
CELLS = {
    PrintFormat.EIGHTH: (1, 3),
    PrintFormat.QUARTER: (2, 3),
    PrintFormat.HALF: (3, 4),
    PrintFormat.FULL: (3, 8),
}


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, from its top left corner."""

    x: float
    y: float
    width: float
    height: float


def box(column: int, row: int, columns: int, rows: int) -> Box:
    """The rectangle of some cells, with the gutters between them."""
    if not (0 <= column <= COLUMNS - columns and 0 <= row <= ROWS - rows and columns > 0 and rows > 0):
        raise ValueError(f"no such cells: {columns}×{rows} at {column}, {row}")
    cell_width = (WIDTH - GUTTER * (COLUMNS - 1)) / COLUMNS
    cell_height = (HEIGHT - GUTTER * (ROWS - 1)) / ROWS
    return Box(
        LEFT + column * (cell_width + GUTTER),
        TOP + row * (cell_height + GUTTER),
        columns * cell_width + (columns - 1) * GUTTER,
        rows * cell_height + (rows - 1) * GUTTER,
    )


def size(print_format: str) -> tuple[float, float]:
    """Width and height of a format's module."""
    module = box(0, 0, *CELLS[PrintFormat(print_format)])
    return module.width, module.height
