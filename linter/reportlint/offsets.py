"""Maps between a text and a view made from it.

A *view* is a text derived from another: line breaks joined, spaces dropped, numbering rendered. The map says where each
piece came from, so that a place found in the view can be shown in the source. Nothing is ever found again by searching.
"""

from __future__ import annotations

import sys
from bisect import bisect_right

from reportlint.span import Span


class OffsetMap:
    """Pieces of a view and where they came from, in ascending order.

    A piece is either *kept* (character by character the same length as its source) or *synthetic* (text that the source
    does not hold; its source is the empty span where it would stand).
    """

    __slots__ = ("_kept", "_sources", "_views")

    def __init__(self) -> None:
        self._views: list[int] = []
        self._sources: list[int] = []
        self._kept: list[bool] = []

    def add(self, view: int, source: int, *, kept: bool = True) -> None:
        """The piece that starts at ``view`` of the view stands for what starts at ``source``."""
        self._views.append(view)
        self._sources.append(source)
        self._kept.append(kept)

    def at(self, offset: int) -> int:
        """The source offset of the view's character at ``offset``."""
        piece = bisect_right(self._views, offset) - 1
        if piece < 0:
            return 0
        if self._kept[piece]:
            return self._sources[piece] + offset - self._views[piece]
        return self._sources[piece]

    def span(self, start: int, end: int) -> Span:
        """The source span of view characters ``start`` up to ``end``; empty spans stay empty."""
        piece = bisect_right(self._views, start) - 1
        if piece >= 0 and self._kept[piece] and start < end <= self._end(piece):
            shift = self._sources[piece] - self._views[piece]
            return Span(start + shift, end + shift)
        first = self.at(start)
        return Span(first, self.at(end - 1) + 1) if end > start else Span(first, first)

    def _end(self, piece: int) -> int:
        """Where the next piece begins in the view."""
        return self._views[piece + 1] if piece + 1 < len(self._views) else sys.maxsize

    def to_view(self, offset: int) -> int:
        """The view offset of source ``offset``; a dropped character maps to what follows it."""
        piece = bisect_right(self._sources, offset) - 1
        if piece < 0:
            return 0
        inside = self._views[piece] + (offset - self._sources[piece] if self._kept[piece] else 0)
        if piece + 1 < len(self._views):
            return min(inside, self._views[piece + 1])
        return inside
