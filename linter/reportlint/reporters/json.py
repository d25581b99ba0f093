"""Findings for programs: the contract of version 1, to which things may only be added."""

from __future__ import annotations

import json as encoder
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlint import __version__
from reportlint.finding import Diagnostic, Elsewhere, Fix, Severity
from reportlint.location import location
from reportlint.reporters.style import Style
from reportlint.span import Span

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.result import Result
    from reportlint.run import Run


def json(run: Run, style: Style) -> Iterator[str]:
    """The run as one JSON object. It is valid also where the job could not be done: then ``error`` says why."""
    levels = Counter[Severity]()
    for result in run.results:
        levels.update(result.levels())
    files = [
        *(_file(result) for result in run.results),
        *(_unread(failure.path, error=failure.error) for failure in run.failures),
        *(_unread(one.path, skipped=one.error) for one in run.unread),
    ]
    mark = f"json {style.lang} {__version__}"
    report: dict[str, Any] = {
        "version": 1,
        "tool": {"name": "reportlint", "version": __version__},
        "files": _Lines(map(_line, sorted(files, key=lambda file: str(file["path"])))),
        "findings": _Lines(
            result.once(mark, partial(_findings, result, style)) for result in run.results if result.diagnostics
        ),
        "summary": {
            "files": len(run.results) + len(run.failures),
            "failed": len(run.failures),
            **{level.label: levels[level] for level in reversed(Severity)},
            "fixable": sum(result.fixable() for result in run.results),
            "suppressed": sum(result.suppressed for result in run.results),
            "baselined": run.baselined,
            **({"fixed": run.fixed} if run.fixed else {}),
            "skipped": {reason.name.lower().replace("_", "-"): count for reason, count in run.left()},
        },
    }
    if run.problem:
        report["error"] = run.problem
    if run.stale:
        report["stale_baseline"] = [entry._asdict() for entry in run.stale]
    if style.stats:
        report["stats"] = [row._asdict() for row in run.stats()]
    yield "{"
    for number, (name, value) in enumerate(report.items()):
        yield f"{',' * bool(number)}\n  {_line(name)}: "
        if isinstance(value, _Lines):
            yield from value.pieces()
        else:
            yield encoder.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    yield "\n}\n"


class _Lines:
    """A list whose members stand in a line each: for the eye, for ``grep``, and far quicker to write than one spread out."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines

    def pieces(self) -> Iterator[str]:
        """The list as it is written."""
        first = True
        for line in self._lines:
            yield f"{'[' if first else ','}\n    {line}"
            first = False
        yield "[]" if first else "\n  ]"


#: ``json.dumps`` makes an encoder for each call; there is one for every finding.
_line = encoder.JSONEncoder(ensure_ascii=False).encode


def _findings(result: Result, style: Style) -> str:
    """The findings of one document, a line each."""
    return ",\n    ".join(_line(_finding(result.document, one, style)) for one in result.diagnostics)


def _file(result: Result) -> dict[str, Any]:
    document = result.document
    return {
        "path": document.path,
        "encoding": document.encoding,
        "characters": document.characters,
        "status": "ok",
        "skipped": "；".join(document.notes) or None,
        "quantities": result.quantities,
        "relations_checked": result.checked,
        "relations_abstained": result.abstained,
    }


def _unread(path: str, *, error: str | None = None, skipped: str | None = None) -> dict[str, Any]:
    """A file that failed, or one that a walk had to leave for want of a reader."""
    entry: dict[str, Any] = {
        "path": path,
        "encoding": None,
        "characters": 0,
        "status": "ok" if error is None else "error",
        "skipped": skipped,
        "quantities": 0,
        "relations_checked": 0,
        "relations_abstained": 0,
    }
    return entry if error is None else {**entry, "error": error}


def _finding(document: Document, diagnostic: Diagnostic, style: Style) -> dict[str, Any]:
    finding = diagnostic.finding
    where = location(document, finding.span.start)
    return {
        "path": document.path,
        **_place(document, finding.span),
        **({"location": style.say(where)} if where else {}),
        "code": diagnostic.rule.code,
        "rule": diagnostic.rule.name,
        "severity": diagnostic.severity.label,
        "message": style.say(finding.message),
        "text": document.slice(finding.span),
        "suggestion": finding.suggestion,
        "related": [
            {**_place(document, one.span), "message": style.label(one.message, one.en)} for one in finding.related
        ],
        **({"elsewhere": [_elsewhere(one, style) for one in finding.elsewhere]} if finding.elsewhere else {}),
        "fix": _fix(document, finding.fix),
        "fingerprint": diagnostic.fingerprint,
    }


def _elsewhere(one: Elsewhere, style: Style) -> dict[str, Any]:
    """A place in another document."""
    where = location(one.document, one.span.start)
    return {
        "path": one.document.path,
        **_place(one.document, one.span),
        **({"location": style.say(where)} if where else {}),
        "text": one.document.slice(one.span),
        "message": style.label(one.message, one.en),
    }


def _place(document: Document, span: Span) -> dict[str, int]:
    start, end = document.places(span)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _fix(document: Document, fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "title": fix.title,
        "applicability": fix.applicability.name.lower(),
        "replacements": [{**_place(document, one.span), "text": one.text} for one in fix.replacements],
    }
