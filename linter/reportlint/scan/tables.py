"""The three tables of a scan: documents, findings and facts. What the columns are called and hold stands here and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportlint.location import location
from reportlint.record import NamedTuple
from reportlint.reporters.facts import figure
from reportlint.reporters.style import Style

if TYPE_CHECKING:
    import pyarrow as pa

    from reportlint.document import Document
    from reportlint.fact import Fact
    from reportlint.finding import Diagnostic
    from reportlint.lint import Result


class Column(NamedTuple):
    """A column: ``kind`` is ``string``, ``long``, ``double`` or ``boolean``, the words of Spark's DDL."""

    name: str
    kind: str


def _columns(line: str) -> tuple[Column, ...]:
    return tuple(Column(*part.split(":")) for part in line.split())


#: A row per document, whether it could be checked or not.
DOCUMENTS = _columns(
    "document:string source:string row:long status:string error:string format:string characters:long quantities:long"
    " relations_checked:long relations_abstained:long findings:long suppressed:long"
)
#: A row per finding. ``start`` and ``end`` count code points of the document's text; ``related`` is JSON.
FINDINGS = _columns(
    "document:string source:string row:long line:long column:long end_line:long end_column:long start:long end:long location:string"
    " code:string rule:string severity:string message:string text:string suggestion:string related:string fingerprint:string"
)
#: A row per figure that states something. ``value``, ``low`` and ``high`` are text and keep every printed digit; ``number`` is for sums.
FACTS = _columns(
    "document:string source:string row:long line:long column:long location:string text:string subject:string indicator:string verb:string"
    " area:string scope:string role:string value:string number:double unit:string low:string high:string bound:string period_start:string"
    " period_end:string comparison:string unbound:string"
)
TABLES = {"findings": FINDINGS, "facts": FACTS, "documents": DOCUMENTS}


def arrow(columns: tuple[Column, ...]) -> pa.Schema:
    """The columns as an Arrow schema."""
    import pyarrow as pa

    kinds = {"string": pa.string(), "long": pa.int64(), "double": pa.float64(), "boolean": pa.bool_()}
    return pa.schema([(column.name, kinds[column.kind]) for column in columns])


def ddl(columns: tuple[Column, ...]) -> str:
    """The columns as Spark's schema string."""
    return ", ".join(f"`{column.name}` {column.kind if column.kind != 'long' else 'bigint'}" for column in columns)


def finding(document: Document, one: Diagnostic, style: Style) -> dict[str, Any]:
    """A row of :data:`FINDINGS`, without what says which document it is."""
    span = one.span
    start, end = document.places(span)
    where = location(document, span.start)
    related = [
        {"line": document.place(other.span.start).line, "text": document.slice(other.span), "message": other.message}
        for other in one.finding.related
    ]
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
        "location": style.say(where) if where else None,
        "code": one.rule.code,
        "rule": one.rule.name,
        "severity": one.severity.label,
        "message": style.say(one.finding.message),
        "text": document.slice(span),
        "suggestion": one.finding.suggestion,
        "related": json.dumps(related, ensure_ascii=False) if related else None,
        "fingerprint": one.fingerprint,
    }


def fact(document: Document, one: Fact) -> dict[str, Any]:
    """A row of :data:`FACTS`, without what says which document it is."""
    stated = figure(document, one)
    quantity, period, compared = stated["quantity"], stated["period"] or {}, one.comparison
    return {
        **{name: stated[name] for name in ("line", "column", "location", "text", "subject", "indicator", "verb")},
        "area": stated["area"],
        "scope": "、".join(stated["scope"].values()) or None,
        "role": stated["role"],
        "value": quantity["value"],
        "number": float(quantity["value"]),
        "unit": quantity["unit"],
        "low": quantity["low"],
        "high": quantity["high"],
        "bound": quantity["bound"],
        "period_start": period.get("start"),
        "period_end": period.get("end"),
        "comparison": f"{compared.against}{compared.word}" if compared else None,
        "unbound": stated["unbound"],
    }


def document(result: Result) -> dict[str, Any]:
    """A row of :data:`DOCUMENTS` for a document that could be checked, without what says which it is."""
    return {
        "status": "ok",
        "error": "；".join(result.document.notes) or None,
        "format": result.document.format,
        "characters": len(result.document.text),
        "quantities": result.quantities,
        "relations_checked": result.checked,
        "relations_abstained": result.abstained,
        "findings": len(result.diagnostics),
        "suppressed": result.suppressed,
    }
