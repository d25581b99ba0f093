"""Markdown for a comment on a merge request: a line that sums up, then a table per file to be unfolded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportlint.finding import Diagnostic, Severity
from reportlint.location import location
from reportlint.patterns import compiled
from reportlint.reporters.style import Style
from reportlint.reporters.text import summary
from reportlint.reporters.words import LEVELS, elsewhere
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.result import Result
    from reportlint.run import Run

#: GitHub refuses comments of more than 65 536 characters.
_LONGEST = 60_000
_MOST_PER_FILE = 50
_LONGEST_CELL = 200
_ICONS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
_SPECIAL = compiled(r"[\\`*_{}\[\]#+!|<>&~^$@:=]")


def markdown(run: Run, style: Style) -> Iterator[str]:
    """A bounded comment: what does not fit is counted."""
    english = style.lang == "en"
    parts = [f"### reportlint\n\n{_escaped(summary(run, style), 2000)}\n"]
    if run.failures:
        title = "Files that could not be checked" if english else "未能检查的文件"
        parts.append(f"\n**{title}**\n\n")
        for number, failure in enumerate(run.failures):
            if number == _MOST_PER_FILE:
                parts.append(_more(len(run.failures) - number, style))
                break
            parts.append(f"- {_escaped(failure.path)}: {_escaped(failure.error)}\n")
    room = _LONGEST - sum(map(len, parts))
    left = 0
    for result in run.results:
        if not result.diagnostics:
            continue
        section = _section(result, style)
        if len(section) > room or left:
            left += len(result.diagnostics)
            continue
        room -= len(section)
        parts.append(section)
    if left:
        parts.append("\n" + _more(left, style))
    yield from parts


def _section(result: Result, style: Style) -> str:
    """A file's findings, folded; the gravest first where not all are shown."""
    levels = Counter(one.severity for one in result.diagnostics)
    counts = " ".join(
        f"{_ICONS[level]} {style.say(LEVELS[level])} {levels[level]}" for level in reversed(Severity) if levels[level]
    )
    head = (
        ("Level", "Place", "Text", "Finding", "Rule")
        if style.lang == "en"
        else ("级别", "位置", "原文", "问题", "规则")
    )
    shown = sorted(result.diagnostics, key=lambda one: -one.severity)[:_MOST_PER_FILE]
    lines = [
        f"\n<details><summary>{_escaped(result.document.path)}　{counts}</summary>\n",
        f"| {' | '.join(head)} |",
        "|---|---|---|---|---|",
        *(_row(result.document, one, style) for one in sorted(shown, key=lambda one: one.span)),
    ]
    if len(result.diagnostics) > len(shown):
        lines.append("\n" + _more(len(result.diagnostics) - len(shown), style).rstrip())
    return "\n".join([*lines, "\n</details>\n"])


def _row(document: Document, diagnostic: Diagnostic, style: Style) -> str:
    finding = diagnostic.finding
    where = location(document, finding.span.start)
    line, column = document.place(finding.span.start)
    words = style.say(finding.message)
    if finding.suggestion is not None:
        words += f" (use: {finding.suggestion})" if style.lang == "en" else f"（建议：{finding.suggestion}）"
    words += "".join(f" ({one})" if style.lang == "en" else f"（{one}）" for one in elsewhere(finding, style))
    cells = (
        f"{_ICONS[diagnostic.severity]} {style.say(LEVELS[diagnostic.severity])}",
        _escaped(style.say(where)) if where else f"{line}:{column}",
        _escaped(document.slice(finding.span), 40),
        _escaped(words),
        f"{diagnostic.rule.code} {diagnostic.rule.name}",
    )
    return f"| {' | '.join(cells)} |"


def _more(number: int, style: Style) -> str:
    return f"… and {number} more\n" if style.lang == "en" else f"…… 另有 {number} 处，未列出\n"


def _escaped(text: str, longest: int = _LONGEST_CELL) -> str:
    """``text`` that is neither markup nor a table's border, a mention or a link, cut to a readable length."""
    shown = visible(" ".join(text.split()))
    if len(shown) > longest:
        shown = shown[: longest - 1] + "…"
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", shown)
