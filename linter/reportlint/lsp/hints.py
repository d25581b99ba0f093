"""What was understood of each figure, behind the figure: 29项 ‹督察反馈问题 · 完成›. Off unless a person switches it on."""

from __future__ import annotations

from functools import lru_cache

from lsprotocol import types

from reportlint import api
from reportlint.document import Document
from reportlint.fact import Fact
from reportlint.lsp.checking import Checked
from reportlint.reporters.facts import Row, head, rows
from reportlint.reporters.style import Style
from reportlint.settings import Settings
from reportlint.span import Span

#: The longest subject that is shown whole.
_LONGEST = 14


@lru_cache(maxsize=8)
def _facts(document: Document, settings: Settings) -> tuple[Fact, ...]:
    return api.facts(document, settings=settings)


def facts(checked: Checked) -> tuple[Fact, ...]:
    """What the figures of a checked text state, in reading order; none where it is not to be checked."""
    return () if checked.problem or checked.left else _facts(checked.document, checked.settings)


def hints(checked: Checked, span: Span, style: Style) -> list[types.InlayHint]:
    """A hint behind every figure in ``span`` of which the subject is known."""
    known = [fact for fact in facts(checked) if span.meets(fact.span) and not fact.unbound]
    return [
        types.InlayHint(
            checked.positions.position(fact.span.end),
            f"‹{_short(row)}›",
            tooltip=told(checked, fact, style),
            padding_left=True,
        )
        for fact, row in zip(known, rows(checked.document, known, style), strict=True)
    ]


def _short(row: Row) -> str:
    """Subject, role and period of a figure."""
    subject = row.subject if len(row.subject) <= _LONGEST else f"{row.subject[:_LONGEST]}…"
    return " · ".join(dict.fromkeys(filter(None, (subject, row.role, row.period))))


def told(checked: Checked, fact: Fact, style: Style) -> str:
    """Everything that was understood of a figure, a line for each column that says something."""
    (row,) = rows(checked.document, [fact], style)
    names = head(style)
    return "\n\n".join(f"{name}：{cell}" for name, cell in zip(names[1:], row[1:], strict=True) if cell)
