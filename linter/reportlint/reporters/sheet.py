"""The text of a report as HTML, its findings marked in place and noted beside the line where they begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from reportlint.document import BlockKind
from reportlint.finding import Diagnostic, Severity
from reportlint.location import WITH_LINES, location
from reportlint.reporters.segments import Segment, segments
from reportlint.reporters.words import LEVELS
from reportlint.span import Span
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.lint import Result
    from reportlint.reporters.style import Style

#: Shapes, so that colour is never all that tells levels apart.
ICONS = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}
#: Of a text longer than this only the lines with findings and their neighbours are shown.
_LONG = 300_000


class Page(NamedTuple):
    """One file's part of the page; ``first`` is the number of its first finding, which are counted through the page."""

    result: Result
    number: int
    first: int
    style: Style

    def row(self, line: int) -> str:
        """The id of a line."""
        return f"f{self.number}-l{line}"


def shown(text: str) -> str:
    """``text`` as HTML that shows it and does nothing else; what would hide or reorder text is named."""
    return escape(visible(text))


def rows(page: Page) -> Iterator[str]:
    """The text, line by line, with the notes of the findings that begin there."""
    document = page.result.document
    numbered = list(enumerate(page.result.diagnostics, page.first))
    notes: dict[int, list[tuple[int, Diagnostic]]] = defaultdict(list)
    over: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    places: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    levels = {number: one.severity for number, one in numbered}
    for number, one in numbered:
        notes[document.position(one.span.start).line].append((number, one))
        for line in _lines(document, one.span):
            over[line].append((number, _clip(one.span, document.line(line))))
        for related in one.finding.related:
            for line in _lines(document, related.span):
                places[line].append((number, _clip(related.span, document.line(line))))
    wanted = None
    if len(document.text) > _LONG:
        wanted = {near for line in (*over, *places, 1) for near in (line - 1, line, line + 1)}
    skipped = False
    for group in _groups(document):
        if wanted is not None and wanted.isdisjoint(group):
            skipped = True
            continue
        if skipped:
            yield f'<div class="row left"><p>{page.style.either("……（略去没有问题的部分）", "… (nothing found here)")}</p></div>\n'
            skipped = False
        lines = [
            (
                line,
                "".join(
                    _segment(document, piece, levels, _ending(piece, over[line], notes[line]))
                    for piece in segments(document.line(line), over[line], places[line])
                ),
            )
            for line in group
        ]
        yield _row(page, lines)
        noted = [note for line in group for note in notes[line]]
        if noted:
            yield '<ul class="notes">\n'
            yield from (_note(page, number, one) for number, one in noted)
            yield "</ul>"
        yield "</div>\n"


def _groups(document: Document) -> Iterator[list[int]]:
    """The numbers of lines that stand side by side: the cells of a row in documents of which every cell is a line, else one by one."""
    before: tuple[str, int, int] | None = None
    group: list[int] = []
    cells = {}
    if document.format not in WITH_LINES:
        cells = {
            document.position(block.span.start).line: (block.part, block.table, block.row)
            for block in document.blocks
            if block.kind is BlockKind.CELL
        }
    for line in range(1, len(document.line_starts) + 1):
        row = cells.get(line)
        if group and (row is None or row != before):
            yield group
            group = []
        group.append(line)
        before = row
    yield group


def _row(page: Page, lines: list[tuple[int, str]]) -> str:
    """The opening of a row with its text; the number stands inside the paragraph, for readers without style."""
    if len(lines) > 1:
        cells = "".join(f'<p id="{page.row(line)}">{words}</p>' for line, words in lines)
        return f'<div class="row"><div class="cells">{cells}</div>'
    ((line, words),) = lines
    mark = f'<span class="no">{line} </span>' if words and page.result.document.format in WITH_LINES else ""
    return f'<div class="row" id="{page.row(line)}"><p>{mark}{words}</p>'


def _lines(document: Document, span: Span) -> range:
    """The lines that ``span`` touches."""
    first = document.position(span.start).line
    return range(first, document.position(max(span.start, span.end - 1)).line + 1)


def _clip(span: Span, line: Span) -> Span:
    """``span`` as far as it lies on ``line``; empty at its edge where only the line break does."""
    start = min(max(span.start, line.start), line.end)
    return Span(start, max(start, min(span.end, line.end)))


def _ending(piece: Segment, over: list[tuple[int, Span]], notes: list[tuple[int, Diagnostic]]) -> list[int]:
    """The numbers that stand behind ``piece``: of the findings with a note on its line that end with it."""
    noted = {number for number, _ in notes}
    return [
        number
        for number, span in over
        if number in noted and span.end == piece.span.end and bool(span.size) == bool(piece.span.size)
    ]


def _segment(document: Document, piece: Segment, levels: dict[int, Severity], ending: list[int]) -> str:
    words = shown(document.slice(piece.span))
    if piece.findings:
        level = max(levels[number] for number in piece.findings).label
        point = "" if piece.span.size else " point"
        listed = " ".join(map(str, dict.fromkeys((*piece.findings, *piece.places))))
        words = f'<mark class="{level}{point}" data-f="{listed}">{words}</mark>'
    elif piece.places:
        words = f'<span class="place" data-f="{" ".join(map(str, piece.places))}">{words}</span>'
    return words + "".join(f'<sup><a href="#n{n}" data-n="{n}">{n}</a></sup>' for n in ending)


def _note(page: Page, number: int, diagnostic: Diagnostic) -> str:
    """What is said in the margin."""
    style, document = page.style, page.result.document
    finding, rule, level = diagnostic.finding, diagnostic.rule, diagnostic.severity
    where = location(document, finding.span.start)
    place = f" · {shown(style.say(where))}" if where else ""
    parts = [
        f'<li class="note {level.label}" id="n{number}" data-n="{number}" data-level="{level.label}" data-family="{rule.family}">',
        f'<p class="head">{number} <span class="level {level.label}">{ICONS[level]} {style.say(LEVELS[level])}</span> '
        f'<a href="#r-{rule.code}">{rule.code} {rule.name}</a>{place}</p>',
        f"<p>{shown(style.say(finding.message))}</p>",
    ]
    if finding.suggestion is not None:
        parts.append(f"<p>{style.either('建议：', 'Use: ')}<b>{shown(finding.suggestion)}</b></p>")
    if finding.related:
        parts.append("<ul>")
        for one in finding.related:
            line = document.position(one.span.start).line
            there = location(document, one.span.start)
            words = style.say(there) if there else style.either(f"第 {line} 行", f"line {line}")
            text = document.slice(one.span)
            cut = text if len(text) <= 40 else text[:39] + "…"
            parts.append(f'<li>{shown(one.message)} <a href="#{page.row(line)}">{shown(words)}</a> {shown(cut)}</li>')
        parts.append("</ul>")
    return "".join([*parts, "</li>\n"])
