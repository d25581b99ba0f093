"""Workbooks (.xlsx, .xls): every sheet's tables as cells, with their rows and columns as the sheet numbers them.

A row of the sheet is a line of the text, its cells parted by `` | ``. A title above a table and a note below it, which stand alone in their
row, are paragraphs; an empty row parts two tables. Numbers read as the sheet shows them as far as their format says (12.30, 88.3%);
dates as 2024年3月5日. Hidden sheets are not read, and that is said.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from reportlint.document import Block, BlockKind, Document
from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.record import NamedTuple
from reportlint.sources.archive import OLE
from reportlint.sources.xlsx.formats import BROKEN, LOCKED, Formats, shown_number
from reportlint.span import Span

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

#: Characters of a cell that are read; a sheet holds no more.
_LONGEST_CELL = 32_767
_PARTS = " | "
#: Bytes of memory that the process of an old workbook may take.
_MEMORY = 2 << 30


class Cell(NamedTuple):
    """A cell that holds something: its column, from 0, and what it shows."""

    column: int
    text: str


class Row(NamedTuple):
    """A row with something in it: its number, from 0, and its cells."""

    number: int
    cells: tuple[Cell, ...]


class Sheet(NamedTuple):
    """A sheet that a reader sees: its name and its rows."""

    name: str
    rows: tuple[Row, ...]


def read(data: bytes, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document of a workbook; raises :class:`ReadError` where ``data`` is none that can be read safely."""
    found, notes = sheets(data, limits)
    writer = _Writer()
    for sheet in found:
        writer.sheet(sheet)
    if not any(sheet.rows for sheet in found):
        notes = (*notes, "工作簿里没有内容")
    text = "".join(writer.text)
    limits.reject_text(text)
    return Document(text, shown, tuple(writer.blocks), "utf-8", "xlsx", notes=notes)


def sheets(data: bytes, limits: Limits = DEFAULT) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets of a workbook that a reader sees, and what had to be left out, in words."""
    if data.startswith(OLE) or (formats := Formats.of(data, limits)).greedy:
        return _sheets_apart(data, limits)
    return sheets_here(data, limits, formats)


def _sheets_apart(data: bytes, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """:func:`sheets`, read by a process of its own.

    Lengths in a damaged ``.xls`` are believed by its reader, which then asks for terabytes and takes its process along; so may a workbook
    of today with a long string in a hundred thousand cells.
    """
    import json
    import subprocess
    import sys
    from pathlib import Path

    # By its path: with ``-m`` or ``-c`` the current folder, where anything may lie, would be searched for modules first.
    command = [sys.executable, str(Path(__file__).with_name("apart.py")), str(_MEMORY), *map(str, limits)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.seconds, check=True)
        told = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ReadError(BROKEN) from error
    if "error" in told:
        raise ReadError(told["error"])
    found = tuple(
        Sheet(name, tuple(Row(number, tuple(Cell(*cell) for cell in cells)) for number, cells in rows))
        for name, rows in told["sheets"]
    )
    return found, tuple(told["notes"])


def sheets_here(
    data: bytes, limits: Limits = DEFAULT, formats: Formats | None = None
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """:func:`sheets`, read in this process."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum

    formats = formats or Formats.of(data, limits)
    too_large = limits.exceeded("cells", f"工作簿的单元格超过 {limits.cells // 10_000} 万个")
    if formats.cells > limits.cells:
        raise too_large
    if formats.greedy and formats.claimed > limits.cells:
        raise ReadError(BROKEN)
    hidden = []
    found = []
    try:
        # The reader believes what the heads of an archive say of its sizes: it gets one whose heads are true.
        book = _open(data if formats.archive is None else formats.archive.xml_only())
        left = limits.cells
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:  # by value: older versions make a new one each time
                hidden.append(meta.name)
                continue
            sheet = book.get_sheet_by_name(meta.name)
            left -= sheet.height * sheet.width
            if left < 0:
                raise too_large
            found.append(Sheet(meta.name, tuple(_rows(sheet, formats.of_sheet(meta.name)))))
    except PasswordError as error:
        raise ReadError(LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise ReadError(BROKEN) from error
    notes = (f"隐藏的工作表没有检查：{'、'.join(hidden)}",) if hidden else ()
    return tuple(found), notes


def _open(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(LOCKED)
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def _rows(sheet: CalamineSheet, formats: dict[tuple[int, int], str]) -> Iterator[Row]:
    """The rows that hold something."""
    if sheet.start is None:
        return
    top, left = sheet.start
    values: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=True)
    for number, row in enumerate(values, top):
        cells = tuple(
            Cell(column, text)
            for column, value in enumerate(row, left)
            if (text := _shown(value, formats.get((number, column), "")))
        )
        if cells:
            yield Row(number, cells)


def _shown(value: Any, form: str) -> str:
    """What a cell shows, on one line."""
    match value:
        case bool():
            return "是" if value else "否"
        case int() | float():
            return shown_number(value, form)
        case datetime() if value.time() == time():
            return _day(value)
        case datetime():
            return f"{_day(value)}{value:%H:%M}"
        case date():
            return _day(value)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return " ".join(str(value)[:_LONGEST_CELL].split())


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


class _Writer:
    """Writes sheets one under the other and remembers where each cell stands."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self.at = 0
        self.tables = 0

    def sheet(self, sheet: Sheet) -> None:
        """The tables of ``sheet``, in order."""
        part = f"工作表 {sheet.name}"
        for rows in _tables(sheet.rows):
            first, last = _body(rows)
            for index, row in enumerate(rows):
                inside = first <= index < last
                for number, cell in enumerate(row.cells):
                    if number:
                        self.put(_PARTS)
                    start = self.at
                    self.put(cell.text)
                    kind = BlockKind.CELL if inside else BlockKind.PARAGRAPH
                    self.blocks.append(
                        Block(Span(start, self.at), kind, 0, self.tables, row.number, cell.column, 0, part)
                    )
                self.put("\n")
            self.tables += 1
            self.put("\n")

    def put(self, text: str) -> None:
        """``text`` at the end."""
        self.text.append(text)
        self.at += len(text)


def _tables(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that follow each other without a gap."""
    table: list[Row] = []
    for row in rows:
        if table and row.number != table[-1].number + 1:
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _body(rows: Sequence[Row]) -> tuple[int, int]:
    """Where the cells of a table begin and end: without the titles above and the notes below, which stand alone in their rows."""
    first, last = 0, len(rows)
    while first < last and len(rows[first].cells) == 1:
        first += 1
    if first == last:
        return (0, last) if any(row.cells[0].column for row in rows) else (last, last)
    while last > first and len(rows[last - 1].cells) == 1:
        last -= 1
    return first, last
