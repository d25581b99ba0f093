"""JUnit XML: a test case per file, so that a server's test page shows which reports are in order."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from reportlint.reporters.style import Style
from reportlint.reporters.words import LEVELS, described
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.finding import Diagnostic
    from reportlint.result import Result
    from reportlint.run import Run


def junit(run: Run, style: Style) -> Iterator[str]:
    """One suite. A file fails if a finding reaches ``fail-on``; lesser findings are its output; what cannot be read is an error."""
    broken = len(run.failures) + bool(run.problem)
    cases = [
        *((result.document.path, _checked(result, style)) for result in run.results),
        *((failure.path, _error(failure.error)) for failure in run.failures),
        *((one.path, f"<skipped{_attribute('message', one.error)}/>\n") for one in run.unread),
    ]
    failed = sum(any(_fails(one, style) for one in result.diagnostics) for result in run.results)
    counts = (
        f'tests="{len(cases) + bool(run.problem)}" failures="{failed}" errors="{broken}" skipped="{len(run.unread)}"'
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="reportlint" {counts}>\n<testsuite name="reportlint" {counts}>\n'
    for path, body in sorted(cases):
        yield f'<testcase classname="reportlint"{_attribute("name", path)}{_attribute("file", path)}>\n{body}</testcase>\n'
    if run.problem:
        yield f'<testcase classname="reportlint" name="reportlint">\n{_error(run.problem)}</testcase>\n'
    yield "</testsuite>\n</testsuites>\n"


def _fails(diagnostic: Diagnostic, style: Style) -> bool:
    return style.fail_on is not None and diagnostic.severity >= style.fail_on


def _checked(result: Result, style: Style) -> str:
    """What a case holds: the findings that fail it, then the others."""
    failing = [one for one in result.diagnostics if _fails(one, style)]
    rest = [one for one in result.diagnostics if not _fails(one, style)]
    body = ""
    if failing:
        message = (
            f"{len(failing)} finding{'s' * (len(failing) > 1)}" if style.lang == "en" else f"发现 {len(failing)} 处问题"
        )
        label = max(one.severity for one in failing).label
        body += f'<failure type="{label}"{_attribute("message", message)}>{_lines(result, failing, style)}</failure>\n'
    if rest:
        body += f"<system-out>{_lines(result, rest, style)}</system-out>\n"
    return body


def _lines(result: Result, diagnostics: list[Diagnostic], style: Style) -> str:
    """One line per finding, as in the terminal."""
    document = result.document
    lines = []
    for one in diagnostics:
        line, column = document.place(one.span.start)
        level = style.say(LEVELS[one.severity])
        words = f"{document.path}:{line}:{column}: {level} {one.rule.code} {one.rule.name} "
        lines.append(_text(words + described(document, one, style)))
        lines.append(_text(f"    {document.slice(one.span)}"))
    return "\n".join(lines)


def _error(message: str) -> str:
    return f'<error type="unreadable"{_attribute("message", message)}>{_text(message)}</error>\n'


def _text(words: str) -> str:
    """``words`` as XML can hold them: it knows no control characters."""
    return escape(visible(words), quote=False)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(visible(value), quote=True)}"'
