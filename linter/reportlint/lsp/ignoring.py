"""Ignoring one finding: the words that name it, and the comment that excuses it in Markdown."""

from __future__ import annotations

from pathlib import Path

from reportlint.analysis import Analysis
from reportlint.document import Document
from reportlint.finding import Diagnostic
from reportlint.sources import from_text
from reportlint.span import Span
from reportlint.suppression import directives

#: What stands where the person has not said why. They have looked, or they would not have asked.
REASON = "已核对"


def named(document: Document, span: Span) -> str:
    """The words by which an exemption names the place: its text, of several lines the first; empty where there is none.

    Naming any character of the place is enough, and a line break could be written in no comment.
    """
    return next((line.strip() for line in document.slice(span).splitlines() if line.strip()), "")


def pattern(path: Path, root: Path) -> str:
    """What an exemption in the configuration of the folder ``root`` calls the file at ``path``, and no other file."""
    name = path.resolve().relative_to(root.resolve()).as_posix()
    name = "".join(f"\\{one}" if one in "*?[]!\\" else one for one in name)
    return name if "/" in name else f"/{name}"


def comment(document: Document, one: Diagnostic) -> tuple[int, str] | None:
    """Where to put which comment into a Markdown text so that it excuses the finding; ``None`` where no comment can.

    It goes to the end of the finding's line if it is then about the paragraph, else on a line of its own before it. Whether it is, is not
    guessed but read again from the changed text.
    """
    if document.format != "markdown" or one.rule.family == "RL":
        return None
    words = named(document, one.span)
    if any(mark in words for mark in ("-->", "--")) or ('"' in words and "”" in words):
        words = ""
    said = f' "{words}"' if words and '"' not in words else f" “{words}”" if words else ""
    directive = f"<!-- reportlint: ignore[{one.rule.code}{said}] {REASON} -->"
    newline = "\r\n" if "\r\n" in document.text else "\n"
    number = document.position(max(one.span.start, one.span.end - 1)).line
    last, first = document.line(number), document.line(document.position(one.span.start).line)
    indent = document.text[first.start : first.end]
    indent = indent[: len(indent) - len(indent.lstrip())]
    for at, text in (
        (last.start + len(document.slice(last).rstrip()), f" {directive}"),
        (first.start, f"{indent}{directive}{newline}"),
        (first.start, f"{newline}{indent}{directive}{newline}"),
    ):
        if _works(document, one, at, text):
            return at, text
    return None


def _works(document: Document, one: Diagnostic, at: int, text: str) -> bool:
    """Whether the comment ``text`` put in at ``at`` excuses the finding and changes nothing else of how the text is read."""
    changed = from_text(document.text[:at] + text + document.text[at:], document.path, ".md")
    shift = len(text) if one.span.start >= at else 0
    moved = one.finding._replace(span=Span(one.span.start + shift, one.span.end + shift))
    new = Analysis(changed)
    if new.reading.text != Analysis(document).reading.text:
        return False
    known = len(directives(Analysis(document)))
    orders = directives(new)
    return len(orders) == known + 1 and any(order.excuses(changed, one.rule, moved) for order in orders)
