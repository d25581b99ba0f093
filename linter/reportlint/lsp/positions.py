"""Offsets of a text as the positions of an editor: line and column from 0, columns in the units that the two agreed on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from lsprotocol import types

from reportlint.document import NEWLINE
from reportlint.span import Span

#: Code points between two marks: a paragraph may be a megabyte long, and a column is never counted from its start.
_STEP = 1024


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_UNITS: dict[str, Callable[[str], int]] = {"utf-8": _utf8, "utf-16": _utf16, "utf-32": len}


class Positions:
    """The lines of ``text`` and how wide its characters are in ``encoding`` (``utf-8``, ``utf-16``, ``utf-32``).

    Lines end as in a person's editor, with ``\\n``, ``\\r\\n`` or ``\\r`` and nothing else.

    >>> Positions("𠮷野\\n甲", "utf-16").position(1).character
    2
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._size = _UNITS[encoding]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in NEWLINE.finditer(self.text))]

    @cached_property
    def _marks(self) -> list[int]:
        """Units before every :data:`_STEP`-th code point."""
        marks = [0]
        for at in range(0, len(self.text), _STEP):
            marks.append(marks[-1] + self._size(self.text[at : at + _STEP]))
        return marks

    def _units(self, offset: int) -> int:
        """Units before ``offset``."""
        mark = offset // _STEP
        return self._marks[mark] + self._size(self.text[mark * _STEP : offset])

    def position(self, offset: int) -> types.Position:
        """Where ``offset`` is."""
        line = bisect_right(self._starts, offset) - 1
        return types.Position(line, self._units(offset) - self._units(self._starts[line]))

    def range(self, span: Span) -> types.Range:
        """Where ``span`` is."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset that ``position`` means: past the end of its line the end of the line, inside a character its start."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        wanted = self._units(start) + position.character
        mark = max(0, bisect_right(self._marks, wanted) - 1)
        at = max(start, mark * _STEP)
        units = self._units(at)
        end = self._end(position.line)
        while at < end:
            units += self._size(self.text[at])
            if units > wanted:
                break
            at += 1
        return min(at, end)

    def span(self, where: types.Range) -> Span:
        """The span that ``where`` means."""
        start, end = sorted((self.offset(where.start), self.offset(where.end)))
        return Span(start, end)

    def _end(self, line: int) -> int:
        """The end of a line, without what ends it."""
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        while end > self._starts[line] and self.text[end - 1] in "\r\n":
            end -= 1
        return end
