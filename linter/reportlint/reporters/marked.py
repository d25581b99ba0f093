"""Text as HTML, and the marks of findings on its lines: shared by the HTML report and the local web page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reportlint.finding import Severity
from reportlint.span import Span
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.document import Document

#: Shapes, so that colour is never all that tells levels apart.
ICONS = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}


def shown(text: str) -> str:
    """``text`` as HTML that shows it and does nothing else; what would hide or reorder text is named."""
    return escape(visible(text))


def lines(document: Document, span: Span) -> range:
    """The lines that ``span`` touches."""
    first = document.position(span.start).line
    return range(first, document.position(max(span.start, span.end - 1)).line + 1)


def clip(span: Span, line: Span) -> Span:
    """``span`` as far as it lies on ``line``; empty at its edge where only the line break does."""
    start = min(max(span.start, line.start), line.end)
    return Span(start, max(start, min(span.end, line.end)))
