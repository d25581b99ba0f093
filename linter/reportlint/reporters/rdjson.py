"""reviewdog's Diagnostic Format: findings and suggestions on the lines of a review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportlint.finding import Applicability, Diagnostic, Finding
from reportlint.location import WITH_LINES
from reportlint.reporters.style import Style
from reportlint.reporters.words import described

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.run import Run
    from reportlint.span import Span


def rdjson(run: Run, style: Style) -> Iterator[str]:
    """The run as a ``DiagnosticResult``. Columns count bytes of UTF-8, as that format has it."""
    diagnostics = [_diagnostic(result.document, one, style) for result in run.results for one in result.diagnostics]
    diagnostics += [
        {
            "message": failure.error,
            "location": {"path": failure.path},
            "severity": "ERROR",
            "code": {"value": "unreadable"},
        }
        for failure in run.failures
    ]
    if run.problem:
        problem = {"message": run.problem, "location": {"path": "."}, "severity": "ERROR", "code": {"value": "problem"}}
        diagnostics.append(problem)
    report = {"source": {"name": "reportlint"}, "diagnostics": diagnostics}
    yield json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(document: Document, diagnostic: Diagnostic, style: Style) -> dict[str, Any]:
    finding = diagnostic.finding
    with_lines = document.format in WITH_LINES
    result: dict[str, Any] = {
        "message": described(document, diagnostic, style) + _elsewhere(document, finding, style),
        "location": {"path": document.path, **({"range": _range(document, finding.span)} if with_lines else {})},
        "severity": diagnostic.severity.name,
        "code": {
            "value": f"{diagnostic.rule.code} {diagnostic.rule.name}",
            **({"url": url} if (url := style.page(diagnostic.rule)) else {}),
        },
    }
    if finding.elsewhere:  # rare, so that older readers still take most files
        result["related_locations"] = [
            {
                "message": style.label(one.message, one.en),
                "location": {
                    "path": one.document.path,
                    **({"range": _range(one.document, one.span)} if one.document.format in WITH_LINES else {}),
                },
            }
            for one in finding.elsewhere
        ]
    fix = finding.fix
    # A suggestion there is one range; and it is put into the file as UTF-8.
    if (
        with_lines
        and not document.source
        and document.encoding.startswith("utf-8")
        and fix is not None
        and fix.applicability > Applicability.DISPLAY
        and len(fix.replacements) == 1
    ):
        one = fix.replacements[0]
        result["suggestions"] = [{"range": _range(document, one.span), "text": one.text}]
    return result


def _elsewhere(document: Document, finding: Finding, style: Style) -> str:
    """The other places in words: older readers of the format refuse a file with fields they do not know."""
    if not finding.related or document.format not in WITH_LINES:
        return ""
    places = (
        (style.label(one.message, one.en), document.place(one.span.start).line, document.slice(one.span)[:40])
        for one in finding.related
    )
    if style.lang == "en":
        return " (" + "; ".join(f"{what}, line {line}: {text}" for what, line, text in places) + ")"
    return "（" + "；".join(f"{what}，第 {line} 行：{text}" for what, line, text in places) + "）"


def _range(document: Document, span: Span) -> dict[str, Any]:
    return {"start": _position(document, span.start), "end": _position(document, span.end)}


def _position(document: Document, offset: int) -> dict[str, int]:
    line, _ = document.place(offset)
    before = document.before(offset)
    mark = 3 if line == 1 and document.encoding == "utf-8-sig" else 0  # reviewdog reads the byte order mark too
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + mark + 1}
