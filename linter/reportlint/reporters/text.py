"""Findings for a person at a terminal: the sentence, the marks, and at the end what was and was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from reportlint.finding import Diagnostic, Severity
from reportlint.location import location
from reportlint.reporters.snippet import snippet
from reportlint.reporters.style import BOLD, DIM, Style
from reportlint.reporters.words import LEVELS
from reportlint.width import visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.result import Result
    from reportlint.run import Run


def text(run: Run, style: Style) -> Iterator[str]:
    """Every finding with its line, then ``--stats``, then the line that sums up."""
    mark = f"text {tuple(style)}"
    for result in run.results:
        yield result.once(mark, partial(_findings, result, style))
    if style.stats:
        yield from (f"{line}\n" for line in _stats(run, style))
        yield "\n"
    for result in run.results:
        for note in result.document.notes:
            yield f"{visible(result.document.path)}: {style.either('注意', 'note')}: {visible(note)}\n"
    if not style.quiet:
        yield summary(run, style) + "\n"


def _findings(result: Result, style: Style) -> str:
    """The findings of one document, a blank line after each."""
    return "".join(
        "".join(f"{line}\n" for line in (*_finding(result.document, one, style), "")) for one in result.diagnostics
    )


def _finding(document: Document, diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    finding, rule = diagnostic.finding, diagnostic.rule
    line, column = document.place(finding.span.start)
    where = location(document, finding.span.start)
    words = f" {visible(style.say(where))}:" if where else ""
    place = style.paint(f"{visible(document.path)}:{line}:{column}:{words}", BOLD)
    color = style.severity(diagnostic.severity)
    label = style.paint(diagnostic.severity.label, color)
    yield f"{place} {label} {style.link(rule.code, style.page(rule))} {rule.name} {visible(style.say(finding.message))}"
    yield from snippet(document, finding, color, style)
    for other in finding.elsewhere:
        line, column = other.document.place(other.span.start)
        at = other.span
        words = other.document.text[max(0, at.start - 24) : at.start].rpartition("\n")[2]
        behind = other.document.text[at.end : at.end + 16].partition("\n")[0]
        shown = f"{other.document.path}:{line}:{column}: {words}【{other.document.slice(at)}】{behind}"
        yield f"{style.paint('      =', DIM)} {visible(style.label(other.message, other.en))} {visible(shown)}"
    if finding.suggestion is not None:
        advice = "use: " if style.lang == "en" else "建议："
        yield f"{style.paint('      =', DIM)} {advice}{visible(finding.suggestion)}"


def _stats(run: Run, style: Style) -> Iterator[str]:
    """A table: per rule its findings, the relations it checked, and those it could not check."""
    rows = [
        ("RULE", "", "FINDINGS", "CHECKED", "ABSTAINED")
        if style.lang == "en"
        else ("规则", "", "发现", "核对关系", "未能核对")
    ]
    rows += [(row.code, row.rule, str(row.findings), str(row.checked), str(row.abstained)) for row in run.stats()]
    widths = [max(width(row[column], style.ambiguous) for row in rows) for column in range(5)]
    for row in rows:
        padding = [" " * (widths[column] - width(cell, style.ambiguous)) for column, cell in enumerate(row)]
        names = [row[column] + padding[column] for column in (0, 1)]
        counts = [padding[column] + row[column] for column in (2, 3, 4)]
        yield "  ".join([*names, *counts])
    yield _understood(run, style)


def _understood(run: Run, style: Style) -> str:
    """How many figures could be given a subject, and why the others could not."""
    from reportlint.api import facts
    from reportlint.reporters.facts import summary

    return summary([fact for result in run.results for fact in facts(result.document, settings=result.settings)], style)


def summary(run: Run, style: Style) -> str:
    """The line that sums up: files, findings by level, what was and was not looked at."""
    if run.problem:
        return style.either(f"没能检查：{run.problem}", f"Not checked: {run.problem}")
    levels = sum((result.levels() for result in run.results), Counter[Severity]())
    files = len(run.results) + len(run.failures)
    quantities = sum(result.quantities for result in run.results)
    checked = sum(result.checked for result in run.results)
    abstained = sum(result.abstained for result in run.results)
    suppressed = sum(result.suppressed for result in run.results)
    skipped = run.left()
    if style.lang == "en":
        parts = [
            f"Checked {_count(files, 'file')}"
            + (f" ({len(run.failures)} failed)" if run.failures else "")
            + ": "
            + ", ".join(_count(levels[level], level.label) for level in reversed(Severity)),
            f"{_count(quantities, 'figure')} recognised, {_count(checked, 'relation')} checked, {abstained} not checkable",
        ]
        if run.fixed:
            parts.append(f"{run.fixed} fixed")
        if run.baselined:
            parts.append(f"{run.baselined} in the baseline")
        if suppressed:
            parts.append(f"{suppressed} suppressed")
        if skipped:
            total = sum(count for _, count in skipped)
            parts.append(
                f"skipped {total} (" + ", ".join(f"{reason.value.en}: {count}" for reason, count in skipped) + ")"
            )
        return "; ".join(parts)
    found = (
        "，".join(f"{LEVELS[level].zh} {levels[level]}" for level in reversed(Severity))
        if levels or run.failures
        else "没有发现新问题"
        if run.baselined
        else "没有发现问题"
    )
    parts = [
        f"检查 {files} 个文件" + (f"（{len(run.failures)} 个未能检查）" if run.failures else "") + f"：{found}",
        f"识别数据 {quantities} 个，核对关系 {checked} 处，{abstained} 处未能核对",
    ]
    if run.fixed:
        parts.append(f"修正 {run.fixed} 处")
    if run.baselined:
        parts.append(f"基线中已有 {run.baselined} 处")
    if suppressed:
        parts.append(f"按说明忽略 {suppressed} 处")
    if skipped:
        total = sum(count for _, count in skipped)
        parts.append(f"跳过 {total} 个（" + "，".join(f"{reason.value.zh} {count}" for reason, count in skipped) + "）")
    return "；".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
