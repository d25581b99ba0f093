"""Plain text: every line that is not blank is a block of which the format says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.document import Block, BlockKind, Document
from reportlint.patterns import compiled
from reportlint.sources.decoding import decode
from reportlint.span import Span

_LINE = compiled(r"[^\r\n]+")


def read(data: bytes, shown: str) -> Document:
    """The document of a plain text file; raises :class:`ReadError` where ``data`` is not text."""
    text, encoding = decode(data)
    return document(text, shown, encoding)


def document(text: str, shown: str, encoding: str = "utf-8") -> Document:
    """``text`` with a block for each of its lines."""
    return Document(text, shown, tuple(blocks(text)), encoding, "plain")


def blocks(text: str) -> Iterator[Block]:
    """A block per line that is not blank, indentation and all, without the line break.

    >>> [block.span for block in blocks("甲\\n\\n  乙")]
    [Span(start=0, end=1), Span(start=3, end=6)]
    """
    for line in _LINE.finditer(text):
        if not line[0].isspace():
            yield Block(Span(*line.span()), BlockKind.LINE)
