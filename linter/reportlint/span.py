"""Places inside a text."""

from __future__ import annotations

from reportlint.record import NamedTuple


class Span(NamedTuple):
    """Code points ``start`` up to, not including, ``end``."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many code points the span holds."""
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside.

        >>> Span(2, 8).holds(Span(2, 5))
        True
        """
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end
