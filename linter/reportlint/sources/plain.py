"""Plain text: every line that is not blank is a block of which the format says nothing, but for tables set with pipes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlint.document import Block, Document
from reportlint.errors import ReadError
from reportlint.limits import DEFAULT, Limits
from reportlint.patterns import compiled
from reportlint.sources.decoding import decode, encode
from reportlint.sources.pipes import is_delimiter, row
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.finding import Replacement
    from reportlint.sources import Rewritten

_LINE = compiled(r"[^\r\n]+")


def read(data: bytes, shown: str, limits: Limits = DEFAULT) -> Document:
    """The document of a plain text file; raises :class:`ReadError` where ``data`` is not text."""
    text, encoding = decode(data)
    limits.reject_text(text)
    return document(text, shown, encoding)


def document(text: str, shown: str, encoding: str = "utf-8") -> Document:
    """``text`` with a block for each of its lines."""
    return Document(text, shown, tuple(blocks(text)), encoding, "plain")


def rewritten(data: bytes, document: Document, replacements: Sequence[Replacement], *, tracked: bool) -> Rewritten:
    """``data`` with ``replacements`` put in, in its own encoding; every other byte stays. Text knows no tracked changes.

    Raises :class:`ReadError` for a file whose encoding does not lead back to the same bytes.
    """
    from reportlint.fix import spliced

    if encode(document.text, document.encoding) != data:
        raise ReadError("文件里有不规范的编码字节，改写会影响其他文字，没有修正。请另存为 UTF-8 后再修正")
    del tracked
    return encode(spliced(document.text, replacements), document.encoding), ()


def blocks(text: str) -> Iterator[Block]:
    """A block per line that is not blank, indentation and all, without the line break.

    >>> [block.span for block in blocks("甲\\n\\n  乙")]
    [Span(start=0, end=1), Span(start=3, end=6)]
    """
    lines = [Span(*line.span()) for line in _LINE.finditer(text)] if "|" in text else []
    if not any(is_delimiter(text[slice(*line)]) for line in lines):
        yield from (Block(Span(*line.span())) for line in _LINE.finditer(text) if not line[0].isspace())
        return
    index = tables = 0
    while index < len(lines):
        rows = _rows(text, lines, index)
        if rows:
            for number, each in enumerate((rows[0], *rows[2:])):
                yield from _filled(text, row(text, each, tables, number))
            tables += 1
        elif not text[slice(*lines[index])].isspace():
            yield Block(lines[index])
        index += len(rows) or 1


def _rows(text: str, lines: Sequence[Span], first: int) -> Sequence[Span]:
    """The lines of the table that begins with ``lines[first]``, head, dashes and all; none where none does."""
    if (
        len(lines) < first + 3
        or "|" not in text[slice(*lines[first])]
        or not is_delimiter(text[slice(*lines[first + 1])])
    ):
        return ()
    end = first + 2
    while end < len(lines) and "|" in text[slice(*lines[end])]:
        end += 1
    return lines[first:end] if end > first + 2 else ()


def _filled(text: str, cells: Iterable[Block]) -> Iterator[Block]:
    """The cells that hold something, without the blanks around it."""
    for cell in cells:
        words = text[slice(*cell.span)]
        start = cell.span.start + len(words) - len(words.lstrip())
        if words.strip():
            yield cell._replace(span=Span(start, start + len(words.strip())))
