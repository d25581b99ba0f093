"""Findings in the words of a comment: what is wrong, how it was worked out, which other places it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlint.finding import Message, Severity
from reportlint.location import location
from reportlint.record import NamedTuple
from reportlint.reporters.words import elsewhere

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.finding import Diagnostic
    from reportlint.reporters.style import Style
    from reportlint.result import Result
    from reportlint.span import Span

_LEVELS = {
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("警告", "warning"),
    Severity.INFO: Message("提示", "info"),
}
#: How much of a related place is quoted.
_QUOTE = 30


class Note(NamedTuple):
    """A comment about ``span`` of a document's text, in one or more lines."""

    span: Span
    lines: tuple[str, ...]


def notes(result: Result, style: Style) -> Iterator[Note]:
    """A comment for each finding, in reading order."""
    for diagnostic in result.diagnostics:
        yield Note(diagnostic.span, tuple(_lines(result.document, diagnostic, style)))


def annotated(document: Document, data: bytes, found: Sequence[Note]) -> bytes:
    """A Word file with ``found`` as its comments: ``data``, which ``document`` was read from, or a plain one of its text if that is none.

    Raises :class:`ReadError` where ``data`` holds another text. Needs the extra that reads Word documents.
    """
    from reportlint.sources.docx.comments import annotate

    if document.format == "docx":
        return annotate(data, document.text, found)
    from reportlint.sources.docx.draft import draft, moved, reading

    here = [Note(moved(document, note.span), note.lines) for note in found]
    return annotate(draft(document), reading(document), here)


def _lines(document: Document, diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    finding, rule = diagnostic.finding, diagnostic.rule
    english = style.lang == "en"
    level, message = style.say(_LEVELS[diagnostic.severity]), style.say(finding.message)
    yield f"{level} {rule.code}: {message}" if english else f"{level} {rule.code}：{message}"
    if _outside(document, finding.span.start):
        # The comment stands elsewhere: say where to look, and at what.
        where, words = place(document, finding.span.start, style), _quoted(document, finding.span)
        yield f"Place: {where}, {words}" if english else f"位置：{where}{words}"
    if finding.suggestion:
        yield f"Use: {finding.suggestion}" if english else f"建议：{finding.suggestion}"
    here = place(document, finding.span.start, style)
    for other in finding.related:
        where, words = place(document, other.span.start, style), _quoted(document, other.span)
        label = style.label(other.message or "另见", other.en)
        if where == here:  # before the reader's eyes
            yield f"{label}: {words}" if english else f"{label}：{words}"
        else:
            yield f"{label}: {where}, {words}" if english else f"{label}：{where}{words}"
    yield from map(str, elsewhere(finding, style))


def place(document: Document, offset: int, style: Style) -> str:
    """Where ``offset`` lies, in a reader's words; the line of the original where its format has nothing better."""
    found = location(document, offset)
    if found is None:
        line = document.position(offset).line
        found = Message(f"原文第 {line} 行", f"line {line} of the text")
    return style.say(found)


def _outside(document: Document, offset: int) -> bool:
    """Whether ``offset`` lies outside the running text."""
    return any(block.part and block.span.start <= offset <= block.span.end for block in document.blocks)


def _quoted(document: Document, span: Span) -> str:
    words = " ".join(document.slice(span).split())
    return f"“{words[:_QUOTE]}……”" if len(words) > _QUOTE else f"“{words}”"
