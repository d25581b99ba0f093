"""A stretch of text cut where any finding begins or ends, so that overlapping findings need no nested marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlint.record import NamedTuple
from reportlint.span import Span


class Segment(NamedTuple):
    """A piece of text, and the numbers of what lies over it: findings, and places that findings relate to."""

    span: Span
    findings: tuple[int, ...] = ()
    places: tuple[int, ...] = ()


def segments(
    stretch: Span, findings: Sequence[tuple[int, Span]], places: Iterable[tuple[int, Span]] = ()
) -> Iterator[Segment]:
    """The pieces of ``stretch`` in order; joined they are all of it. An empty finding has an empty piece of its own.

    >>> [s.findings for s in segments(Span(0, 9), [(1, Span(2, 6)), (2, Span(4, 9))])]
    [(), (1,), (1, 2), (2,)]
    """
    places = list(places)
    cuts = {stretch.start, stretch.end}
    for _, span in (*findings, *places):
        cuts |= {at for at in span if stretch.start < at < stretch.end}
    edges = sorted(cuts)
    for start, end in zip(edges, [*edges[1:], stretch.end], strict=True):
        points = tuple(number for number, span in findings if span == (start, start))
        if points:
            yield Segment(Span(start, start), points)
        if start < end:
            piece = Span(start, end)
            yield Segment(
                piece,
                tuple(number for number, span in findings if span.meets(piece)),
                tuple(dict.fromkeys(number for number, span in places if span.meets(piece))),
            )
