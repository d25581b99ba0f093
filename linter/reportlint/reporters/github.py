"""GitHub Actions: annotations on the lines of a pull request, and a summary of the step."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.discovery import Failure
from reportlint.finding import Diagnostic, Severity
from reportlint.location import WITH_LINES
from reportlint.reporters.markdown import markdown
from reportlint.reporters.style import Style
from reportlint.reporters.text import summary
from reportlint.reporters.words import LEVELS, described
from reportlint.width import visible

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.run import Run

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
#: GitHub keeps this many annotations of each kind for a step and drops the others without a word.
_CAP = 10


def github(run: Run, style: Style) -> Iterator[str]:
    """Workflow commands, the gravest first, up to what GitHub keeps; the others as plain lines of the log.

    Where ``GITHUB_STEP_SUMMARY`` names a file, the Markdown report is appended to it.
    """
    used = Counter[str]()
    broken = [Failure("", run.problem)] if run.problem else []
    for path, message in (*broken, *run.failures):
        used["error"] += 1
        if used["error"] <= _CAP:
            place = f" file={_property(path)}" if path else ""
            yield f"::error{place}::{_data(message)}\n"
        else:
            yield _line(f"{style.say(LEVELS[Severity.ERROR])} {path}: {message}")
    every = [(result.document, one) for result in run.results for one in result.diagnostics]
    for document, one in sorted(every, key=lambda pair: -pair[1].severity):
        command = _COMMANDS[one.severity]
        used[command] += 1
        yield _annotation(document, one, style) if used[command] <= _CAP else _plain(document, one, style)
    yield _line(summary(run, style))
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        with suppress(OSError), Path(target).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(markdown(run, style))


def _annotation(document: Document, diagnostic: Diagnostic, style: Style) -> str:
    properties = {"file": document.path}
    if document.format in WITH_LINES:
        start, end = document.places(diagnostic.span)
        properties |= {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:  # columns of places over several lines are refused
            properties |= {"col": str(start.column), "endColumn": str(end.column)}
    properties["title"] = f"{diagnostic.rule.code} {diagnostic.rule.name}"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(described(document, diagnostic, style))}\n"


def _plain(document: Document, diagnostic: Diagnostic, style: Style) -> str:
    line, column = document.place(diagnostic.span.start)
    level = style.say(LEVELS[diagnostic.severity])
    return _line(
        f"{level} {document.path}:{line}:{column} {diagnostic.rule.code} {diagnostic.rule.name} "
        f"{described(document, diagnostic, style)}"
    )


def _line(words: str) -> str:
    """A line of the log that is no command: ``##[`` opens one anywhere, ``::`` at the beginning."""
    shown = visible(words).replace("##[", "## [")
    return f"{'| ' * shown.lstrip().startswith('::')}{shown}\n"


def _data(text: str) -> str:
    """The message of a command."""
    return "".join(
        {"%": "%25", "\r": "%0D", "\n": "%0A"}.get(one, one if one in "\r\n" else visible(one)) for one in text
    )


def _property(text: str) -> str:
    """The value of a command's property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
