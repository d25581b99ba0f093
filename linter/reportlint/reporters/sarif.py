"""SARIF 2.1.0: findings for code scanning, with what else they speak of and how to mend them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reportlint import __version__
from reportlint.finding import Applicability, Diagnostic, Fix, Severity
from reportlint.location import WITH_LINES, location
from reportlint.patterns import compiled
from reportlint.reporters.style import Style
from reportlint.reporters.words import described, family

if TYPE_CHECKING:
    from reportlint.document import Document
    from reportlint.rule import Rule
    from reportlint.run import Run
    from reportlint.span import Span
    from reportlint.suppression import Directive

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: How GitHub sorts what it shows.
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_DRIVE = compiled(r"[A-Za-z]:/")
#: Brackets that a viewer would take for a link: [words](1).
_LINK = compiled(r"[\[\]](?=\()|\[(?=[^\[\]]*\]\()")


def sarif(run: Run, style: Style) -> Iterator[str]:
    """The run as a SARIF log. What could not be read is a notification, and then the run was no success."""
    found = (
        one for result in run.results for one in (*result.diagnostics, *(excused for excused, _ in result.excused))
    )
    every = {one.rule.code: one.rule for one in found}
    rules = sorted(every)
    index = {code: number for number, code in enumerate(rules)}
    results: list[dict[str, Any]] = []
    for result in run.results:
        repeats = Counter[str]()
        plain: list[tuple[Diagnostic, Directive | None]] = [(one, None) for one in result.diagnostics]
        for diagnostic, order in (*plain, *result.excused):
            repeats[diagnostic.fingerprint] += 1
            mark = f"{diagnostic.fingerprint}:{repeats[diagnostic.fingerprint]}"
            results.append(_result(result.document, diagnostic, order, index, mark, style))
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "reportlint",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(every[code], style) for code in rules],
                    }
                },
                "language": "en" if style.lang == "en" else "zh-CN",
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "invocations": [_invocation(run)],
                "artifacts": [_artifact(result.document) for result in run.results],
                "results": results,
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, style: Style) -> dict[str, Any]:
    _, _, body = rule.doc.partition("\n")
    bad, good = ("Reported", "Not reported") if style.lang == "en" else ("会报（⟦ ⟧ 内是报出的位置）", "不报")
    lists = [(bad, rule.bad), (good, rule.good)]
    text = "\n\n".join(
        [rule.doc, *(f"{title}：\n" + "\n".join(f"- {example}" for example in examples) for title, examples in lists)]
    )
    markdown = "\n\n".join(
        [
            f"# {rule.title}\n\n{body.strip()}",
            *(
                f"## {title}\n\n" + "\n\n".join(f"```text\n{example}\n```" for example in examples)
                for title, examples in lists
            ),
        ]
    )
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": body.strip() or rule.title},
        "help": {"text": text, "markdown": markdown},
        **({"helpUri": url} if (url := style.page(rule)) else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [style.say(family(rule.family))],
            "precision": "high" if rule.severity is not Severity.INFO else "medium",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _result(
    document: Document,
    diagnostic: Diagnostic,
    order: Directive | None,
    index: dict[str, int],
    mark: str,
    style: Style,
) -> dict[str, Any]:
    finding = diagnostic.finding
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index[diagnostic.rule.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _plain(described(document, diagnostic, style))},
        "locations": [_location(document, finding.span, style)],
        "partialFingerprints": {"reportlintFinding/v1": mark, "primaryLocationLineHash": mark},
    }
    places = [(document, one.span, style.label(one.message, one.en)) for one in finding.related]
    places += [(one.document, one.span, style.label(one.message, one.en)) for one in finding.elsewhere]
    if places:
        result["relatedLocations"] = [
            {"id": number, **_location(other, span, style), "message": {"text": _plain(words)}}
            for number, (other, span, words) in enumerate(places, 1)
        ]
    fixable = document.format in WITH_LINES and not document.source
    if finding.fix is not None and finding.fix.applicability > Applicability.DISPLAY and fixable:
        result["fixes"] = [_fix(document, finding.fix)]
    if order is not None:
        suppression = {"kind": "inSource" if order.span is not None else "external", "status": "accepted"}
        result["suppressions"] = [{**suppression, **({"justification": order.reason} if order.reason else {})}]
    return result


def _location(document: Document, span: Span, style: Style) -> dict[str, Any]:
    """A place: by line and column, or in words where the format has no lines."""
    artifact = {"uri": _uri(document.path)}
    where = location(document, span.start)
    if where is None:
        return {"physicalLocation": {"artifactLocation": artifact, "region": _region(document, span)}}
    return {
        "physicalLocation": {"artifactLocation": artifact},
        "logicalLocations": [{"fullyQualifiedName": style.say(where), "kind": "element"}],
    }


def _region(document: Document, span: Span) -> dict[str, Any]:
    start, end = document.places(span)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "snippet": {"text": document.slice(span)},
    }


def _fix(document: Document, fix: Fix) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {key: value for key, value in _region(document, one.span).items() if key != "snippet"},
            "insertedContent": {"text": one.text},
        }
        for one in fix.replacements
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(document.path)}, "replacements": replacements}],
    }


def _artifact(document: Document) -> dict[str, Any]:
    return {
        "location": {"uri": _uri(document.path)},
        "roles": ["analysisTarget"],
        **({"encoding": document.encoding} if document.format in WITH_LINES else {}),
    }


def _invocation(run: Run) -> dict[str, Any]:
    notifications = [_notification("error", failure.error, failure.path) for failure in run.failures]
    notifications += [_notification("note", one.error, one.path) for one in run.unread]
    return {
        "executionSuccessful": run.status != 2,
        "exitCode": run.status,
        "toolExecutionNotifications": notifications,
        "toolConfigurationNotifications": [_notification("error", run.problem)] if run.problem else [],
    }


def _notification(level: str, text: str, path: str = "") -> dict[str, Any]:
    place: Iterable[dict[str, Any]] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}] if path else []
    return {"level": level, "message": {"text": _plain(text)}, **({"locations": list(place)} if place else {})}


def _uri(path: str) -> str:
    """``path`` as a URI reference; relative ones stay relative, to whatever the reader takes as the root.

    >>> _uri("草稿/a b.txt"), _uri("C:/a.txt"), _uri("/a"), _uri("a:b")
    ('%E8%8D%89%E7%A8%BF/a%20b.txt', 'file:///C:/a.txt', 'file:///a', './a:b')
    """
    name = path.encode("utf-8", "surrogateescape") if path.isprintable() else path.encode("utf-8", "backslashreplace")
    quoted = quote(name, safe="/:@!$&'()*+,;=~-._")
    if _DRIVE.match(path):
        return f"file:///{quoted}"
    if path.startswith("/"):
        return f"file://{quoted}"
    return f"./{quoted}" if ":" in quoted.split("/", 1)[0] else quoted


def _plain(text: str) -> str:
    """``text`` without anything that a viewer of messages would take for a link."""
    return _LINK.sub(r"\\\g<0>", text)
