"""Rows of pages to text: what runs along the edges dropped, tables found by their columns, lines joined to paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportlint.document import Block, BlockKind
from reportlint.patterns import compiled
from reportlint.record import NamedTuple
from reportlint.sources.pdf.page import Page, Row, Segment
from reportlint.span import Span

_PAGE_NUMBER = compiled(
    r"[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s*\d+\s*页\s*(?:(?:[,，/]\s*)?共\s*\d+\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_DIGITS = compiled(r"\d+")
_NUMERIC = compiled(r"[-+−]?[\d,，.]+[%％]?|[-—–/]+|\d[\d.,]*[一-龥]{1,4}")
_LATIN = compiled(r"[A-Za-z]")
#: How many rows at each edge may be a running header or footer.
_EDGE = 2
#: How much of a character a line may fall short of the margin, or stand in from it, and still be full.
_SHORT = 1.6
_INDENT = 1.2


class Line(NamedTuple):
    """A row of prose on its page."""

    row: Row
    page: int


class Table(NamedTuple):
    """Rows in columns: for each row its cells by column."""

    rows: tuple[dict[int, Segment], ...]
    page: int


class Scattered(NamedTuple):
    """A row in pieces that no column holds together: each stands for itself."""

    row: Row
    page: int


def laid_out(pages: Sequence[Page]) -> tuple[str, list[Block]]:
    """The text of ``pages`` with its blocks."""
    running = _running(pages)
    items = [item for page in pages for item in _items(page, running)]
    right = _margin([item.row.right for item in items if isinstance(item, Line)])
    left = _margin([-item.row.left for item in items if isinstance(item, Line)])
    writer = _Writer(-left, right)
    for item in items:
        writer.item(item)
    return "".join(writer.text), writer.blocks


def _running(pages: Sequence[Page]) -> set[str]:
    """What stands at the edge of most pages at the same height, digits left out of account."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({(_bare(row), round(row.middle / 4)) for row in (*page.rows[:_EDGE], *page.rows[-_EDGE:])})
    written = sum(bool(page.rows) for page in pages)
    return {words for (words, _), count in seen.items() if words and count > 1 and count * 2 > written}


def _bare(row: Row) -> str:
    return _DIGITS.sub("#", "".join(row.text.split()))


def _items(page: Page, running: set[str]) -> Iterator[Line | Table | Scattered]:
    """The lines and tables of a page, without what runs along its edges."""
    rows = list(page.rows)
    for index in (0, -1):
        while rows and (_bare(rows[index]) in running or _PAGE_NUMBER.fullmatch(rows[index].text.strip())):
            del rows[index]
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(rows[end].segments) > 1:
            end += 1
        columns = _columns(rows[at:end]) if end - at > 1 else None
        if columns:
            yield Table(tuple(columns), page.number)
            at = end
        else:
            for row in rows[at : max(end, at + 1)]:
                yield Line(row, page.number) if len(row.segments) == 1 else Scattered(row, page.number)
            at = max(end, at + 1)


def _columns(rows: Sequence[Row]) -> list[dict[int, Segment]] | None:
    """The cells of ``rows`` by column, where they stand in columns and hold figures; else ``None``."""
    edges: list[list[float]] = []
    for segment in sorted((one for row in rows for one in row.segments), key=lambda one: one.left):
        if edges and segment.left < edges[-1][1]:
            edges[-1][1] = max(edges[-1][1], segment.right)
        else:
            edges.append([segment.left, segment.right])
    if len(edges) < 2:
        return None
    table: list[dict[int, Segment]] = []
    for row in rows:
        cells: dict[int, Segment] = {}
        for segment in row.segments:
            column = next(index for index, (_, right) in enumerate(edges) if segment.left < right)
            if column in cells:
                return None
            cells[column] = segment
        table.append(cells)
    figures = sum(any(_NUMERIC.fullmatch(cell.text.strip()) for cell in cells.values()) for cells in table[1:])
    return table if figures * 2 >= len(table) - 1 else None


def _margin(edges: Sequence[float]) -> float:
    """The edge that full lines reach: the one below which nine tenths end."""
    return sorted(edges)[int(len(edges) * 0.9)] if edges else 0.0


class _Writer:
    """Writes lines into paragraphs; one that runs on over the page is a block on each, with nothing between them."""

    def __init__(self, left: float, right: float) -> None:
        self.left, self.right = left, right
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self.at = 0
        self.tables = 0
        self.last: Line | None = None

    def item(self, item: Line | Table | Scattered) -> None:
        """One line or table."""
        if isinstance(item, Line):
            self.line(item)
            return
        self.last = None
        if isinstance(item, Scattered):
            for segment in item.row.segments:
                self.block(segment.text, item.page, BlockKind.PARAGRAPH)
            return
        for number, cells in enumerate(item.rows):
            for index, (column, cell) in enumerate(sorted(cells.items())):
                self.put(" | " if index else "\n" if self.at else "")
                start = self.at
                self.put(cell.text)
                self.blocks.append(
                    Block(Span(start, self.at), BlockKind.CELL, 0, self.tables, number, column, item.page)
                )
        self.tables += 1

    def line(self, line: Line) -> None:
        """One line, at the end of the paragraph before where it runs on."""
        words = line.row.text
        if self.last is None or not self.runs_on(self.last, line):
            self.block(words, line.page, BlockKind.LINE)
        else:
            before = self.text[-1]
            if _LATIN.match(before[-1]) and _LATIN.match(words):
                words = f" {words}"
            if line.page == self.last.page:
                self.put(words)
                block = self.blocks[-1]
                self.blocks[-1] = block._replace(span=Span(block.span.start, self.at))
            else:
                start = self.at
                self.put(words)
                self.blocks.append(Block(Span(start, self.at), BlockKind.LINE, page=line.page))
        self.last = line

    def runs_on(self, before: Line, after: Line) -> bool:
        """Whether the paragraph of ``before``, a full line, goes on with ``after``, which is not indented."""
        size = before.row.height
        if abs(size - after.row.height) > 0.25 * size:
            return False
        if before.page == after.page and before.row.middle - after.row.middle > 3.2 * size:
            return False
        return before.row.right > self.right - _SHORT * size and after.row.left < self.left + _INDENT * size

    def block(self, words: str, page: int, kind: BlockKind) -> None:
        """``words`` on a line of their own."""
        self.put("\n" if self.at else "")
        start = self.at
        self.put(words)
        self.blocks.append(Block(Span(start, self.at), kind, page=page))

    def put(self, text: str) -> None:
        """``text`` at the end."""
        if text:
            self.text.append(text)
            self.at += len(text)
