"""Plain text: every line that is not blank is a block of which the format says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlint.document import Block, BlockKind, Document
from reportlint.errors import ReadError
from reportlint.patterns import compiled
from reportlint.sources.decoding import decode, encode
from reportlint.span import Span

if TYPE_CHECKING:
    from reportlint.finding import Replacement

_LINE = compiled(r"[^\r\n]+")


def read(data: bytes, shown: str) -> Document:
    """The document of a plain text file; raises :class:`ReadError` where ``data`` is not text."""
    text, encoding = decode(data)
    return document(text, shown, encoding)


def document(text: str, shown: str, encoding: str = "utf-8") -> Document:
    """``text`` with a block for each of its lines."""
    return Document(text, shown, tuple(blocks(text)), encoding, "plain")


def rewritten(data: bytes, document: Document, replacements: Sequence[Replacement]) -> bytes:
    """``data`` with ``replacements`` put in, in its own encoding; every other byte stays.

    Raises :class:`ReadError` for a file whose encoding does not lead back to the same bytes.
    """
    from reportlint.fix import spliced

    if encode(document.text, document.encoding) != data:
        raise ReadError("文件里有不规范的编码字节，改写会影响其他文字，没有修正。请另存为 UTF-8 后再修正")
    return encode(spliced(document.text, replacements), document.encoding)


def blocks(text: str) -> Iterator[Block]:
    """A block per line that is not blank, indentation and all, without the line break.

    >>> [block.span for block in blocks("甲\\n\\n  乙")]
    [Span(start=0, end=1), Span(start=3, end=6)]
    """
    for line in _LINE.finditer(text):
        if not line[0].isspace():
            yield Block(Span(*line.span()), BlockKind.LINE)
