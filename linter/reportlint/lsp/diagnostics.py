"""Findings as an editor shows them: the place, the reason with its arithmetic, the other places, the page of the rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from reportlint.finding import Diagnostic, Elsewhere, Severity
from reportlint.location import WITH_LINES, location
from reportlint.lsp.checking import Checked
from reportlint.lsp.options import Options
from reportlint.lsp.positions import Positions
from reportlint.record import NamedTuple
from reportlint.reporters.style import Style
from reportlint.reporters.words import described
from reportlint.span import Span

SOURCE = "reportlint"
#: The code of what is shown where nothing could be checked: silence would look like a clean report.
PROBLEM = "not-checked"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Client(NamedTuple):
    """What the editor can show and do. ``documents`` are edits that name the version they are for."""

    related: bool = False
    pulls: bool = False
    markdown: bool = False
    documents: bool = False
    resolves: bool = False
    encoding: str = "utf-16"


def style_of(checked: Checked, options: Options) -> Style:
    """How to speak to the person: the editor's language if it has one, else that of the configuration."""
    return Style(lang=options.lang or checked.settings.lang, docs_url=checked.settings.docs_url)


def shown(uri: str, checked: Checked, client: Client, options: Options) -> list[types.Diagnostic]:
    """All that is to be shown of a check, in reading order."""
    style = style_of(checked, options)
    if checked.problem:
        words = style.either(f"没有检查：{checked.problem}", f"not checked: {checked.problem}")
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        return [types.Diagnostic(start, words, types.DiagnosticSeverity.Error, PROBLEM, source=SOURCE)]
    return [diagnostic(uri, checked, one, client, style) for one in checked.diagnostics]


def diagnostic(uri: str, checked: Checked, one: Diagnostic, client: Client, style: Style) -> types.Diagnostic:
    """One finding."""
    words = described(checked.document, one, style)
    related = None
    if client.related:
        related = list(_related(uri, checked, one, client, style)) or None
    else:
        words += "".join(_aside(checked, one, style))
    page = style.page(one.rule)
    return types.Diagnostic(
        checked.positions.range(one.span),
        words,
        _SEVERITIES[one.severity],
        one.rule.code,
        types.CodeDescription(page) if page else None,
        SOURCE,
        related_information=related,
        data={"fingerprint": one.fingerprint, "rule": one.rule.name},
    )


def _related(
    uri: str, checked: Checked, one: Diagnostic, client: Client, style: Style
) -> Iterator[types.DiagnosticRelatedInformation]:
    """The other places, those in this document first."""
    for related in one.finding.related:
        where = types.Location(uri, checked.positions.range(related.span))
        yield types.DiagnosticRelatedInformation(where, _said(related.message, checked.document.slice(related.span)))
    for other in one.finding.elsewhere:
        yield _elsewhere(uri, checked, one.span, other, client, style)


def _elsewhere(
    uri: str, checked: Checked, span: Span, other: Elsewhere, client: Client, style: Style
) -> types.DiagnosticRelatedInformation:
    """A place in another document; where an editor cannot go there, its words at the finding's own."""
    document = other.document
    words = _said(other.message, document.slice(other.span))
    if document.format in WITH_LINES and not document.source:
        place = Path(document.path).resolve()
        where = types.Location(place.as_uri(), Positions(document.text, client.encoding).range(other.span))
        return types.DiagnosticRelatedInformation(where, words)
    at = location(document, other.span.start)
    name = Path(document.path).name
    words = f"{name} {style.say(at)}：{words}" if at else f"{name}：{words}"
    return types.DiagnosticRelatedInformation(types.Location(uri, checked.positions.range(span)), words)


def _aside(checked: Checked, one: Diagnostic, style: Style) -> Iterator[str]:
    """The other places in words, for editors that cannot link them."""
    for related in one.finding.related:
        line = checked.document.position(related.span.start).line
        words = _said(related.message, checked.document.slice(related.span))
        yield "\n" + style.either(f"第 {line} 行 {words}", f"line {line}: {words}")


def _said(message: str, text: str) -> str:
    """The part that a place plays, and what stands there."""
    return f"{message}：{text}" if message and text else message or text
