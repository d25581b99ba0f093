"""A line of the report with its places marked, so that the marks stand right under wide characters.

    12 | 省级督察反馈任务 26 项，已完成整改 【29 项】。
       |                  -----              ^^^^^

A terminal may draw some characters wider than it says, and then the carets are off: the place is marked inside the line too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlint.document import Document
from reportlint.finding import Finding, Related
from reportlint.record import NamedTuple
from reportlint.reporters.style import DIM, UNDERLINE, Style
from reportlint.span import Span
from reportlint.width import visible, visible_cells, width

_GUTTER = 5
#: Lines shown of a finding that runs over several, and other places shown of one that speaks of many.
_MOST_LINES = 3
_MOST_PLACES = 6


class _Mark(NamedTuple):
    """A place within one line; the focus is marked inside the line as well."""

    span: Span
    character: str
    color: str
    focus: bool = False


def snippet(document: Document, finding: Finding, color: str, style: Style) -> Iterator[str]:
    """The lines that show ``finding``: its place, then the related places that are not in view with it."""
    first = document.position(finding.span.start).line
    last = max(first, document.position(finding.span.end).line)
    if last > first and document.line(last).start >= finding.span.end:
        last -= 1  # ends with a line break
    view = None
    for number in range(first, min(last, first + _MOST_LINES - 1) + 1):
        line = document.line(number)
        if last > first and not document.slice(line).strip():
            continue  # a blank line inside a range has nothing to mark
        mark = _Mark(_clip(finding.span, line), "^", color, focus=True)
        related = [_Mark(one.span, "-", color) for one in finding.related if _lies_in(one.span, line)]
        shown, drawn = _draw(document, number, [mark, *related], style)
        view = shown if view is None else Span(view.start, shown.end)
        yield from drawn
    if last >= first + _MOST_LINES:
        yield f"{'':{_GUTTER}} | …"
    elsewhere = [one for one in finding.related if view is None or not view.holds(one.span)]
    yield from _others(document, elsewhere, color, style)


def _others(document: Document, related: Sequence[Related], color: str, style: Style) -> Iterator[str]:
    """The places that stand elsewhere, each with its line and its part in the matter."""
    remaining = list(related[:_MOST_PLACES])
    while remaining:
        head = remaining[0]
        number = document.position(head.span.start).line
        line = document.line(number)
        near = [one for one in remaining if _lies_in(one.span, line)]
        marks = [_Mark(_clip(one.span, line), "-", color, focus=one is head) for one in near] or [
            _Mark(_clip(head.span, line), "-", color, focus=True)
        ]
        shown, drawn = _draw(document, number, marks, style)
        seen = [one for one in near if shown.holds(one.span)] or [head]
        labels = "、".join(dict.fromkeys(visible(style.label(one.message, one.en)) for one in seen if one.message))
        *before, marked = drawn
        yield from before
        yield f"{marked} {labels}".rstrip()
        remaining = [one for one in remaining if one not in seen]
    if len(related) > _MOST_PLACES:
        more = len(related) - _MOST_PLACES
        yield f"{'':{_GUTTER}} | … " + (f"and {more} more" if style.lang == "en" else f"另有 {more} 处")


def _draw(document: Document, number: int, marks: Sequence[_Mark], style: Style) -> tuple[Span, list[str]]:
    """Line ``number`` with ``marks``, cut to the neighbourhood of the first: what of it is shown, and the two lines."""
    line = document.line(number)
    shown, cells = _window(document, line, marks, style)
    text: list[str] = []
    under: list[tuple[int, int, _Mark]] = []
    at = 0

    def put(start: int, end: int, color: str = "") -> int:
        piece = visible(document.text[start:end])
        text.append(style.paint(piece, color) if color else piece)
        return sum(cells[start - shown.start : end - shown.start])

    def sign(mark: str) -> int:
        text.append(mark)
        return width(mark, style.ambiguous)

    if shown.start > line.start:
        at += sign("…")
    where = shown.start
    inside = [mark for mark in marks if mark is marks[0] or shown.holds(mark.span)]
    for mark in sorted(inside, key=lambda mark: (mark.span, mark.character)) if len(inside) > 1 else inside:
        span = _clip(mark.span, shown)
        if span.start < where:
            continue  # overlaps one that is drawn already
        framed = mark.focus and not style.color
        at += put(where, span.start)
        if framed:
            at += sign("【")
        start = at
        at += put(span.start, span.end, f"{mark.color};{UNDERLINE}" if mark.focus else UNDERLINE)
        under.append((start, max(at, start + 1), mark))
        if framed:
            at += sign("】")
        where = span.end
    put(where, shown.end)
    if shown.end < line.end:
        sign("…")
    gutter = style.paint(f"{number:>{_GUTTER}} |", DIM)
    blank = style.paint(f"{'':{_GUTTER}} |", DIM)
    return shown, [f"{gutter} {''.join(text)}".rstrip(), f"{blank} {_underlined(under, style)}"]


def _underlined(under: Sequence[tuple[int, int, _Mark]], style: Style) -> str:
    """Carets and dashes, each at its cell."""
    line, at = "", 0
    for start, end, mark in under:
        line += " " * (start - at) + style.paint(
            mark.character * (end - start), mark.color if mark.character == "^" else DIM
        )
        at = end
    return line


def _window(document: Document, line: Span, marks: Sequence[_Mark], style: Style) -> tuple[Span, list[int]]:
    """What of ``line`` to show: all that fits around the first mark, with the other marks if they fit too; the cells of each character."""
    room = style.columns - _GUTTER - 3 - 2 * width("【】…", style.ambiguous)
    start, end = marks[0].span
    reach = Span(max(line.start, start - room), min(line.end, end + room))
    cells = visible_cells(document.slice(reach), style.ambiguous)
    base = reach.start

    def size(start: int, end: int) -> int:
        return sum(cells[start - base : end - base])

    def cut(start: int, end: int) -> tuple[Span, list[int]]:
        return Span(start, end), cells[start - base : end - base]

    if reach == line and size(*line) <= room:
        return line, cells
    if size(start, end) > room:
        # Only its beginning fits.
        end = start
        taken = 0
        while taken + cells[end - base] <= room:
            taken += cells[end - base]
            end += 1
        return cut(start, end)
    for mark in marks[1:]:
        low, high = min(start, mark.span.start), max(end, mark.span.end)
        if reach.holds(Span(low, high)) and size(low, high) <= room:
            start, end = low, high
    left = room - size(start, end)
    growing = True
    while growing:
        growing = False
        if start > reach.start and (need := cells[start - 1 - base]) <= left:
            start, left, growing = start - 1, left - need, True
        if end < reach.end and (need := cells[end - base]) <= left:
            end, left, growing = end + 1, left - need, True
    return cut(start, end)


def _clip(span: Span, to: Span) -> Span:
    """``span`` as far as it lies in ``to``; empty at its edge where it does not."""
    start = min(max(span.start, to.start), to.end)
    return Span(start, max(start, min(span.end, to.end)))


def _lies_in(span: Span, line: Span) -> bool:
    return line.holds(span)
