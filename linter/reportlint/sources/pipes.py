"""Tables set with pipes: a head, a row of dashes, rows of cells. Markdown has them, and so have plain files made from it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.document import Block, BlockKind
from reportlint.patterns import compiled
from reportlint.span import Span

#: The row of dashes below the head.
DELIMITER = compiled(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$")
_CELL = compiled(r"(?:\\.|[^|\\])+")


def is_delimiter(words: str) -> bool:
    """Whether ``words`` is a row of dashes with at least one pipe."""
    return "|" in words and DELIMITER.match(words) is not None


def row(text: str, at: Span, table: int, number: int) -> Iterator[Block]:
    """The cells of the row at ``at``, blanks and all."""
    start, end = at
    while start < end and text[start] in " \t":
        start += 1
    start += text[start : start + 1] == "|"
    column = 0
    while start < end:
        cell = _CELL.match(text, start, end)
        stop = cell.end() if cell else start
        yield Block(Span(start, stop), BlockKind.CELL, table=table, row=number, column=column)
        column += 1
        start = stop + 1
