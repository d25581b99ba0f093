"""Findings in numbers, words and lists, and back: as they go to another process or into a file."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.finding import Applicability, Finding, Fix, Message, Related, Replacement, Severity
from reportlint.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def flat(finding: Finding) -> list[Any]:
    """All that a finding says of its own document; places in others are left out."""
    fix = finding.fix
    return [
        *finding.span,
        [*finding.message],
        [[*other.span, *other[1:]] for other in finding.related],
        finding.suggestion,
        None
        if fix is None
        else [fix.title, int(fix.applicability), [[*new.span, new.text] for new in fix.replacements]],
        None if finding.severity is None else int(finding.severity),
    ]


def made(values: Sequence[Any]) -> Finding:
    """The finding that :func:`flat` laid flat. Raises ``ValueError``, ``TypeError`` or ``IndexError`` for other values."""
    start, end, message, related, suggestion, fix, severity = values
    return Finding(
        Span(start, end),
        Message(*message),
        tuple(Related(Span(first, last), *words) for first, last, *words in related),
        suggestion,
        fix
        and Fix(
            fix[0],
            Applicability(fix[1]),
            tuple(Replacement(Span(first, last), text) for first, last, text in fix[2]),
        ),
        None if severity is None else Severity(severity),
    )
