"""A report as text, with the blocks its format gives and the places of its lines."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum

from reportlint.patterns import compiled
from reportlint.record import NamedTuple, cached_property
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.offsets import OffsetMap

#: What ends a line in a person's editor: these three and no others (not U+2028, not form feed).
NEWLINE = compiled(r"\r\n|\r|\n")


class BlockKind(Enum):
    """What a block is, as far as the format says so."""

    LINE = "line"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"
    COMMENT = "comment"
    RULE = "rule"
    META = "meta"

    __hash__ = object.__hash__  # members are what they are; the one of Enum is a call into Python for each look-up


class Block(NamedTuple):
    """A stretch of the document that the format sets apart.

    ``LINE`` is a line of plain text of which the format says nothing. Cells carry their table, row and column, all
    counted from 0; ``level`` is a heading's depth (1 is the highest) and 0 elsewhere. ``page`` counts from 1 in formats that
    have pages and is 0 elsewhere; ``paragraph`` is the number of the paragraph as a person counts them, from 1, where the format
    has paragraphs that may be several blocks, and 0 elsewhere; ``part`` names what lies outside the running text as a person calls it (页眉, 脚注 2) or the
    sheet that holds the table.
    """

    span: Span
    kind: BlockKind = BlockKind.LINE
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    page: int = 0
    part: str = ""
    paragraph: int = 0


class Position(NamedTuple):
    """Line and column, both from 1; columns count code points."""

    line: int
    column: int


class Document:
    """The text of a report and what its source knows about it.

    ``path`` is shown as given; ``blocks`` ascend and do not overlap; ``offsets`` maps back into formats whose text is
    extracted (docx, pdf) and is ``None`` where text and file are the same. ``source`` is the file as text where that has lines of
    its own and the text is extracted from it (html). ``notes`` say what of the file could not be read.
    """

    def __init__(
        self,
        text: str,
        path: str = "<text>",
        blocks: tuple[Block, ...] = (),
        encoding: str = "utf-8",
        format: str = "plain",
        offsets: OffsetMap | None = None,
        source: str = "",
        notes: tuple[str, ...] = (),
    ) -> None:
        self.text = text
        self.path = path
        self.blocks = blocks
        self.encoding = encoding
        self.format = format
        self.offsets = offsets
        self.source = source
        self.notes = notes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and self._value == other._value

    def __hash__(self) -> int:
        return hash((self.path, self.text))

    @property
    def _value(self) -> tuple[object, ...]:
        return self.path, self.format, self.encoding, self.text, self.blocks, self.source, self.notes

    @property
    def characters(self) -> int:
        """How long the text is."""
        return len(self.text)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each line starts; a document has at least one line."""
        return (0, *(match.end() for match in NEWLINE.finditer(self.text)))

    def position(self, offset: int) -> Position:
        """Line and column of ``offset``.

        >>> Document("甲\\n乙丙").position(3)
        Position(line=2, column=2)
        """
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    @cached_property
    def _source_starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in NEWLINE.finditer(self.source)))

    def place(self, offset: int) -> Position:
        """Line and column of ``offset`` as an editor shows the file; those of the text where the file has no lines of its own."""
        if not self.source or self.offsets is None:
            return self.position(offset)
        offset = self.offsets.at(offset)
        line = bisect_right(self._source_starts, offset)
        return Position(line, offset - self._source_starts[line - 1] + 1)

    def places(self, span: Span) -> tuple[Position, Position]:
        """Where ``span`` begins and ends in the file."""
        if not self.source or self.offsets is None or not span.size:
            return self.place(span.start), self.place(span.end)
        line, column = self.place(span.end - 1)
        return self.place(span.start), Position(line, column + 1)

    def before(self, offset: int) -> str:
        """What stands before ``offset`` on its line of the file."""
        line, column = self.place(offset)
        text, starts = (self.source, self._source_starts) if self.source else (self.text, self.line_starts)
        return text[starts[line - 1] : starts[line - 1] + column - 1]

    def line(self, number: int) -> Span:
        """Line ``number`` (from 1), without its line break."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """The text of ``span``."""
        return self.text[span.start : span.end]
