"""Tables as grids of cells: what each cell prints, what its column and row are called.

Cells come from the format (Markdown, Word) or from plain lines whose fields are set apart by tabs or runs of spaces, where every
line has as many fields as the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlint.document import Block, BlockKind, Document
from reportlint.numbers import too_long
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.span import Span
from reportlint.units import UNIT_PATTERN, UNITS

_FOLD = str.maketrans("０１２３４５６７８９．，％（）－−＋：　", "0123456789.,%()--+: ")
#: A number that fills its cell, with its sign and unit; Markdown's emphasis may stand around it.
_NUMBER = compiled(
    rf"[ *_`]*(?P<figure>(?P<sign>[+-])?(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<magnitude>万亿|[百千]?万|亿|千|百)?(?P<unit>{UNIT_PATTERN})?)[ *_`]*"
)
_MISSING = compiled(r"[ *_`]*(?:(?:[-—–/\\…·.]+|无|空|略|N/?A)[ *_`]*)?")
_MARKS = compiled(r"[\s*_`]+|<br ?/?>|&emsp;|&nbsp;")
_UNIT_IN_BRACKETS = compiled(rf"[(/](?:单位:)?(?P<magnitude>万亿|[百千]?万|亿|千|百)?(?P<unit>{UNIT_PATTERN})[)]?$")
_CAPTION_UNIT = compiled(rf"单位[:：](?P<magnitude>万亿|[百千]?万|亿|千|百)?(?P<unit>{UNIT_PATTERN})")
#: The powers of ten of the magnitudes that a head may name.
POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_FIELD = compiled(r"[^\s\u3000]+(?:[ \u3000][^\s\u3000]+)*")
_WORD = compiled(r"[^\s\u3000]+")
_ORDER = compiled(r"序号?|编号|No\.?|#|排名|名次|位次")
_CAPTION_LENGTH = 120


class Number(NamedTuple):
    """What a cell prints: the value in the cell's own unit, how finely, and whether it is an exact count."""

    span: Span
    text: str
    value: Decimal
    step: Decimal
    unit: str = ""

    @property
    def low(self) -> Decimal:
        """The least it stands for."""
        return self.value - self.step / 2

    @property
    def high(self) -> Decimal:
        """The most it stands for."""
        return self.value + self.step / 2


class Cell(NamedTuple):
    """The words of a cell and the number they are, if they are nothing but a number."""

    text: str
    span: Span
    number: Number | None = None

    @property
    def empty(self) -> bool:
        """Whether the cell says nothing: 空, —, /."""
        return self.number is None and _MISSING.fullmatch(self.text) is not None


class Grid(NamedTuple):
    """A table: header above, labels on the left, cells; every row has as many columns, missing cells are ``None``.

    ``caption`` is the text before the table, which may give period and unit.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    caption: str = ""

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.rows[0])

    def number(self, row: int, column: int) -> Number | None:
        """The number at a place, if there is one."""
        cell = self.rows[row][column]
        return cell.number if cell is not None else None

    def text(self, row: int, column: int) -> str:
        """The words at a place, without blanks and marks."""
        cell = self.rows[row][column]
        return _MARKS.sub("", cell.text.translate(_FOLD)) if cell is not None else ""

    def label(self, row: int) -> str:
        """What the row is called: its first cell that is no number and no running number."""
        for column in range(self.width):
            if _ORDER.fullmatch(self.text(0, column)):
                continue
            return self.text(row, column) if self.number(row, column) is None else ""
        return ""

    def columns(self) -> list[int]:
        """The columns that hold numbers, without running numbers and ranks."""
        return [
            column
            for column in range(self.width)
            if not _ORDER.fullmatch(self.text(0, column))
            and any(self.number(row, column) is not None for row in range(1, len(self.rows)))
        ]

    def unit(self, column: int) -> tuple[str, str]:
        """The magnitude and unit of a column: from its head, else from the caption; empty where neither says."""
        found = _UNIT_IN_BRACKETS.search(self.text(0, column)) or _CAPTION_UNIT.search(self.caption)
        return (found["magnitude"] or "", found["unit"]) if found else ("", "")


def number_of(text: str, start: int) -> Number | None:
    """The number that fills the cell ``text``, which stands at ``start`` of the document.

    >>> str(number_of("-0.17", 0).value), number_of("约5", 0), str(number_of("1.2万元", 0).step)
    ('-0.17', None, '0.1')
    """
    match = _NUMBER.fullmatch(text.translate(_FOLD))
    if match is None or too_long(match["digits"]):
        return None
    digits = match["digits"].replace(",", "")
    value = Decimal(digits)
    at = Span(start + match.start("figure"), start + match.end("figure"))
    unit = (match["magnitude"] or "") + (match["unit"] or "")
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return Number(
        at, text[match.start("figure") : match.end("figure")], -value if match["sign"] == "-" else value, step, unit
    )


def is_count(unit: tuple[str, str]) -> bool:
    """Whether whole numbers in that unit are exact: 个 and 人 are, 万元 and 公顷 are rounded."""
    magnitude, name = unit
    return not magnitude and name in UNITS and UNITS[name].kind == "count"


def grids(document: Document) -> Iterator[Grid]:
    """Every table of ``document``, in order."""
    cells: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.CELL:
            cells.setdefault(block.table, []).append(block)
    for blocks in cells.values():
        if (grid := _of_cells(document, blocks)) is not None:
            yield grid
    if _gaps(document.text):
        yield from _of_lines(document)


def _gaps(text: str) -> bool:
    return "\t" in text or "  " in text or "\u3000" in text


#: A table may have so many places, or so many for each cell that holds something: one of more is hardly filled.
_MOST_PLACES, _MOST_EMPTY = 100_000, 20


def _of_cells(document: Document, blocks: Sequence[Block]) -> Grid | None:
    # A sheet counts its rows from its own top, and a table may begin anywhere in it.
    top, left = min(block.row for block in blocks), min(block.column for block in blocks)
    height = max(block.row for block in blocks) + 1 - top
    width = max(block.column for block in blocks) + 1 - left
    if height * width > max(_MOST_PLACES, _MOST_EMPTY * len(blocks)):
        return None
    spans: dict[tuple[int, int], Span] = {}
    for block in blocks:
        place = (block.row - top, block.column - left)
        earlier = spans.get(place, block.span)  # a cell of several paragraphs is as many blocks
        spans[place] = Span(earlier.start, block.span.end)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for (row, column), span in spans.items():
        rows[row][column] = _cell(document, span)
    return Grid(tuple(map(tuple, rows)), _caption(document, blocks[0].span.start))


def _cell(document: Document, span: Span) -> Cell:
    text = document.slice(span)
    return Cell(text, span, number_of(text, span.start))


def _caption(document: Document, start: int) -> str:
    """The line before the table."""
    text = document.text[max(0, start - _CAPTION_LENGTH) : start].rstrip(" \t|\r\n\u3000")
    return text[max(text.rfind("\n"), text.rfind("。")) + 1 :]


def _of_lines(document: Document) -> Iterator[Grid]:
    """Tables set with tabs or runs of spaces: at least three lines of as many fields, all but the first with numbers."""
    run: list[list[Cell]] = []
    last = -2
    for index in range(len(document.line_starts)):
        line = document.line(index + 1)
        fields = _fields(document, line)
        if run and (len(fields) != len(run[0]) or index != last + 1):
            yield from _table(document, run)
            run = []
        if len(fields) >= 3:
            if not run and index and fields[1].number is not None:
                run.extend(_heads(document, document.line(index), len(fields)))
            run.append(fields)
            last = index
    yield from _table(document, run)


def _heads(document: Document, line: Span, width: int) -> Iterator[list[Cell]]:
    """The line above the numbers as heads, where one space parts heads that are longer than the numbers below."""
    text = document.slice(line)
    places = list(_WORD.finditer(text))
    if len(places) == width and not any(char.isdigit() or char in "，。；：" for char in text):
        yield [_cell(document, Span(line.start + match.start(), line.start + match.end())) for match in places]


def _fields(document: Document, line: Span) -> list[Cell]:
    text = document.slice(line)
    inner = text.strip()
    if not _gaps(inner) or "|" in text:
        return []
    wide = "\u3000\u3000" in inner or "  " in inner or "\t" in inner
    # 城东区　42.6　58.4: one space as wide as a character parts columns where no line has more.
    places = [match.span() for match in (_FIELD if wide else _WORD).finditer(text)]
    if len(places) > 3 and all(end - start == 1 and "一" <= text[start] <= "龥" for start, end in places[:2]):
        places[:2] = [(places[0][0], places[1][1])]  # 合　　计
    return [_cell(document, Span(line.start + start, line.start + end)) for start, end in places]


def _table(document: Document, run: Sequence[Sequence[Cell]]) -> Iterator[Grid]:
    if len(run) < 3 or any(cell.number is not None for cell in run[0][1:]):
        return
    if all(any(cell.number is not None for cell in row[1:]) and row[0].number is None for row in run[1:]):
        yield Grid(tuple(map(tuple, run)), _caption(document, run[0][0].span.start))
