"""The text of a report, line by line, with findings, their other places and accepted changes marked where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from reportlint.finding import Severity
from reportlint.record import NamedTuple
from reportlint.reporters.marked import clip, lines, shown
from reportlint.reporters.segments import Segment, segments
from reportlint.reporters.style import Style
from reportlint.span import Span
from reportlint.web.review import Review, State

if TYPE_CHECKING:
    from reportlint.document import Document

#: Of a text longer than this only the lines with marks and their neighbours are shown.
_LONG = 300_000

_ByLine = dict[int, list[tuple[int, Span]]]


class _Marks(NamedTuple):
    """By line: what findings are about, the other places they speak of, and what accepting their fixes takes out and puts in."""

    levels: dict[int, Severity]
    over: _ByLine
    places: _ByLine
    out: _ByLine
    new: dict[int, list[tuple[int, int, str]]]
    accepted: frozenset[int] = frozenset()


def report_pane(review: Review, style: Style, most: int) -> Iterator[str]:
    """The report under review, with its first ``most`` findings."""
    title = style.either("报告原文", "The report")
    yield from _pane("t", review.document, _report_marks(review, most), title, review.report.name, style)


def previous_pane(review: Review, previous: Document, style: Style, most: int) -> Iterator[str]:
    """The last period's report, with the places that findings speak of."""
    places: _ByLine = defaultdict(list)
    for number, one in enumerate(review.diagnostics[:most], 1):
        for other in one.finding.elsewhere:
            if other.document is previous:
                _spread(places, previous, number, other.span)
    marks = _Marks({}, {}, places, {}, {})
    yield from _pane("p", previous, marks, style.either("上期报告", "The last report"), previous.path, style)


def _report_marks(review: Review, most: int) -> _Marks:
    document = review.document
    over: _ByLine = defaultdict(list)
    places: _ByLine = defaultdict(list)
    out: _ByLine = defaultdict(list)
    new: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    levels = {}
    for number, one in enumerate(review.diagnostics[:most], 1):
        levels[number] = one.severity
        _spread(over, document, number, one.span)
        for related in one.finding.related:
            _spread(places, document, number, related.span)
        for change in review.changes[number - 1]:
            _spread(out, document, number, change.span)
            line = lines(document, change.span)[-1]
            end = clip(change.span, document.line(line)).end
            new[line].append((number, end, change.text))
    return _Marks(levels, over, places, out, new, frozenset(review.numbers(State.ACCEPTED)))


def _spread(table: _ByLine, document: Document, number: int, span: Span) -> None:
    for line in lines(document, span):
        table[line].append((number, clip(span, document.line(line))))


def _pane(prefix: str, document: Document, marks: _Marks, title: str, name: str, style: Style) -> Iterator[str]:
    yield f'<section class="pane" id="{prefix}" aria-label="{title}" tabindex="0">\n<p class="pane-head"><b>{title}</b> <span>{shown(name)}</span></p>\n'
    wanted = None
    if len(document.text) > _LONG:
        wanted = {near for line in (*marks.over, *marks.places, 1) for near in (line - 1, line, line + 1)}
    skipped = False
    for line in range(1, len(document.line_starts) + 1):
        if wanted is not None and line not in wanted:
            skipped = True
            continue
        if skipped:
            yield f'<div class="row left">{style.either("……（略去没有问题的部分）", "… (nothing found here)")}</div>\n'
            skipped = False
        words = "".join(_line(document, line, marks))
        yield f'<div class="row" id="{prefix}-l{line}">{words}</div>\n'
    yield "</section>\n"


def _line(document: Document, line: int, marks: _Marks) -> Iterator[str]:
    """One line, cut wherever anything begins or ends."""
    span = document.line(line)
    over, places = marks.over.get(line, []), marks.places.get(line, [])
    # What a change takes out is told from other places by its negative number.
    out = [(-number, one) for number, one in marks.out.get(line, [])]
    new = marks.new.get(line, [])
    yield from (_new(number, text, marks) for number, end, text in new if end == span.start)
    pieces = segments(span, over, [*places, *out])
    for (findings, about, empty), group in groupby(pieces, _kind):
        words = "".join(_piece(document, piece, new, marks) for piece in group)
        listed = " ".join(map(str, dict.fromkeys((*findings, *about))))
        if findings:
            level = max(marks.levels[number] for number in findings).label
            point = " point" if empty else ""
            yield f'<mark class="{level}{point}" data-f="{listed}" data-about="{" ".join(map(str, findings))}">{words}</mark>'
        elif about:
            yield f'<span class="place" data-f="{listed}">{words}</span>'
        else:
            yield words


def _kind(piece: Segment) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
    """What neighbouring pieces share that are marked as one: the changes inside do not divide a mark."""
    return piece.findings, tuple(number for number in piece.places if number > 0), not piece.span.size


def _piece(document: Document, piece: Segment, new: list[tuple[int, int, str]], marks: _Marks) -> str:
    """The words of a piece, struck out where an accepted fix takes them out, and what fixes put in behind it."""
    words = shown(document.slice(piece.span))
    out = [-number for number in piece.places if number < 0]
    if out:
        gone = ' class="gone"' if marks.accepted.intersection(out) else ""
        words = f'<span data-r="{" ".join(map(str, out))}"{gone}>{words}</span>'
    if piece.span.size:
        words += "".join(_new(number, text, marks) for number, end, text in new if end == piece.span.end)
    return words


def _new(number: int, text: str, marks: _Marks) -> str:
    """What accepting fix ``number`` puts in."""
    hidden = "" if number in marks.accepted else " hidden"
    return f'<ins data-r="{number}"{hidden}>{shown(text)}</ins>' if text else ""
