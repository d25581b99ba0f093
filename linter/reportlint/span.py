"""Places inside a text."""

from __future__ import annotations

from collections.abc import Iterator

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


def occurrences(text: str, words: str) -> Iterator[Span]:
    """Where ``words`` stand in ``text``, none of the places over another.

    >>> list(occurrences("三县三区", "三"))
    [Span(start=0, end=1), Span(start=2, end=3)]
    """
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + len(words))
