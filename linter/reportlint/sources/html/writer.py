"""Elements to text: a line for each paragraph, item, heading; tables row by row; the way back to the source."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.document import Block, BlockKind
from reportlint.offsets import OffsetMap
from reportlint.patterns import compiled
from reportlint.sources.html.page import Element, Words
from reportlint.sources.html.prose import hidden
from reportlint.span import Span

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_SPACE = compiled(r"[ \t\r\n\f]+")
#: A cell with more words than this lays out a page.
_LONGEST_CELL = 240
_MOST_COLUMNS = 200


class Writer:
    """Writes elements in order; ``offsets`` leads from the text to the source."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self.offsets = OffsetMap()
        self.at = 0
        self.tables = 0
        self.start = 0
        self.kind = BlockKind.LINE
        self.level = 0
        self.place = (0, 0, 0)
        self.blank = True
        self._first = 0

    def node(self, element: Element) -> None:
        """An element with all that is in it."""
        pending: list[Iterator[Element | Words]] = [iter([element])]
        ends: list[tuple[BlockKind, int] | None] = [None]
        while pending:
            child = next(pending[-1], None)
            if child is None:
                pending.pop()
                state = ends.pop()
                if state is not None:
                    self.end()
                    self.kind, self.level = state
                continue
            if isinstance(child, Words):
                self.words(child)
            elif child.tag == "br":
                self.end()
            elif not hidden(child):
                if child.tag == "table" and (rows := _data(child)):
                    self.caption(child)
                    self.table(rows)
                    continue
                state = None
                if child.tag in _BLOCKS:
                    self.end()
                    state = self.kind, self.level
                    self.enter(child)
                pending.append(iter(child.children))
                ends.append(state)

    def enter(self, element: Element) -> None:
        """What the blocks of ``element`` are."""
        tag = element.tag
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.kind, self.level = BlockKind.HEADING, int(tag[1])
        elif tag == "li":
            self.kind, self.level = BlockKind.ITEM, 0

    def words(self, words: Words) -> None:
        """Text, white space drawn together as a browser does."""
        if not words.kept:
            self.put(words.text, words.at, kept=False)
            return
        at = 0
        for space in _SPACE.finditer(words.text):
            self.put(words.text[at : space.start()], words.at + at)
            if not self.blank:
                self.put(" ", words.at + space.start())
                self.blank = True
            at = space.end()
        self.put(words.text[at:], words.at + at)

    def put(self, text: str, source: int, *, kept: bool = True) -> None:
        """``text``, which stands at ``source``."""
        if text:
            self.offsets.add(self.at, source, kept=kept)
            self.text.append(text)
            self.at += len(text)
            self.blank = False

    def end(self, gap: str = "\n") -> None:
        """The block at hand ends here; ``gap`` parts it from the next."""
        words = "".join(self.text[self._first :]) if self.at > self.start else ""
        if words and not words.isspace():
            end = self.at - (len(words) - len(words.rstrip()))
            table, row, column = self.place
            block = Block(Span(self.start, end), self.kind, self.level)
            self.blocks.append(
                block._replace(table=table, row=row, column=column) if self.kind is BlockKind.CELL else block
            )
            self.gap(gap)
        self.start, self.blank = self.at, True
        self._first = len(self.text)

    def gap(self, text: str) -> None:
        """``text`` that the source does not hold."""
        self.offsets.add(self.at, self.offsets.at(self.at - 1) + 1 if self.at else 0, kept=False)
        self.text.append(text)
        self.at += len(text)

    def caption(self, table: Element) -> None:
        """What stands above a table."""
        self.end()
        for child in table.children:
            if isinstance(child, Element) and child.tag == "caption":
                for words in child.words():
                    self.words(words)
                self.end()

    def table(self, rows: list[list[tuple[int, Element]]]) -> None:
        """The cells of a table."""
        state = self.kind, self.level
        for number, row in enumerate(rows):
            for index, (column, cell) in enumerate(row, 1):
                self.kind, self.level, self.place = BlockKind.CELL, 0, (self.tables, number, column)
                for words in cell.words():
                    self.words(words)
                self.end(" | " if index < len(row) else "\n")
            if self.text and self.text[-1] == " | ":  # the last cell was empty
                self.text[-1] = "\n"
                self.at -= 2
                self.start = self.at
        self.kind, self.level = state
        self.tables += 1


def _data(table: Element) -> list[list[tuple[int, Element]]] | None:
    """The rows of a table of data, each cell with its column; ``None`` for a table that lays out the page."""
    rows: list[list[tuple[int, Element]]] = []
    taken: dict[int, int] = {}
    for row in _rows(table):
        cells: list[tuple[int, Element]] = []
        column = 0
        below: dict[int, int] = {}
        for cell in row.children:
            if not isinstance(cell, Element) or cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0):
                column += 1
            if len(cell.text) > _LONGEST_CELL or any(one.tag == "table" for one in cell.elements()):
                return None
            cells.append((column, cell))
            for _ in range(min(_MOST_COLUMNS, _whole(cell.attributes.get("colspan")))):
                if _whole(cell.attributes.get("rowspan")) > 1:
                    below[column] = _whole(cell.attributes.get("rowspan")) - 1
                column += 1
            if column > _MOST_COLUMNS:
                return None
        taken = {at: left - 1 for at, left in taken.items() if left > 1} | below
        if cells:
            rows.append(cells)
    wide = max((len(row) for row in rows), default=0)
    return rows if len(rows) > 1 and wide > 1 else None


def _rows(table: Element) -> Iterator[Element]:
    for child in table.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                yield child
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from (one for one in child.children if isinstance(one, Element) and one.tag == "tr")


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 4 else 1
